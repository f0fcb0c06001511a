"""conversion 销售转化分析表: what the user's own CRM says of each stage's conversion."""

from salesanalytics.tables.column import Column, Kind, Table, listed

CONVERSION = Table(
    name="conversion",
    zh="销售转化分析表",
    en="Conversion",
    zh_hant="銷售轉化分析表",
    sheet_aliases=listed(
        "转化分析|转化分析表|转化率|转化表|阶段转化|转化率分析|轉化分析|Conversion analysis|Stage conversion|Conversion rates|Sales conversion|Conversion report"
    ),
    key=("period", "stage"),
    columns=(
        Column(
            "stage",
            Kind.STAGE,
            "阶段",
            "Stage",
            zh_hant="階段",
            aliases=listed(
                "阶段名称|階段名稱|销售阶段|銷售階段|漏斗阶段|商机阶段|跟进阶段|转化阶段|环节|Stage name|Sales stage|Funnel stage|Pipeline stage|Deal stage|Step|Phase|当前阶段|客户阶段"
            ),
            expected=True,
            key=True,
            required=True,
            examples=listed("线索|意向|商机|成交"),
            examples_en=listed("Lead|Prospect|Opportunity|Won"),
            note_zh="销售阶段，从下拉列表中选择，自上而下。",
            note_en="The sales stage, chosen from the list, top down.",
        ),
        Column(
            "entered",
            Kind.COUNT,
            "进入阶段客户数",
            "Entered",
            zh_hant="進入階段客戶數",
            aliases=listed(
                "进入客户数|进入数|进入阶段数|进入人数|阶段客户数|客户数|客户数量|数量|Entered stage|Customers entered|Entered customers|Customers in stage|Entries|Number entered|Count|Customers|Deals entered|进入该阶段客户数|进入量|进入商机数|Entered count|No. entered|Customers entering"
            ),
            expected=True,
            required=True,
            examples=listed("100|60|30|15"),
            note_zh="进入该阶段的客户数，整数。",
            note_en="How many customers entered the stage, a whole number.",
        ),
        Column(
            "converted",
            Kind.COUNT,
            "从上一阶段转化数",
            "Converted from previous",
            zh_hant="從上一階段轉化數",
            aliases=listed(
                "上一阶段转化数|转化数|转化数量|转化客户数|轉化數|成功转化数|Converted|Converted customers|Converted from previous stage|Conversions|Number converted|Deals converted|转化量|转化人数|转化商机数|Converted count|No. converted"
            ),
            examples=listed("-|60|30|15"),
            note_zh="由上一阶段转化来的客户数；第一个阶段填 - 或留空。",
            note_en="How many came from the stage before; - or empty for the first.",
        ),
        Column(
            "conversion_share",
            Kind.SHARE,
            "转化率",
            "Conversion rate",
            zh_hant="轉化率",
            aliases=listed(
                "转化率(%)|阶段转化率|转化比例|转化率％|轉化比例|Conversion|Conversion share|Conversion %|Conv. rate|Stage conversion rate|Conversion ratio|CVR|转化百分比|Stage-to-stage conversion rate"
            ),
            unit="share",
            examples=listed("-|60%|50%|50%"),
            note_zh="转化数 ÷ 上一阶段客户数，如 60%。",
            note_en="Converted ÷ customers of the stage before, such as 60%.",
        ),
        Column(
            "mean_dwell_days",
            Kind.NUMBER,
            "平均停留时长(天)",
            "Mean dwell (days)",
            zh_hant="平均停留時長(天)",
            aliases=listed(
                "平均停留时长|平均停留天数|平均停留时间|停留时长|停留天数|停留時長|平均周期(天)|Mean dwell days|Mean days in stage|Average dwell (days)|Average days in stage|Avg. days in stage|Average time in stage|Avg time in stage (days)|Time in stage|阶段停留天数|平均阶段时长|平均停留周期|平均滞留天数|平均耗时|Average stage duration|Average duration|Days in stage|Stage duration"
            ),
            unit="days",
            examples=listed("-|5|10|7"),
            note_zh="客户在该阶段平均停留的天数。",
            note_en="The mean number of days customers stay in the stage.",
        ),
        Column(
            "main_lost_reason",
            Kind.TEXT,
            "主要流失原因",
            "Main lost reason",
            zh_hant="主要流失原因",
            aliases=listed(
                "流失原因|流失主因|主要原因|输单原因|丢单原因|Main loss reason|Lost reason|Loss reason|Top lost reason|Primary lost reason|Reason lost|主要流失因素|主要丢单原因|首要流失原因|流失主要原因|Main reason for loss"
            ),
            examples=listed("-|预算不足(占比40%)|竞品对手(占比35%)|-"),
            examples_en=listed("-|No budget (40%)|Competitor (35%)|-"),
            note_zh="最主要的流失原因，可带占比，如 预算不足(占比40%)。",
            note_en="The main reason for loss, its share in brackets if known.",
        ),
        Column(
            "period",
            Kind.PERIOD,
            "周期",
            "Period",
            zh_hant="週期",
            aliases=listed(
                "统计周期|統計週期|週期|期间|期間|统计期间|报告期|月份|月度|季度|年度|时间|日期|Reporting period|Time period|Month|Quarter|Year|Date|Week|统计月份|所属月份|所属期间|报告期间|年月|周次|Period name|Reporting month|Fiscal period"
            ),
            extended=True,
            key=True,
            examples=listed("2024-03|2024-03|2024-03|2024-03"),
            note_zh="统计周期，如 2026-07、2026Q3、2026 或 2026-W45；留空则用数据日期。",
            note_en="The period covered: 2026-07, 2026Q3, 2026 or 2026-W45; empty means the as-of date.",
        ),
    ),
)
