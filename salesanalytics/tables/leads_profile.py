"""Extended columns of leads, all optional: who and where the customer is."""

from salesanalytics.tables.choices import GRADES
from salesanalytics.tables.column import Column, Kind, listed

PROFILE = (
    Column(
        "region",
        Kind.TEXT,
        "区域",
        "Region",
        zh_hant="區域",
        aliases=listed(
            "地区|地區|大区|大區|所属区域|所在区域|所属地区|销售区域|省份|省市|省|Area|Territory|Sales region|Region name|Regional office|State/Province|Province|State|客户区域|客户地区|片区|战区|市场区域|Sales territory|Geography|Geo|Sales area|Zone"
        ),
        extended=True,
        examples=listed("华东|华南|华北|华东|华南"),
        examples_en=listed("East|South|North|East|South"),
        note_zh="客户所在的销售区域，如华东、华南。",
        note_en="The sales region, such as East or South.",
    ),
    Column(
        "team",
        Kind.TEXT,
        "团队",
        "Team",
        zh_hant="團隊",
        aliases=listed(
            "销售团队|銷售團隊|部门|部門|所属部门|所属团队|归属部门|负责人部门|负责人主属部门|负责人所在部门|销售组|小组|Sales team|Department|Owner team|HubSpot team|Group|业务团队|业务部门|销售部门|事业部|Business unit|Sales group|Owner's main team"
        ),
        extended=True,
        examples=listed("销售一组|销售二组|销售一组|销售一组|销售二组"),
        examples_en=listed("Team 1|Team 2|Team 1|Team 1|Team 2"),
        note_zh="负责人所在的销售团队。",
        note_en="The owner's sales team.",
    ),
    Column(
        "grade",
        Kind.TEXT,
        "客户等级",
        "Grade",
        zh_hant="客戶等級",
        aliases=listed(
            "等级|等級|客户级别|客户分级|客户评级|线索等级|线索评级|商机等级|级别|Customer grade|Rating|Lead grade|Account rating|Lead rating|Customer level|Lead temperature|BANT grade|线索级别|Tier|Account tier|Customer tier|ABC class|Customer class|Account grade"
        ),
        choices=GRADES,
        extended=True,
        examples=listed("A|B|C|A|C"),
        note_zh="按预算、决策权、需求、时间(BANT)评为 A、B 或 C。",
        note_en="A, B or C by budget, authority, need and timeline (BANT).",
    ),
    Column(
        "contact_name",
        Kind.TEXT,
        "联系人",
        "Contact name",
        zh_hant="聯絡人",
        aliases=listed(
            "联系人姓名|联系人名称|聯繫人|主要联系人|关键联系人|客户联系人|对接人|Contact|Contact person|Primary contact|Full name|Contact full name|Person|主联系人|首要联系人|Main contact|Key contact"
        ),
        extended=True,
        sensitive=True,
        examples=listed("王女士|李先生|||张老师"),
        examples_en=listed("Ms Wang|Mr Li|||Ms Zhang"),
        note_zh="客户方联系人。敏感信息，默认隐藏。",
        note_en="The person at the customer. Sensitive: hidden by default.",
    ),
    Column(
        "contact_title",
        Kind.TEXT,
        "职位",
        "Contact title",
        zh_hant="職位",
        aliases=listed(
            "职务|職務|联系人职位|联系人职务|岗位|Title|Job title|Position|Role|Contact job title|职称|头衔|Contact position|Designation"
        ),
        extended=True,
        sensitive=True,
        examples=listed("采购经理|总经理|||教务主任"),
        examples_en=listed("Purchasing manager|Managing director|||Head of teaching"),
        note_zh="联系人的职位。敏感信息，默认隐藏。",
        note_en="The contact's position. Sensitive: hidden by default.",
    ),
    Column(
        "contact_phone",
        Kind.ID,
        "联系方式",
        "Contact phone",
        zh_hant="聯繫方式",
        aliases=listed(
            "联系电话|聯絡電話|电话|電話|手机|手机号|手机号码|联系人电话|联系人手机|电话号码|Phone|Phone number|Mobile|Mobile phone|Mobile phone number|Telephone|Contact number|Tel|联系手机|Cell phone|Contact mobile|Contact telephone|Primary phone|Telephone number"
        ),
        extended=True,
        sensitive=True,
        examples=listed("138****0001|139****0002|||137****0005"),
        note_zh="电话等联系方式，按文本保存。敏感信息，默认隐藏。",
        note_en="Phone or other contact, kept as text. Sensitive: hidden by default.",
    ),
)
