"""Extended columns of leads, all optional: how promptly the customer was served, and how they came."""

from salesanalytics.tables.choices import ORIGINS
from salesanalytics.tables.column import Column, Kind, listed

SERVICE = (
    Column(
        "assigned_at",
        Kind.TIMESTAMP,
        "分配时间",
        "Assigned at",
        zh_hant="分配時間",
        aliases=listed(
            "分配日期|线索分配时间|线索分配日期|领取时间|领取日期|指派时间|派单时间|Assigned on|Assigned date|Assigned time|Assignment date|Owner assigned date|Date assigned|分配给销售时间|分配给业务时间|Allocated on|Date allocated"
        ),
        extended=True,
        examples=listed("2024-03-01 09:30|2024-03-02 10:00|2024-03-03 14:20|2024-01-08 09:10|2024-01-15 11:00"),
        note_zh="线索分给负责人的时间，如 2024-03-01 09:30。",
        note_en="When the lead was given to its owner, such as 2024-03-01 09:30.",
    ),
    Column(
        "first_followup_on",
        Kind.DATE,
        "首次跟进时间",
        "First follow-up",
        zh_hant="首次跟進時間",
        aliases=listed(
            "首次跟进日期|首次跟進日期|首次响应时间|首次回访时间|第一次跟进时间|First follow-up date|First follow-up time|First followup|First followed up|First response|First response date|First activity|First activity date|First outreach date|首跟时间|First touch|First call date"
        ),
        extended=True,
        examples=listed("2024-03-01|2024-03-02||2024-01-08|2024-01-16"),
        note_zh="第一次跟进的日期，用于计算响应时长。",
        note_en="The day of the first follow-up, for response time.",
    ),
    Column(
        "delivered_on",
        Kind.DATE,
        "交付日期",
        "Delivered on",
        zh_hant="交付日期",
        aliases=listed(
            "交付时间|交付時間|实际交付日期|上线日期|验收日期|发货日期|Delivery date|Delivered date|Date delivered|Delivered at|Go-live date|Shipped on|交付完成日期|Delivered|Actual delivery date|Actual delivery"
        ),
        extended=True,
        examples=listed("|||2024-03-10|"),
        note_zh="产品或服务交付的日期。",
        note_en="The day the goods or service were delivered.",
    ),
    Column(
        "proposal_due_on",
        Kind.DATE,
        "方案约定日期",
        "Proposal due",
        zh_hant="方案約定日期",
        aliases=listed(
            "方案约定时间|约定提交方案日期|方案截止日期|方案应提交日期|方案计划提交日期|报价截止日期|Proposal due date|Proposal due on|Proposal deadline|Quote due date|Proposal planned date|方案应交日期|约定方案日期|约定方案提交日期|方案约定提交日期|提案截止日期|Proposal due by|Proposal target date"
        ),
        extended=True,
        examples=listed("2024-03-08|||2024-01-25|"),
        note_zh="与客户约定提交方案的日期。",
        note_en="When the proposal was promised.",
    ),
    Column(
        "proposal_submitted_on",
        Kind.DATE,
        "方案提交日期",
        "Proposal submitted",
        zh_hant="方案提交日期",
        aliases=listed(
            "方案提交时间|方案提交時間|方案实际提交日期|提交方案日期|报价日期|报价时间|Proposal submitted on|Proposal submitted date|Proposal date|Proposal sent|Proposal sent date|Quote date|Quote sent date|提案提交日期|实际提交方案日期|方案发送日期|提案日期|Proposal delivered|Date proposal sent"
        ),
        extended=True,
        examples=listed("2024-03-07|||2024-01-24|"),
        note_zh="实际提交方案的日期，不晚于约定日期即为按时。",
        note_en="When it was handed in; on or before the due day counts as on time.",
    ),
    Column(
        "origin_kind",
        Kind.TEXT,
        "是否复购/转介绍",
        "Origin",
        zh_hant="是否復購/轉介紹",
        aliases=listed(
            "复购/转介绍|客户性质|成交类型|业务类型|客户来源类型|新老客户|新客/复购|新客/复购/转介绍|Origin kind|Opportunity type|Deal type|Business type|New or repeat|New or existing|New/repurchase/referral|Repeat or referral|New or returning"
        ),
        choices=ORIGINS,
        extended=True,
        examples=listed("新客|转介绍|新客|复购|新客"),
        examples_en=listed("New|Referral|New|Repurchase|New"),
        note_zh="新客、复购或转介绍，从下拉列表中选择。",
        note_en="New, repurchase or referral, chosen from the list.",
    ),
)
