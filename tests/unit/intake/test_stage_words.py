"""What an unknown stage is proposed to mean: never a guess, never won or lost by mere likeness."""

from __future__ import annotations

import pytest

from salesanalytics.stage_changes import add
from salesanalytics.stages import DEFAULT_STAGES, Stage

MEANT = {
    "prospect": (
        "Qualification",
        "Qualified To Buy",
        "Working - Contacted",
        "初步接触",
        "跟进中",
        "深入沟通",
        "Prospct",
    ),
    "opportunity": ("Needs Analysis", "Value Proposition", "Id. Decision Makers", "需求确定", "洽谈中", "Opportunty"),
    "quote": (
        "Proposal/Price Quote",
        "Negotiation/Review",
        "Contract Sent",
        "谈判审核",
        "待签约",
        "即将成交",
        "商务谈判",
    ),
    "lead": ("Lead In", "Open - Not Contacted", "未联系", "待分配"),
    "won": ("Opportunity Won", "赢单关闭", "已成交客户", "合同签订", "已签"),
    "lost": ("CLOSED LOST TO COMPETITION", "无效线索", "客户流失"),
}


@pytest.mark.parametrize(("stage", "spelling"), [(stage, each) for stage, all_ in MEANT.items() for each in all_])
def test_customary_words_are_proposed(stage: str, spelling: str) -> None:
    near = DEFAULT_STAGES.nearest(spelling)
    assert near is not None
    assert near[0] == stage
    assert DEFAULT_STAGES.resolve(spelling) is None  # proposed, never taken


@pytest.mark.parametrize(
    "spelling", ["再议", "等消息", "Close", "On Hold", "Archived", "CONVERTED", "阶段3", "xyz", "报废"]
)
def test_what_would_be_a_guess_is_not_proposed(spelling: str) -> None:
    assert DEFAULT_STAGES.nearest(spelling) is None


def test_an_added_stage_is_proposed_by_its_name() -> None:
    stages = add(DEFAULT_STAGES, Stage("pilot", "试点客户", "Pilot customer"), "opportunity")
    near = stages.nearest("试点客户（二期）")
    assert near is not None
    assert near[0] == "pilot"
