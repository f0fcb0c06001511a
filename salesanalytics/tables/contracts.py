"""contracts 合同回款表: one row an instalment; the contract amount counts once a contract."""

from salesanalytics.tables.column import Column, Kind, Table, listed

CONTRACTS = Table(
    name="contracts",
    zh="合同回款表",
    en="Contracts",
    zh_hant="合同回款表",
    sheet_aliases=listed(
        "合同|合同表|合同台账|回款|回款表|回款明细|合同回款|合約|應收款|应收款|应收账款|Contract list|Collections|Payments|Receivables|Instalments|Contracts and collections"
    ),
    key=("contract_id", "due_on"),
    companion=True,
    columns=(
        Column(
            "contract_id",
            Kind.ID,
            "合同编号",
            "Contract ID",
            zh_hant="合同編號",
            aliases=listed(
                "合同ID|合同号|合同编码|合約編號|订单编号|订单号|協議編號|协议编号|Contract No|Contract number|Contract code|Agreement ID|Order ID|Order number|Invoice number|Contract reference|Contract ref|Agreement number"
            ),
            expected=True,
            key=True,
            required=True,
            examples=listed("HT2024001|HT2024001|HT2024002"),
            note_zh="合同的唯一编号；分期回款时每期一行，编号相同。",
            note_en="The contract's number; one row an instalment, all with the same number.",
        ),
        Column(
            "customer_id",
            Kind.ID,
            "客户编号",
            "Customer ID",
            zh_hant="客戶編號",
            aliases=listed(
                "客户ID|客戶ID|客户编码|客户代码|客户号|商机编号|Customer No|Customer number|Customer code|Client ID|Account ID|Deal ID|Opportunity ID|签约客户编号|客户代号"
            ),
            expected=True,
            required=True,
            examples=listed("CL2024004|CL2024004|CL2024004"),
            note_zh="与销售数据基础录入表中的客户编号一致。",
            note_en="The same customer number as in the leads table.",
        ),
        Column(
            "signed_on",
            Kind.DATE,
            "签订日期",
            "Signed on",
            zh_hant="簽訂日期",
            aliases=listed(
                "签约日期|签约时间|合同签订日期|签订时间|合同日期|签署日期|簽約日期|Signed date|Date signed|Signing date|Contract date|Contract signed date|Signed at|订立日期|合同签署日期|合同签约日期|Contract signing date|Agreement date"
            ),
            expected=True,
            required=True,
            examples=listed("2024-02-20|2024-02-20|2024-02-27"),
            note_zh="合同签订的日期。",
            note_en="The day the contract was signed.",
        ),
        Column(
            "contract_amount",
            Kind.MONEY,
            "合同金额(元)",
            "Contract amount",
            zh_hant="合同金額(元)",
            aliases=listed(
                "合同金额|合同金额(万元)|合同总金额|合同总额|合同额|签约金额|订单金额|合約金額|Contract value|Contract total|Total contract value|TCV|Order amount|Amount|Total amount|合同价款|合同总价|合同含税金额|签单金额|Agreement amount|Contract price|Total contract amount"
            ),
            unit="CNY",
            expected=True,
            required=True,
            examples=listed("118,000|118,000|60,000"),
            note_zh="整份合同的金额，单位元；各期填相同金额，只计一次。",
            note_en="The whole contract, in yuan; the same on each instalment, counted once.",
        ),
        Column(
            "due_on",
            Kind.DATE,
            "约定回款日期",
            "Due on",
            zh_hant="約定回款日期",
            aliases=listed(
                "约定回款时间|计划回款日期|计划回款时间|应收日期|应回款日期|应收款日期|到期日|到期日期|預計回款日期|预计回款日期|Due date|Payment due date|Planned collection date|Expected payment date|Instalment date|Installment date|约定付款日期|应收时间|回款计划日期|Instalment due date|Instalment due|Payment deadline|Planned payment date|Scheduled payment date"
            ),
            key=True,
            examples=listed("2024-03-01|2024-06-01|2024-03-15"),
            note_zh="合同约定的本期回款日期。",
            note_en="The day this instalment is due.",
        ),
        Column(
            "due_amount",
            Kind.MONEY,
            "约定回款金额(元)",
            "Due amount",
            zh_hant="約定回款金額(元)",
            aliases=listed(
                "约定回款金额|计划回款金额|计划回款金额(元)|应收金额|应收金额(元)|应收款|应回款金额|本期应收|预计回款金额|應收金額|Amount due|Payment due|Planned collection|Planned amount|Instalment amount|Installment amount|Receivable amount|约定付款金额|计划付款金额|本期应回款|Planned payment amount|Scheduled amount"
            ),
            unit="CNY",
            examples=listed("59,000|59,000|60,000"),
            note_zh="本期约定回款的金额，单位元。",
            note_en="What is due in this instalment, in yuan.",
        ),
        Column(
            "collected_on",
            Kind.DATE,
            "实际回款日期",
            "Collected on",
            zh_hant="實際回款日期",
            aliases=listed(
                "实际回款时间|回款日期|回款时间|到账日期|到账时间|收款日期|實際到賬日期|Collected date|Collection date|Date collected|Paid on|Paid date|Payment date|Received on|Receipt date|实际付款日期|回款到账日期|入账日期|Payment received date|Payment received on|Actual payment date|Cash received date"
            ),
            examples=listed("2024-03-02||"),
            note_zh="本期实际到账的日期；未到账请留空。",
            note_en="The day the money came; empty until it does.",
        ),
        Column(
            "collected_amount",
            Kind.MONEY,
            "实际回款金额(元)",
            "Collected amount",
            zh_hant="實際回款金額(元)",
            aliases=listed(
                "实际回款金额|回款金额|回款金额(元)|已回款金额|已回款|回款额|到账金额|收款金额|已收金额|回款金額|Collected|Amount collected|Paid amount|Amount paid|Paid|Payment amount|Received amount|Amount received|实际付款金额|入账金额|实收款|已收款|Payment received|Cash received|Cash collected|Actual payment amount"
            ),
            unit="CNY",
            examples=listed("59,000||"),
            note_zh="本期实际到账的金额，单位元。",
            note_en="What came in for this instalment, in yuan.",
        ),
        Column(
            "invoiced_amount",
            Kind.MONEY,
            "开票金额(元)",
            "Invoiced amount",
            zh_hant="開票金額(元)",
            aliases=listed(
                "开票金额|已开票金额|已开票|开票额|发票金额|發票金額|Invoiced|Invoice amount|Amount invoiced|Billed amount|Amount billed|开票总额|已开发票金额|Billing amount|Billed|Invoice value|Invoice total"
            ),
            unit="CNY",
            examples=listed("118,000||60,000"),
            note_zh="已开发票的金额，单位元。",
            note_en="What has been invoiced, in yuan.",
        ),
    ),
)
