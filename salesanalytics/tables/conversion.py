"""conversion 销售转化分析表: what the user's own CRM says of each stage's conversion."""

from salesanalytics.tables.column import Column, Kind, Table

CONVERSION = Table(
    name="conversion",
    zh="销售转化分析表",
    en="Conversion",
    zh_hant="銷售轉化分析表",
    key=("period", "stage"),
    columns=(
        Column("stage", Kind.STAGE, "阶段", "Stage", expected=True, key=True, required=True),
        Column("entered", Kind.COUNT, "进入阶段客户数", "Entered", expected=True, required=True),
        Column("converted", Kind.COUNT, "从上一阶段转化数", "Converted from previous"),
        Column("conversion_share", Kind.SHARE, "转化率", "Conversion rate", unit="share"),
        Column("mean_dwell_days", Kind.NUMBER, "平均停留时长(天)", "Mean dwell (days)", unit="days"),
        Column("main_lost_reason", Kind.TEXT, "主要流失原因", "Main lost reason"),
        Column("period", Kind.PERIOD, "周期", "Period", extended=True, key=True),
    ),
)
