"""followups 客户跟进记录表: one row a contact with a customer."""

from salesanalytics.tables.column import Column, Kind, Table

FOLLOWUPS = Table(
    name="followups",
    zh="客户跟进记录表",
    en="Follow-ups",
    zh_hant="客戶跟進記錄表",
    key=("followup_id",),
    columns=(
        Column("followup_id", Kind.ID, "跟进记录ID", "Follow-up ID", expected=True, key=True, required=True),
        Column("customer_id", Kind.ID, "客户编号", "Customer ID", expected=True, required=True),
        Column("followed_up_at", Kind.TIMESTAMP, "跟进时间", "Followed up at", expected=True, required=True),
        Column("method", Kind.TEXT, "跟进方式", "Method", expected=True),
        Column("followed_up_by", Kind.TEXT, "跟进人", "Followed up by", expected=True),
        Column("summary", Kind.TEXT, "跟进内容摘要", "Summary"),
        Column("feedback", Kind.TEXT, "客户反馈", "Feedback"),
        Column("next_step", Kind.TEXT, "下一步计划", "Next step"),
        Column("effective", Kind.BOOLEAN, "是否有效跟进", "Effective"),
        Column("stage_after", Kind.STAGE, "跟进后阶段", "Stage after", extended=True),
        Column("recorded_at", Kind.TIMESTAMP, "录入时间", "Recorded at", extended=True),
        Column("next_followup_on", Kind.DATE, "下次跟进日期", "Next follow-up", extended=True),
    ),
)
