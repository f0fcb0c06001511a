"""targets 销售目标表: what was promised, by period and by company, team, person or region."""

from salesanalytics.tables.column import Column, Kind, Table, listed

TARGETS = Table(
    name="targets",
    zh="销售目标表",
    en="Targets",
    zh_hant="銷售目標表",
    sheet_aliases=listed(
        "目标|目标表|销售目标|业绩目标|任务表|销售任务|指标|銷售目標|Sales targets|Quotas|Quota|Goals|Sales goals|Target"
    ),
    key=("period", "team", "owner", "region"),
    companion=True,
    columns=(
        Column(
            "period",
            Kind.PERIOD,
            "周期",
            "Period",
            zh_hant="週期",
            aliases=listed(
                "统计周期|統計週期|週期|期间|期間|统计期间|报告期|月份|月度|季度|年度|Reporting period|Time period|Month|Quarter|Year|Week|目标周期|考核周期|Target period|Fiscal period|年月|所属期间|所属月份|考核月份|考核期|目标月份|目标年月|目标期间|Target month|Fiscal month|Fiscal quarter|Period name"
            ),
            expected=True,
            key=True,
            required=True,
            examples=listed("2024-03|2024-03|2024-03|2024Q1"),
            note_zh="目标所属周期：2026-07、2026Q3、2026 或 2026-W45。",
            note_en="The period of the target: 2026-07, 2026Q3, 2026 or 2026-W45.",
        ),
        Column(
            "team",
            Kind.TEXT,
            "团队",
            "Team",
            zh_hant="團隊",
            aliases=listed(
                "销售团队|銷售團隊|部门|部門|所属部门|所属团队|销售组|小组|Sales team|Department|Group|事业部|销售部门|业务团队|业务部门|Business unit|Sales group"
            ),
            key=True,
            examples=listed("|销售一组|销售一组|"),
            examples_en=listed("|Team 1|Team 1|"),
            note_zh="留空表示全公司。",
            note_en="Empty means the whole company.",
        ),
        Column(
            "owner",
            Kind.TEXT,
            "负责人",
            "Owner",
            zh_hant="負責人",
            aliases=listed(
                "销售|销售员|销售人员|销售代表|业务员|業務員|姓名|销售姓名|客户经理|Sales rep|Sales representative|Rep|Salesperson|Sales owner|User|Name|员工|员工姓名|人员|人员姓名|业务|责任人|Employee|Employee name|Person|Account executive"
            ),
            key=True,
            examples=listed("||*明|"),
            examples_en=listed("||M. Ming|"),
            note_zh="留空表示整个团队或公司。",
            note_en="Empty means the whole team or company.",
        ),
        Column(
            "region",
            Kind.TEXT,
            "区域",
            "Region",
            zh_hant="區域",
            aliases=listed(
                "地区|地區|大区|大區|销售区域|所属区域|Area|Territory|Sales region|片区|战区|Sales territory|Zone"
            ),
            key=True,
            examples=listed("|||"),
            note_zh="留空表示不分区域。",
            note_en="Empty means all regions.",
        ),
        Column(
            "target_amount",
            Kind.MONEY,
            "目标销售额(元)",
            "Target amount",
            zh_hant="目標銷售額(元)",
            aliases=listed(
                "目标销售额|目标销售额(万元)|销售目标|销售目标(元)|目标金额|目標金額|业绩目标|任务额|销售任务|销售额目标|指标金额|Sales target|Sales quota|Quota|Quota amount|Goal|Goal amount|Target revenue|Target sales|Revenue target|Target|业绩指标|销售指标|任务金额|营业目标|营收目标|收入目标|目标额|目标业绩|Revenue goal|Sales goal amount|Bookings target"
            ),
            unit="CNY",
            expected=True,
            required=True,
            examples=listed("1,500,000|800,000|300,000|4,200,000"),
            note_zh="周期内的销售额目标，单位元。",
            note_en="The sales target of the period, in yuan.",
        ),
        Column(
            "target_customers",
            Kind.COUNT,
            "目标新签客户数",
            "Target new customers",
            zh_hant="目標新簽客戶數",
            aliases=listed(
                "目标新客户数|新签客户目标|新签目标|目标客户数|目标签约数|新客户目标|新客目标|Target customers|New customer target|New customers target|Target new deals|Target new clients|新增客户目标|新客户数目标|新签客户目标数|Target new logos|New logo target|New customers goal|New client target|New accounts target"
            ),
            examples=listed("30|16|6|85"),
            note_zh="周期内要新签的客户数。",
            note_en="How many new customers the period should bring.",
        ),
        Column(
            "target_collected",
            Kind.MONEY,
            "目标回款(元)",
            "Target collected",
            zh_hant="目標回款(元)",
            aliases=listed(
                "目标回款|目标回款额|回款目标|回款目标(元)|回款任务|目标回款金额|Collection target|Target collection|Target collections|Cash target|Target cash collected|收款目标|目标收款|回款指标|Cash collection target|Collections goal"
            ),
            unit="CNY",
            examples=listed("1,200,000|640,000|240,000|3,400,000"),
            note_zh="周期内的回款目标，单位元。",
            note_en="The collection target of the period, in yuan.",
        ),
    ),
)
