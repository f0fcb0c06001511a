"""channel_costs 渠道费用表: what each lead source cost in a period."""

from salesanalytics.tables.column import Column, Kind, Table

CHANNEL_COSTS = Table(
    name="channel_costs",
    zh="渠道费用表",
    en="Channel costs",
    zh_hant="渠道費用表",
    key=("source", "period"),
    companion=True,
    columns=(
        Column("source", Kind.TEXT, "线索来源", "Lead source", expected=True, key=True, required=True),
        Column("period", Kind.PERIOD, "周期", "Period", expected=True, key=True, required=True),
        Column("cost", Kind.MONEY, "费用(元)", "Cost", expected=True, required=True, unit="CNY"),
    ),
)
