"""The stage model: the ordered stages a customer passes, their names, and the spellings that mean them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from salesanalytics.i18n import Lang
from salesanalytics.stage_words import contained_name, usual_meaning

WON = "won"
LOST = "lost"
CUSTOMARY = ("lead", "prospect", "opportunity", "quote", WON, LOST)
LIKE = 65  # how alike two spellings are, 0-100, to be proposed where no word of it says anything


def normal_spelling(value: str) -> str:
    """Fold width, case, spaces and the signs people put around a stage name, so that spellings compare."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return "".join(ch for ch in folded if ch.isalnum())


@dataclass(frozen=True)
class Stage:
    """One stage: ``id`` in data and settings, names for people, aliases seen in files.

    ``default_probability`` is the chance of winning (0-1) used where too few deals have been observed.
    """

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    default_probability: float = 0.0

    def name(self, lang: Lang) -> str:
        """Return the stage's name in ``lang``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class StageModel:
    """The forward stages in order (the last one is won), and lost, which ends any of them.

    ``moved``: (id of a removed stage, id its customers count in since). Rows keep the removed id, so that undoing brings them back.
    """

    forward: tuple[Stage, ...]
    lost: Stage
    moved: tuple[tuple[str, str], ...] = ()

    @property
    def all(self) -> tuple[Stage, ...]:
        """Every stage, lost last."""
        return (*self.forward, self.lost)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of every stage, in order, lost last."""
        return tuple(stage.id for stage in self.all)

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Ids of the stages a deal can still be won from."""
        return tuple(stage.id for stage in self.forward if stage.id != WON)

    def order(self, stage_id: str) -> int | None:
        """Return the 1-based place of a forward stage; lost has none."""
        for place, stage in enumerate(self.forward, start=1):
            if stage.id == stage_id:
                return place
        return None

    def get(self, stage_id: str) -> Stage:
        """Return the stage with this id; ``KeyError`` if there is none."""
        return self._by_id[stage_id]

    def resolve(self, spelling: str) -> str | None:
        """Return the stage id this exact spelling (id, name or alias; width and case folded) stands for, else None."""
        return self._by_spelling.get(normal_spelling(spelling))

    def nearest(self, spelling: str) -> tuple[str, float] | None:
        """Return the stage id ``spelling`` most probably means, with a confidence 0-1, or None where that would be a guess.

        A slip of the pen counts first (in Latin letters: one Chinese character changes the meaning), then the name of an added stage within it, then what such words customarily mean in CRMs.
        """
        from rapidfuzz import fuzz, process  # only an import of files compares spellings
        from rapidfuzz.distance import Levenshtein

        normal = normal_spelling(spelling)
        added = {name: stage for name, stage in self._by_spelling.items() if stage not in CUSTOMARY}
        # Short Latin names ("win", "lose") are one letter off from too many other words.
        compared = [name for name in self._by_spelling if len(name) > 4 or not name.isascii()]
        near = process.extractOne(normal, compared, scorer=fuzz.ratio)
        slips = 1 + len(normal) // 8
        if near is not None and normal.isascii() and Levenshtein.distance(normal, near[0]) <= slips:
            return self._by_spelling[near[0]], near[1] / 100
        meant = contained_name(normal, added) or usual_meaning(spelling, self.ids)
        if meant is not None:
            return meant, 0.6
        if near is not None and near[1] >= LIKE and self._by_spelling[near[0]] not in (WON, LOST):
            return self._by_spelling[near[0]], near[1] / 100
        return None

    @cached_property
    def _by_id(self) -> dict[str, Stage]:
        return {stage.id: stage for stage in self.all}

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        return {
            normal_spelling(spelling): stage.id
            for stage in self.all
            for spelling in (stage.id, stage.zh, stage.en, *stage.aliases)
        }


DEFAULT_STAGES = StageModel(
    forward=(
        Stage("lead", "线索", "Lead", ("线索获取", "線索", "新线索", "潜在线索", "leads", "new lead", "new"), 0.05),
        Stage(
            "prospect",
            "意向",
            "Prospect",
            ("意向筛选", "意向客户", "有意向", "意向確認", "prospecting", "prospects", "qualified", "mql"),
            0.15,
        ),
        Stage(
            "opportunity",
            "商机",
            "Opportunity",
            ("商机转化", "商機", "商机确认", "opportunities", "engaging", "sql"),
            0.35,
        ),
        Stage("quote", "报价", "Quote", ("方案报价", "報價", "报价中", "quotation", "proposal", "quoted"), 0.60),
        Stage(
            "won",
            "成交",
            "Won",
            ("成交签约", "赢单", "贏單", "已签约", "已成交", "签约", "closed won", "win", "deal"),
            1.0,
        ),
    ),
    lost=Stage("lost", "流失", "Lost", ("输单", "輸單", "已流失", "丢单", "战败", "closed lost", "lose", "loss"), 0.0),
)
