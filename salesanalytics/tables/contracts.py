"""contracts 合同回款表: one row an instalment; the contract amount counts once a contract."""

from salesanalytics.tables.column import Column, Kind, Table

CONTRACTS = Table(
    name="contracts",
    zh="合同回款表",
    en="Contracts",
    zh_hant="合同回款表",
    key=("contract_id", "due_on"),
    companion=True,
    columns=(
        Column("contract_id", Kind.ID, "合同编号", "Contract ID", expected=True, key=True, required=True),
        Column("customer_id", Kind.ID, "客户编号", "Customer ID", expected=True, required=True),
        Column("signed_on", Kind.DATE, "签订日期", "Signed on", expected=True, required=True),
        Column(
            "contract_amount",
            Kind.MONEY,
            "合同金额(元)",
            "Contract amount",
            expected=True,
            required=True,
            unit="CNY",
        ),
        Column("due_on", Kind.DATE, "约定回款日期", "Due on", key=True),
        Column("due_amount", Kind.MONEY, "约定回款金额(元)", "Due amount", unit="CNY"),
        Column("collected_on", Kind.DATE, "实际回款日期", "Collected on"),
        Column("collected_amount", Kind.MONEY, "实际回款金额(元)", "Collected amount", unit="CNY"),
        Column("invoiced_amount", Kind.MONEY, "开票金额(元)", "Invoiced amount", unit="CNY"),
    ),
)
