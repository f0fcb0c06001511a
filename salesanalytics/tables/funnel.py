"""funnel 销售漏斗分析表: what the user's own CRM says of the funnel."""

from salesanalytics.tables.column import Column, Kind, Table

FUNNEL = Table(
    name="funnel",
    zh="销售漏斗分析表",
    en="Funnel",
    zh_hant="銷售漏斗分析表",
    key=("period", "stage"),
    columns=(
        Column("stage", Kind.STAGE, "阶段", "Stage", expected=True, key=True, required=True),
        Column("customers", Kind.COUNT, "客户数量", "Customers", expected=True, required=True),
        Column("change_share", Kind.SHARE, "环比变化", "Change on last period", unit="share"),
        Column("target", Kind.COUNT, "目标数量", "Target"),
        Column("attainment_share", Kind.SHARE, "完成率", "Attainment", unit="share"),
        Column("loss_share", Kind.SHARE, "流失率", "Loss rate", unit="share"),
        Column("lost_reasons", Kind.TEXT, "流失原因(TOP3)", "Lost reasons (top 3)"),
        Column("period", Kind.PERIOD, "周期", "Period", extended=True, key=True),
    ),
)
