"""funnel 销售漏斗分析表: what the user's own CRM says of the funnel."""

from salesanalytics.tables.column import Column, Kind, Table, listed

FUNNEL = Table(
    name="funnel",
    zh="销售漏斗分析表",
    en="Funnel",
    zh_hant="銷售漏斗分析表",
    sheet_aliases=listed(
        "漏斗|漏斗分析|漏斗分析表|销售漏斗|销售漏斗表|銷售漏斗|漏斗表|Sales funnel|Funnel analysis|Pipeline funnel|Sales funnel analysis|Funnel report"
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
            examples=listed("线索获取|意向筛选|商机转化|成交签约"),
            examples_en=listed("Lead|Prospect|Opportunity|Won"),
            note_zh="销售阶段，从下拉列表中选择，自上而下。",
            note_en="The sales stage, chosen from the list, top down.",
        ),
        Column(
            "customers",
            Kind.COUNT,
            "客户数量",
            "Customers",
            zh_hant="客戶數量",
            aliases=listed(
                "客户数|客戶數|数量|阶段客户数|当前客户数|人数|实际数量|Customer count|Number of customers|Count|Deals|Number of deals|Actual|Actual customers|客户总数|商机数量|Deal count"
            ),
            expected=True,
            required=True,
            examples=listed("100|60|30|15"),
            note_zh="该阶段的客户数，整数。",
            note_en="How many customers the stage holds, a whole number.",
        ),
        Column(
            "change_share",
            Kind.SHARE,
            "环比变化",
            "Change on last period",
            zh_hant="環比變化",
            aliases=listed(
                "环比|環比|环比变化率|环比增长|环比增长率|较上期变化|环比(%)|Change|Change %|Change share|Period-over-period change|Change vs last period|MoM|MoM change|Growth|Growth rate|较上月|较上周|环比上月|环比上周|与上期比较|MoM growth|WoW|WoW change|Month-over-month|Week-over-week|Change vs previous period|月环比|周环比|环比率"
            ),
            unit="share",
            examples=listed("+10%|+5%|-10%|-25%"),
            note_zh="与上一周期相比的变化，如 +10%、-25%。",
            note_en="The change on the period before, such as +10% or -25%.",
        ),
        Column(
            "target",
            Kind.COUNT,
            "目标数量",
            "Target",
            zh_hant="目標數量",
            aliases=listed(
                "目标|目標|目标数|目标客户数|计划数量|计划数|Target customers|Target count|Goal|Plan|Quota|Target number|目标值|Goal count|Plan count"
            ),
            examples=listed("120|70|40|20"),
            note_zh="该阶段的目标客户数。",
            note_en="The number of customers aimed at.",
        ),
        Column(
            "attainment_share",
            Kind.SHARE,
            "完成率",
            "Attainment",
            zh_hant="完成率",
            aliases=listed(
                "目标完成率|目標完成率|完成比例|达成率|達成率|完成率(%)|Attainment rate|Attainment share|Attainment %|Completion rate|Completion|Achievement|Target attainment|% of target|% to goal|完成度|完成进度|目标达成|Achievement rate|Goal attainment|Achieved %"
            ),
            unit="share",
            examples=listed("83%|86%|75%|75%"),
            note_zh="客户数量 ÷ 目标数量，如 83%。",
            note_en="Customers ÷ target, such as 83%.",
        ),
        Column(
            "loss_share",
            Kind.SHARE,
            "流失率",
            "Loss rate",
            zh_hant="流失率",
            aliases=listed(
                "流失率(%)|阶段流失率|流失比例|流失占比|Loss|Loss share|Loss %|Churn rate|Drop-off|Drop-off rate|Dropoff rate|Lost rate|客户流失率|Attrition rate|Attrition|Leakage rate"
            ),
            unit="share",
            examples=listed("-|40%|50%|50%"),
            note_zh="1 − 本阶段 ÷ 上一阶段，写在到达的阶段上。",
            note_en="1 − this stage ÷ the one before, on the stage arrived at.",
        ),
        Column(
            "lost_reasons",
            Kind.TEXT,
            "流失原因(TOP3)",
            "Lost reasons (top 3)",
            zh_hant="流失原因(TOP3)",
            aliases=listed(
                "流失原因|主要流失原因|流失原因TOP3|流失原因Top 3|流失原因前三|输单原因|Lost reasons|Loss reasons|Top lost reasons|Top 3 lost reasons|Lost reason|Loss reason|前三流失原因|流失TOP3原因|主要流失原因TOP3|三大流失原因|Top 3 reasons|Reasons for loss|Top 3 loss reasons"
            ),
            examples=listed("-|预算不足、需求不明确|竞品价格更低、方案不匹配|决策周期长、内部调整"),
            examples_en=listed("-|No budget, unclear need|Cheaper competitor, poor fit|Slow decision, reorganisation"),
            note_zh="最多三个流失原因，用顿号或逗号隔开。",
            note_en="Up to three reasons, separated by commas.",
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
