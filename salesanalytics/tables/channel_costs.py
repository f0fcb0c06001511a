"""channel_costs 渠道费用表: what each lead source cost in a period."""

from salesanalytics.tables.column import Column, Kind, Table, listed

CHANNEL_COSTS = Table(
    name="channel_costs",
    zh="渠道费用表",
    en="Channel costs",
    zh_hant="渠道費用表",
    sheet_aliases=listed(
        "渠道费用|渠道成本|渠道投入|市场费用|推广费用|投放费用|渠道費用|获客成本|Channel cost|Marketing costs|Marketing spend|Ad spend|Spend|Acquisition costs"
    ),
    key=("source", "period"),
    companion=True,
    columns=(
        Column(
            "source",
            Kind.TEXT,
            "线索来源",
            "Lead source",
            zh_hant="線索來源",
            aliases=listed(
                "来源|來源|客户来源|来源渠道|渠道|渠道名称|获客渠道|推广渠道|投放渠道|Source|Channel|Channel name|Marketing channel|Campaign|Original source|媒体渠道|推广平台|投放平台|广告渠道|Media channel|Ad channel|Lead channel|Campaign source|Acquisition channel"
            ),
            expected=True,
            key=True,
            required=True,
            examples=listed("官网表单|展会转介绍|代理商"),
            examples_en=listed("Website form|Trade-show referral|Reseller"),
            note_zh="与销售数据基础录入表中的线索来源写法一致。",
            note_en="Spelled as in the leads table.",
        ),
        Column(
            "period",
            Kind.PERIOD,
            "周期",
            "Period",
            zh_hant="週期",
            aliases=listed(
                "统计周期|統計週期|週期|期间|期間|统计期间|报告期|月份|月度|季度|年度|时间|日期|Reporting period|Time period|Month|Quarter|Year|Date|Week|费用周期|投放周期|Cost period|费用月份|所属月份|投放月份|年月|统计月份"
            ),
            expected=True,
            key=True,
            required=True,
            examples=listed("2024-03|2024-03|2024-03"),
            note_zh="费用所属周期：2026-07、2026Q3、2026 或 2026-W45。",
            note_en="The period the cost belongs to: 2026-07, 2026Q3, 2026 or 2026-W45.",
        ),
        Column(
            "cost",
            Kind.MONEY,
            "费用(元)",
            "Cost",
            zh_hant="費用(元)",
            aliases=listed(
                "费用|费用(万元)|成本|成本(元)|投入|投入金额|花费|渠道费用|渠道成本|推广费用|费用金额|支出|費用|Costs|Spend|Amount|Amount spent|Expense|Expenses|Channel cost|Marketing spend|Total cost|消耗|广告费用|广告费|广告花费|投放金额|投放成本|推广成本|总费用|总成本|支出金额|Marketing cost|Ad cost|Advertising cost|Campaign cost|Total spend|Media spend|Marketing expense|Ad spend|Advertising spend"
            ),
            unit="CNY",
            expected=True,
            required=True,
            examples=listed("12,000|35,000|8,000"),
            note_zh="该渠道在周期内的费用，单位元。",
            note_en="What the channel cost in the period, in yuan.",
        ),
    ),
)
