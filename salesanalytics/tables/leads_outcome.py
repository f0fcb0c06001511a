"""Extended columns of leads, all optional: how and when the deal ends."""

from salesanalytics.tables.column import Column, Kind, listed

OUTCOME = (
    Column(
        "expected_close_on",
        Kind.DATE,
        "预计成交日期",
        "Expected close",
        zh_hant="預計成交日期",
        aliases=listed(
            "预计成交时间|预计结单日期|预计签约日期|预计签单日期|预计签约时间|预估成交日期|预计关闭日期|预计赢单日期|預計結案日期|Expected close date|Expected close on|Expected closing date|Estimated close date|Forecast close date|Target close date|预计成交日|预计结案日|预计成单日期|预计下单日期|计划成交日期|Expected closing|Planned close date|Target closing date"
        ),
        extended=True,
        examples=listed("2024-04-30|2024-05-15||2024-02-28|2024-03-31"),
        note_zh="预计成交的日期；过了这天仍未成交会提醒。",
        note_en="When the deal should close; open deals past it are flagged.",
    ),
    Column(
        "actual_amount",
        Kind.MONEY,
        "实际成交金额(元)",
        "Actual amount",
        zh_hant="實際成交金額(元)",
        aliases=listed(
            "实际成交金额|成交金额|成交金额(元)|成交金額|成交额|实际金额|赢单金额|签约金额|销售额|Actual value|Actual deal amount|Actual revenue|Won amount|Won value|Close value|Closed amount|Closed won amount|Closed amount in home currency|实际签约金额|实际签单金额|签单金额|成单金额|中标金额|Final deal amount|Actual sales amount|Final amount"
        ),
        unit="CNY",
        extended=True,
        examples=listed("|||118,000|"),
        note_zh="成交后的实际金额，单位元。",
        note_en="What the deal was won for, in yuan.",
    ),
    Column(
        "won_on",
        Kind.DATE,
        "成交日期",
        "Won on",
        zh_hant="成交日期",
        aliases=listed(
            "成交时间|成交時間|赢单时间|赢单日期|贏單日期|签约日期|签约时间|签单日期|实际成交日期|实际成交时间|Won date|Won time|Win date|Date won|Closed won date|Deal won date|Conversion date|成交日|成单日期|中标日期|Date of win"
        ),
        extended=True,
        examples=listed("|||2024-02-20|"),
        note_zh="成交的日期，只填成交客户。",
        note_en="The day it was won; won customers only.",
    ),
    Column(
        "lost_on",
        Kind.DATE,
        "流失日期",
        "Lost on",
        zh_hant="流失日期",
        aliases=listed(
            "流失时间|流失時間|输单时间|输单日期|輸單日期|丢单日期|丢单时间|战败日期|战败时间|Lost date|Lost time|Loss date|Date lost|Closed lost date|Deal lost date"
        ),
        extended=True,
        examples=listed("||||2024-02-26"),
        note_zh="流失的日期，只填流失客户。",
        note_en="The day it was lost; lost customers only.",
    ),
    Column(
        "lost_reason",
        Kind.TEXT,
        "流失原因",
        "Lost reason",
        zh_hant="流失原因",
        aliases=listed(
            "输单原因|輸單原因|丢单原因|战败原因|未成交原因|关闭原因|失败原因|Loss reason|Reason lost|Reason for loss|Closed lost reason|Lost reason detail|Close reason|失单原因|未成单原因|流失理由|失败理由|Why lost"
        ),
        extended=True,
        examples=listed("||||预算不足"),
        examples_en=listed("||||No budget"),
        note_zh="为什么流失，如预算不足、竞品对手。",
        note_en="Why it was lost, such as no budget or a competitor.",
    ),
    Column(
        "lost_from_stage",
        Kind.STAGE,
        "流失前阶段",
        "Lost from stage",
        zh_hant="流失前階段",
        aliases=listed(
            "流失阶段|流失階段|输单阶段|輸單階段|丢单阶段|战败阶段|输单前阶段|Lost at stage|Lost stage|Stage lost|Stage before lost|Last stage|Previous stage|Stage prior to close|流失前所处阶段|流失时阶段|流失时所处阶段|失败阶段|Stage when lost|Lost in stage|Stage at loss|Stage lost from"
        ),
        extended=True,
        examples=listed("||||意向"),
        examples_en=listed("||||Prospect"),
        note_zh="流失之前所处的阶段，用于准确计算各阶段流失。",
        note_en="The stage it was lost from, for true loss by stage.",
    ),
    Column(
        "competitor",
        Kind.TEXT,
        "竞品",
        "Competitor",
        zh_hant="競品",
        aliases=listed(
            "竞争对手|競爭對手|竞品名称|竞争产品|主要竞争对手|竞争厂商|Competitors|Main competitor|Main competitors|Primary competitor|Competitor name|Lost to|竞争者|竞争品牌|友商|Competing vendor"
        ),
        extended=True,
        examples=listed("|品牌甲|||品牌乙"),
        examples_en=listed("|Brand A|||Brand B"),
        note_zh="主要竞争对手或竞品。",
        note_en="The main competitor.",
    ),
    Column(
        "closed_on",
        Kind.DATE,
        "关闭日期",
        "Closed on",
        zh_hant="關閉日期",
        aliases=listed(
            "关闭时间|關閉時間|结单日期|结单时间|结束日期|完结日期|結案日期|商机关闭日期|Close date|Closed date|Closing date|Date closed|Closed at|Deal close date|Deal closed on|实际关闭日期|实际结单日期|实际结案日|实际结案日期|关单日期|Actual close date|Actual closing date"
        ),
        extended=True,
        examples=listed("||||"),
        note_zh="结单日期：成交填入成交日期，流失填入流失日期，跟进中的填入预计成交日期。已有这些列时可不填。",
        note_en="The day it closed, or of an open deal is expected to: counts as won, lost or expected close by the stage. Not needed beside those.",
    ),
)
