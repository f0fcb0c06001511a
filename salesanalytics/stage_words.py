"""What people usually mean by a stage name the workspace does not know: only ever proposed, never taken unasked.

The words are those of the pipelines Salesforce, HubSpot, Zoho, Pipedrive, Dynamics, 纷享销客, 销售易 and EC ship with. Fuzzy likeness alone is no
ground: "Qualification" shares letters with nothing here but resembles "won" as much as anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_NOT_YET = re.compile(
    r"(?:待|未|即将|将要|预计|准备|可能|拟|等待)\s*(?:签|成交|赢|中标|付款|下单)|commit|best case|verbal|contract sent|pending"
)
_MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(words))
    for stage, words in (
        (
            "lost",
            r"\b(?:lost|lose|dead|abandon\w*|disqualif\w*|unqualified|not qualified|reject\w*|cancel\w*|declin\w*|churn\w*|junk|no decision|omitted)\b"
            r"|输|流失|丢|战败|失败|无效|放弃|终止|取消|关闭.{0,3}失|作废|輸|失敗|終止|無效",
        ),
        ("quote", _NOT_YET.pattern),
        (
            "lead",
            r"\b(?:new|open|raw|unassigned|not (?:yet )?contacted|uncontacted|unqualified lead|inquiry|enquiry|suspect|cold)\b"
            r"|未联系|未接触|未跟进|未处理|待分配|待联系|待跟进|待处理|新增|新建|初始|潜在|公海|咨询|未聯繫|諮詢",
        ),
        (
            "won",
            r"\b(?:won|win|signed|closed deal|deal closed|purchased|ordered|customer)\b|赢|贏|成交|签约|已签|签单|签订|中标|下单|付款|成单|簽約|得标",
        ),
        (
            "quote",
            r"\b(?:propos(?:al|als|e|ed|ing)|quot\w*|pric\w*|negotiat\w*|contract\w*|bid\w*|tender\w*|bought[- ]in|legal|procurement|closing)\b"
            r"|报价|方案|谈判|商务|合同|投标|招标|议价|决策|审批|報價|談判|合約|提案",
        ),
        (
            "opportunity",
            r"\b(?:needs?|value proposition|decision makers|perception|discover\w*|demo\w*|presentation|present\w*|evaluat\w*|solution|"
            r"develop\w*|engag\w*|poc|pilot|trial|opportunit\w*|requirement\w*|deal)\b|商机|洽谈|商谈|需求|演示|试用|立项|评估|推进|商機|需求|試用",
        ),
        (
            "prospect",
            r"\b(?:qualif\w*|contact\w*|interest\w*|nurtur\w*|connect\w*|working|attempt\w*|appointment|meeting|prospect\w*|warm|follow\w*)\b"
            r"|意向|有意|初步|接触|沟通|跟进|已联系|有效|培育|拜访|跟進|聯繫|溝通",
        ),
        ("lead", r"\bleads?\b|线索|線索"),
    )
)


def usual_meaning(spelling: str, known: Iterable[str]) -> str | None:
    """Return the id among ``known`` of the stage ``spelling`` customarily means, or None."""
    ids = set(known)
    words = re.sub(r"[\s_./\\|>-]+", " ", spelling.casefold()).strip()
    return next((stage for stage, pattern in _MEANINGS if stage in ids and pattern.search(words)), None)


def contained_name(spelling: str, names: Mapping[str, str]) -> str | None:
    """Return the stage whose name (normal spelling → id) the normal ``spelling`` contains: the longest, and none that is a syllable only."""
    held = [name for name in names if name in spelling and (len(name) >= 4 or not name.isascii()) and len(name) >= 2]
    return names[max(held, key=len)] if held else None
