"""leads 销售数据基础录入表: one row a customer."""

from salesanalytics.tables.column import Column, Kind, Table, listed
from salesanalytics.tables.leads_outcome import OUTCOME
from salesanalytics.tables.leads_profile import PROFILE
from salesanalytics.tables.leads_service import SERVICE

CUSTOMARY = (
    Column(
        "customer_id",
        Kind.ID,
        "客户编号",
        "Customer ID",
        zh_hant="客戶編號",
        aliases=listed(
            "客户ID|客戶ID|客户编码|客户代码|客户号|线索编号|线索ID|商机编号|商机ID|编号|ID|Customer No|Customer number|Customer code|Client ID|Account ID|Account number|Lead ID|Deal ID|Opportunity ID|Record ID|Contact ID|CRM ID"
        ),
        expected=True,
        key=True,
        required=True,
        examples=listed("CL2024001|CL2024002|CL2024003|CL2024004|CL2024005"),
        note_zh="客户的唯一编号，每个客户一行；按文本保存，前导零不会丢失。",
        note_en="The customer's own number, one row a customer; kept as text, so leading zeros survive.",
    ),
    Column(
        "customer_name",
        Kind.TEXT,
        "客户名称(脱敏)",
        "Customer name (masked)",
        zh_hant="客戶名稱(脫敏)",
        aliases=listed(
            "客户名称|客戶名稱|客户姓名|客户名|客户全称|客户简称|客户|公司名称|公司名稱|公司|企业名称|线索名称|单位名称|Customer|Client|Client name|Account|Account name|Company|Company name|Organization|Organisation|Organization name|Associated company|Associated company (primary)|Lead name|客户公司|客户公司名称|所属客户|所属公司|关联客户|Customer company|Company / Account"
        ),
        expected=True,
        examples=listed("*科技有限公司|*商贸公司|*科技有限公司|*医疗器械公司|*教育集团"),
        examples_en=listed("* Technology Ltd|* Trading Co|* Technology Ltd|* Medical Devices|* Education Group"),
        note_zh="客户名称，可先脱敏；导入后按原样显示。",
        note_en="The customer's name, masked beforehand if you like; shown as uploaded.",
    ),
    Column(
        "industry",
        Kind.TEXT,
        "行业",
        "Industry",
        zh_hant="行業",
        aliases=listed(
            "所属行业|所屬行業|客户行业|行业类型|行业分类|一级行业|产业|產業|Sector|Industry type|Vertical|Company industry|Account industry|产业别|行业类别|行业大类|Industry category|Industry sector"
        ),
        expected=True,
        examples=listed("制造业|零售|IT服务|医疗|教育"),
        examples_en=listed("Manufacturing|Retail|IT services|Healthcare|Education"),
        note_zh="客户所属行业，同一行业请用同一写法。",
        note_en="The customer's industry; spell each industry one way.",
    ),
    Column(
        "source",
        Kind.TEXT,
        "线索来源",
        "Lead source",
        zh_hant="線索來源",
        aliases=listed(
            "来源|來源|客户来源|客戶來源|商机来源|来源渠道|获客渠道|渠道|渠道来源|推广渠道|Source|Channel|Original source|Original traffic source|Lead channel|Deal source|Source channel|Opportunity source|Lead origin|Marketing source|客源|名单来源|来源方式|来源类型|获取渠道|客户渠道|线索渠道|Acquisition channel|Acquisition source"
        ),
        expected=True,
        examples=listed("官网表单|展会转介绍|代理商|老客户推荐|官网表单"),
        examples_en=listed("Website form|Trade-show referral|Reseller|Customer referral|Website form"),
        note_zh="线索从哪个渠道来，如官网表单、展会、代理商。",
        note_en="The channel the lead came from, such as website form, trade show, reseller.",
    ),
    Column(
        "first_contact_on",
        Kind.DATE,
        "首次接触时间",
        "First contact",
        zh_hant="首次接觸時間",
        aliases=listed(
            "首次接触日期|首次联系时间|首次联系日期|首次聯繫時間|接触时间|线索获取时间|获取时间|线索创建时间|创建时间|创建日期|建立時間|录入日期|First contact date|First contacted|First contact on|Created|Created at|Created date|Create date|Created time|Creation date|Date created|Lead created|Deal created|Date added|Engage date|首次沟通时间|首次接洽时间|初次拜访日期|建档日期|建档时间|Initial contact|First met|First touch date|首次接触|首次联系"
        ),
        expected=True,
        examples=listed("2024-03-01|2024-03-02|2024-03-03|2024-01-08|2024-01-15"),
        note_zh="第一次接触客户的日期，如 2024-03-01；周期和线索数都从这天算起。",
        note_en="The day of first contact, such as 2024-03-01; cycles and lead counts start here.",
    ),
    Column(
        "stage",
        Kind.STAGE,
        "当前跟进阶段",
        "Stage",
        zh_hant="當前跟進階段",
        aliases=listed(
            "当前阶段|目前阶段|跟进阶段|跟進階段|阶段|階段|销售阶段|銷售階段|商机阶段|客户阶段|线索状态|商机状态|客户状态|跟进状态|状态|狀態|Current stage|Sales stage|Deal stage|Opportunity stage|Pipeline stage|Stage name|Lead status|Lead stage|Lifecycle stage|Status|Deal status|Phase|项目阶段|商机进展|跟进进度|销售进度|推进阶段|客户跟进阶段|Opportunity status|Customer status|Current status|Sales status|Funnel stage|Account status"
        ),
        expected=True,
        required=True,
        examples=listed("商机|意向|线索|成交|流失"),
        examples_en=listed("Opportunity|Prospect|Lead|Won|Lost"),
        note_zh="客户现在所处阶段，从下拉列表中选择；为空的行不能导入。",
        note_en="Where the customer stands now, chosen from the list; a row without it is not imported.",
    ),
    Column(
        "owner",
        Kind.TEXT,
        "负责人",
        "Owner",
        zh_hant="負責人",
        aliases=listed(
            "客户负责人|客戶負責人|线索负责人|商机负责人|销售负责人|销售|销售员|销售人员|销售代表|业务员|業務員|业务负责人|客户经理|所有人|所有者|归属人|归属销售|跟进负责人|Sales owner|Account owner|Lead owner|Deal owner|Opportunity owner|Record owner|Contact owner|Company owner|Sales rep|Sales representative|Sales agent|Rep|Salesperson|Assigned to|Assignee|Account manager|跟进人|跟进人员|跟进销售|跟单员|跟单人|负责员工|负责业务|负责销售|业务|业务人员|维护人|HubSpot owner|Handled by|Responsible|Responsible person|Sales executive|Account executive"
        ),
        expected=True,
        examples=listed("*明|*华|*强|*明|*华"),
        examples_en=listed("M. Ming|H. Hua|Q. Qiang|M. Ming|H. Hua"),
        note_zh="负责该客户的销售；留空表示在公海。",
        note_en="The rep in charge; empty means the unassigned pool.",
    ),
    Column(
        "expected_amount",
        Kind.MONEY,
        "预计成交金额(元)",
        "Expected amount",
        zh_hant="預計成交金額(元)",
        aliases=listed(
            "预计成交金额|预计金额|预计金额(元)|预估金额|预期金额|预计销售金额|预计合同金额|意向金额|商机金额|商机金额(元)|預估金額|金额|金额(元)|金額|Expected value|Expected revenue|Expected deal amount|Estimated amount|Estimated value|Estimated revenue|Amount|Amount (CNY)|Amount in company currency|Deal amount|Deal value|Opportunity amount|Value|Sales price|预计收入|预计合同额|预计签约金额|预计签单金额|预计成单金额|商机预计金额|拟成交金额|Potential revenue|Potential value|Potential deal value|Pipeline value|Opportunity value|Deal size|Estimated deal size"
        ),
        unit="CNY",
        examples=listed("50,000|30,000|--|120,000|80,000"),
        note_zh="预计能成交的金额，单位元；尚不清楚请留空，不要填 0。",
        note_en="What the deal is expected to be worth, in yuan; leave empty if unknown, not 0.",
    ),
    Column(
        "last_followup_on",
        Kind.DATE,
        "最后跟进时间",
        "Last follow-up",
        zh_hant="最後跟進時間",
        aliases=listed(
            "最后跟进日期|最近跟进时间|最近跟进日期|最新跟进时间|最近跟進時間|最后联系时间|最近联系时间|最后活动时间|最近活动时间|上次跟进时间|Last follow-up date|Last follow-up time|Last followup|Last followed up|Last contact|Last contacted|Last contact date|Last activity|Last activity date|Last activity time|Last touch|最近跟进日|最后拜访时间|最近沟通时间|最近一次跟进|最后跟踪时间|Last communication|Last communication date|Last interaction|Last interaction date|Last engagement date|Last touchpoint|Last outreach|Last outreach date"
        ),
        examples=listed("2024-03-05|2024-03-04||2024-02-20|2024-02-26"),
        note_zh="最近一次跟进的日期；还没跟进过请留空。",
        note_en="The day of the latest follow-up; empty if there was none yet.",
    ),
    Column(
        "notes",
        Kind.TEXT,
        "备注",
        "Notes",
        zh_hant="備註",
        aliases=listed(
            "备注信息|備註資訊|说明|描述|备注说明|客户备注|商机描述|Note|Remark|Remarks|Comment|Comments|Description|Memo|其他说明|其它说明|补充说明|附注|Additional notes|Internal notes|Additional information|Other remarks"
        ),
        examples=listed("需提供技术方案|价格敏感|待初次沟通|已签年度合同|预算推迟到明年"),
        examples_en=listed(
            "Needs a technical proposal|Price-sensitive|First call to come|Signed for a year|Budget moved to next year"
        ),
        note_zh="其他说明；请勿填写手机号、身份证号等敏感信息。",
        note_en="Anything else; no phone or identity numbers, please.",
    ),
)

LEADS = Table(
    name="leads",
    zh="销售数据基础录入表",
    en="Leads",
    zh_hant="銷售數據基礎錄入表",
    sheet_aliases=listed(
        "基础录入表|销售数据|销售数据表|客户表|客户信息|客户信息表|客户列表|客户台账|客户明细|线索|线索表|线索列表|商机|商机表|商机列表|客戶資料|線索表|Sales data|Customers|Customer list|Clients|Accounts|Deals|Opportunities|Pipeline|Sales pipeline|Lead list"
    ),
    key=("customer_id",),
    allows_custom=True,
    columns=CUSTOMARY + PROFILE + OUTCOME + SERVICE,
)
