"""targets 销售目标表: what was promised, by period and by company, team, person or region."""

from salesanalytics.tables.column import Column, Kind, Table

TARGETS = Table(
    name="targets",
    zh="销售目标表",
    en="Targets",
    zh_hant="銷售目標表",
    key=("period", "team", "owner", "region"),
    companion=True,
    columns=(
        Column("period", Kind.PERIOD, "周期", "Period", expected=True, key=True, required=True),
        Column("team", Kind.TEXT, "团队", "Team", key=True),
        Column("owner", Kind.TEXT, "负责人", "Owner", key=True),
        Column("region", Kind.TEXT, "区域", "Region", key=True),
        Column(
            "target_amount",
            Kind.MONEY,
            "目标销售额(元)",
            "Target amount",
            expected=True,
            required=True,
            unit="CNY",
        ),
        Column("target_customers", Kind.COUNT, "目标新签客户数", "Target new customers"),
        Column("target_collected", Kind.MONEY, "目标回款(元)", "Target collected", unit="CNY"),
    ),
)
