"""followups 客户跟进记录表: one row a contact with a customer."""

from salesanalytics.tables.choices import METHODS, YES_NO
from salesanalytics.tables.column import Column, Kind, Table, listed

FOLLOWUPS = Table(
    name="followups",
    zh="客户跟进记录表",
    en="Follow-ups",
    zh_hant="客戶跟進記錄表",
    sheet_aliases=listed(
        "跟进记录|跟进记录表|跟進記錄|跟进|跟进明细|销售记录|拜访记录|联系记录|活动记录|客户跟进|Followups|Follow-up log|Follow up records|Activities|Activity log|Activity|Calls|Interactions|Engagements|Tasks"
    ),
    key=("followup_id",),
    columns=(
        Column(
            "followup_id",
            Kind.ID,
            "跟进记录ID",
            "Follow-up ID",
            zh_hant="跟進記錄ID",
            aliases=listed(
                "跟进记录编号|跟进编号|跟进ID|跟進編號|记录编号|记录ID|活动ID|活动编号|拜访编号|编号|ID|Followup ID|Activity ID|Record ID|Task ID|Event ID|Call ID|Interaction ID|Engagement ID|Log ID|拜访记录编号|沟通记录编号|流水号|Entry ID|Visit ID"
            ),
            expected=True,
            key=True,
            required=True,
            examples=listed("GZ2024001|GZ2024002|GZ2024003"),
            note_zh="每条跟进记录的唯一编号，按文本保存。",
            note_en="Each follow-up's own number, kept as text.",
        ),
        Column(
            "customer_id",
            Kind.ID,
            "客户编号",
            "Customer ID",
            zh_hant="客戶編號",
            aliases=listed(
                "客户ID|客戶ID|客户编码|客户代码|客户号|线索编号|线索ID|商机编号|商机ID|关联客户编号|Customer No|Customer number|Customer code|Client ID|Account ID|Lead ID|Deal ID|Opportunity ID|Company ID|Associated deal ID|Related to ID"
            ),
            expected=True,
            required=True,
            examples=listed("CL2024001|CL2024002|CL2024004"),
            note_zh="与销售数据基础录入表中的客户编号一致。",
            note_en="The same customer number as in the leads table.",
        ),
        Column(
            "followed_up_at",
            Kind.TIMESTAMP,
            "跟进时间",
            "Followed up at",
            zh_hant="跟進時間",
            aliases=listed(
                "跟进日期|跟進日期|联系时间|联系日期|拜访时间|拜访日期|沟通时间|活动时间|活动日期|发生时间|Follow-up date|Follow-up time|Followup date|Followed up on|Activity date|Activity time|Contact date|Contact time|Call date|Date|Time|Timestamp|Date/Time|Start time|日期|时间|跟踪时间|沟通日期|洽谈时间|回访时间|Visit date|Meeting date|Interaction date|Engagement date"
            ),
            expected=True,
            required=True,
            examples=listed("2024-03-05|2024-03-04|2024-02-20 15:30"),
            note_zh="跟进发生的时间，如 2024-03-05 或 2024-03-05 14:30。",
            note_en="When it took place, such as 2024-03-05 or 2024-03-05 14:30.",
        ),
        Column(
            "method",
            Kind.TEXT,
            "跟进方式",
            "Method",
            zh_hant="跟進方式",
            aliases=listed(
                "跟进形式|跟进类型|跟進類型|沟通方式|联系方式|联系渠道|活动类型|拜访方式|Follow-up method|Followup method|Follow-up type|Contact method|Activity type|Type|Task type|Call type|Interaction type|联系类型|沟通类型|拜访类型|跟踪方式|回访方式|互动方式|Channel|Communication type|Communication method|Communication channel|Contact type|Contact mode|Mode of contact|Engagement type|Touch type"
            ),
            choices=METHODS,
            expected=True,
            examples=listed("电话|邮件|拜访"),
            examples_en=listed("Phone|Email|Visit"),
            note_zh="电话、邮件、拜访、线上等，从下拉列表中选择。",
            note_en="Phone, email, visit, online and so on, chosen from the list.",
        ),
        Column(
            "followed_up_by",
            Kind.TEXT,
            "跟进人",
            "Followed up by",
            zh_hant="跟進人",
            aliases=listed(
                "跟进人员|跟進人員|跟进销售|记录人|负责人|销售|销售人员|创建人|拜访人|执行人|Follow-up owner|Followup by|Sales rep|Rep|Owner|Activity owner|Assigned to|Activity assigned to|Created by|User|Agent|业务员|跟单员|跟踪人|拜访人员|回访人|业务|员工|Salesperson|Sales owner|Logged by|Handled by|Employee|跟进负责人|负责跟进人"
            ),
            expected=True,
            examples=listed("*明|*华|*明"),
            examples_en=listed("M. Ming|H. Hua|M. Ming"),
            note_zh="谁做的这次跟进，写法与负责人一致。",
            note_en="Who did it, spelled as in the owner column.",
        ),
        Column(
            "summary",
            Kind.TEXT,
            "跟进内容摘要",
            "Summary",
            zh_hant="跟進內容摘要",
            aliases=listed(
                "跟进内容|跟進內容|跟进记录|跟进摘要|跟进情况|沟通内容|内容|摘要|拜访内容|工作内容|Follow-up content|Follow-up summary|Content|Subject|Description|Notes|Note|Comment|Comments|Details|Activity notes|洽谈内容|沟通纪要|跟进详情|跟进描述|沟通记录|拜访记录|联系内容|跟踪内容|跟进备注|Meeting notes|Call notes|Call summary|Visit notes|Follow-up notes|Remarks|Conversation summary"
            ),
            examples=listed("确认客户需求细节,发送技术方案|推出季度采购优惠套餐|确认合同条款并完成签约"),
            examples_en=listed(
                "Clarified requirements, sent the technical proposal|Presented the quarterly purchasing offer|Agreed the terms and signed the contract"
            ),
            note_zh="这次谈了什么，一两句话即可。",
            note_en="What was discussed, in a sentence or two.",
        ),
        Column(
            "feedback",
            Kind.TEXT,
            "客户反馈",
            "Feedback",
            zh_hant="客戶反饋",
            aliases=listed(
                "客户反馈内容|客戶回饋|反馈|客户意见|客户态度|跟进结果|拜访结果|Customer feedback|Client feedback|Customer response|Response|Result|Outcome|Call outcome|Call result|客户回复|客户反应|客户回应|Customer comments|Client response|Customer reply"
            ),
            examples=listed("方案需补充成本说明|价格仍偏高,需申请折扣|对交付时间满意"),
            examples_en=listed(
                "The proposal should explain the costs|Still too expensive, a discount is needed|Happy with the delivery date"
            ),
            note_zh="客户怎么说。",
            note_en="What the customer said.",
        ),
        Column(
            "next_step",
            Kind.TEXT,
            "下一步计划",
            "Next step",
            zh_hant="下一步計劃",
            aliases=listed(
                "下一步|下步计划|下一步行动|后续计划|後續計劃|下次计划|跟进计划|待办事项|Next steps|Next action|Next plan|Follow-up plan|Action item|To do|后续安排|后续行动|后续工作|下一步动作|下一步工作计划|下一步安排|下一步跟进计划|Follow-up action|Next step plan|Planned action"
            ),
            examples=listed("3月8日前更新方案并再次沟通|3月6日前与上级协商折扣|3月10日前完成交付"),
            examples_en=listed(
                "Update the proposal and talk again by 8 March|Agree a discount internally by 6 March|Deliver by 10 March"
            ),
            note_zh="接下来做什么、什么时候做。",
            note_en="What comes next, and by when.",
        ),
        Column(
            "effective",
            Kind.BOOLEAN,
            "是否有效跟进",
            "Effective",
            zh_hant="是否有效跟進",
            aliases=listed(
                "是否有效|有效跟进|有效跟進|跟进有效性|有效|Effective follow-up|Is effective|Effective?|Valid|Is valid|Successful|Completed|是否为有效跟进|有效沟通|Valid follow-up|Effective contact"
            ),
            choices=YES_NO,
            examples=listed("是|是|是"),
            examples_en=listed("Yes|Yes|Yes"),
            note_zh="是或否：这次跟进是否推进了客户。",
            note_en="Yes or no: did it move the customer on?",
        ),
        Column(
            "stage_after",
            Kind.STAGE,
            "跟进后阶段",
            "Stage after",
            zh_hant="跟進後階段",
            aliases=listed(
                "跟进后状态|跟进阶段|跟進階段|当前跟进阶段|当前阶段|阶段|阶段变更为|变更后阶段|Stage after follow-up|New stage|Resulting stage|Stage|To stage|Stage to|Stage changed to|跟进后所处阶段|最新阶段|更新后阶段|New status|Updated stage|Status after follow-up"
            ),
            extended=True,
            examples=listed("商机|意向|成交"),
            examples_en=listed("Opportunity|Prospect|Won"),
            note_zh="跟进之后客户所处的阶段；填了它，漏斗才有真实的阶段历史。",
            note_en="The stage after it; with it the funnel has a true history.",
        ),
        Column(
            "recorded_at",
            Kind.TIMESTAMP,
            "录入时间",
            "Recorded at",
            zh_hant="錄入時間",
            aliases=listed(
                "录入日期|登记时间|填写时间|提交时间|提交日期|创建时间|创建日期|建立時間|Recorded on|Record time|Entry time|Entered at|Logged at|Created|Created at|Created date|Create date|Created time|Submitted at|记录时间|填报时间|登记日期|Entry date|Date entered|Date logged|Input time"
            ),
            extended=True,
            examples=listed("2024-03-05 17:40|2024-03-04 18:05|2024-02-20 18:20"),
            note_zh="这条记录写进系统的时间，用于发现补录。",
            note_en="When it was written down, to find late recording.",
        ),
        Column(
            "next_followup_on",
            Kind.DATE,
            "下次跟进日期",
            "Next follow-up",
            zh_hant="下次跟進日期",
            aliases=listed(
                "下次跟进时间|下次跟進時間|下次联系时间|下次联系日期|下次拜访时间|计划跟进时间|提醒时间|Next follow-up date|Next follow-up on|Next followup|Next contact date|Next activity|Next activity date|Due date|Reminder date|下次回访日期|下次沟通时间|下次跟踪时间|计划下次跟进时间|预计下次跟进时间|Next call date|Next visit date|Next meeting date|Next contact"
            ),
            extended=True,
            examples=listed("2024-03-08|2024-03-06|2024-03-10"),
            note_zh="约定的下次跟进日期。",
            note_en="The day agreed for the next follow-up.",
        ),
    ),
)
