"""Reading a page's figures one by one: each is compared with the oracle, and what a declared metric says with the CLI too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.counts import counted
from tests.oracle.book import Book
from tests.oracle.compare import same
from tests.oracle.measures import of_nothing
from tests.oracle.pages import Cli, told
from tests.oracle.questions import Answer, Dims, Question
from tests.oracle.rendered import says
from tests.oracle.shown.sheet import Node, Sheet, Words

Value = float | int | None
NUMBER = r"[+−-]?¥?[\d,]+(?:\.\d+)?[KMB]?(?: ?(?:%|pts|d\b|×))?"
"""A figure as the pages write it in English."""
SENTENCE = 15
"""Words that long, once read, need not be read again where they stand once more (a panel's title names its table, too)."""


@dataclass
class Reading:
    """A page being read. ``seen`` counts figures by kind, ``wrong`` names those that differ, ``repeated`` holds words that may stand elsewhere once more."""

    page: str
    company: str
    sheet: Sheet
    book: Book
    cli: Cli
    imports: Sequence[date] = ()
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)
    spoken: dict[tuple[str, Question], dict[Dims, Any]] = field(default_factory=dict)
    asked: set[tuple[str, Question, Dims]] = field(default_factory=set)

    def told(self, name: str, question: Question | None = None, dims: Dims = ()) -> Answer:
        """Return the oracle's value and n of a metric's group, having heard the same from the CLI."""
        question = question or Question()
        mine = told(name, self.book, question, dims)
        if (name, question, dims) not in self.asked:
            self.asked.add((name, question, dims))
            if (name, question) not in self.spoken:
                self.ask((name,), question)
            row = self.spoken[name, question].get(dims)
            said = (row[name], row["n"][name]) if row else (of_nothing(name), 0)
            if not same(said[0], mine[0]) or said[1] != mine[1]:
                self.wrong.append(f"{name} {dims} in {question}: CLI {said}, oracle {mine}")
        return mine

    def value(self, name: str, question: Question | None = None, dims: Dims = ()) -> float | None:
        """Return the value alone."""
        return self.told(name, question, dims)[0]

    def ask(self, names: Sequence[str], question: Question) -> None:
        """Ask the CLI for several metrics at once, so that it opens the workspace but once."""
        words: list[str] = ["metrics", *names]
        words += ["--by", *question.by] if question.by else []
        words += ["--from", question.start.isoformat()] if question.start else []
        words += ["--to", question.end.isoformat()] if question.end else []
        for dimension, values in question.where:
            words += [word for value in values for word in ("--where", f"{dimension}={value}")]
        rows = {tuple(row[cut] for cut in question.by): row for row in self.cli(*words)["rows"]}
        self.spoken |= dict.fromkeys(((name, question) for name in names), rows)

    def hear(self, name: str, words: Sequence[str], mine: float | None) -> None:
        """Hold the CLI's value of a metric, asked with some words, against the oracle's."""
        said = self.cli("metrics", name, *words)["rows"][0][name]
        self.asked.add((name, Question(), tuple(words)))
        if not same(said, mine):
            self.wrong.append(f"{name} {words}: CLI {said}, oracle {mine}")

    def one(self, kind: str, what: object, node: Node | Words, value: Value, unit: str = "", form: str = "") -> None:
        """Compare the one figure of some words: all of them, or the group of ``form``. A value that is none must be written as none."""
        self.all(kind, what, node, form or r"^\W*?(" + NUMBER + r"|—)$", [value], unit)

    def all(
        self, kind: str, what: object, node: Node | Words, form: str, values: Sequence[Value], unit: str = ""
    ) -> None:
        """Compare the figures that the groups of ``form`` find, in their order."""
        found = re.search(form, node.said)
        if not found:
            self.wrong.append(f"{kind} {what}: {node.said!r} is not {form!r}, oracle {list(values)}")
            return
        assert len(found.groups()) == len(values), (form, values)
        for place, value in enumerate(values, start=1):
            if found[place] is None:
                continue
            self.seen[kind] += 1
            # a group that only matched digits is what it says without a unit
            if not says(found[place].lstrip("▲▼✓✕ ").replace("−", "-"), value, unit):
                self.wrong.append(f"{kind} {what}: page {found[place]!r} in {node.said!r}, oracle {value}")
            node.read(*found.span(place))
        self.repeated.add(node.said)

    def sentence(self, kind: str, node: Node, *told: tuple[str, Sequence[Value]]) -> None:
        """Compare a sentence by the first form that fits it. One that fits none keeps its figures, which are then found unread."""
        for form, values in told:
            if re.search(form, node.said):
                self.all(kind, form, node, form, values)
                return

    def unread(self, passed: dict[str, str]) -> list[str]:
        """Return the words with a figure that was neither read, nor said elsewhere in the same words, nor is named in ``passed`` (a form → why)."""
        self._pass_over(passed)
        # what is said of an element (on hover, to screen readers) may repeat a figure alone; a text only a whole sentence
        sentences = sorted((words for words in self.repeated if len(words) >= SENTENCE), key=len, reverse=True)
        told = sorted((words for words in self.repeated if re.search(r"[^\W\d]", words)), key=len, reverse=True)
        found = []
        for key, one in self.sheet.texts():
            if not one.left:
                continue
            of_element = "@" in one.where
            rest = "" if of_element and one.said in self.repeated else one.said
            for words in told if of_element else sentences:
                rest = rest.replace(words, "")
            if Words(rest, "").left:
                found.append(f"{key} {one.where}: {one.said!r}, at {[one.said[a:b] for a, b in one.left]}")
            else:
                self.seen["repeated"] += len(one.left)
        return found

    def _names(self) -> list[str]:
        """What people have called things with a figure in it: a product "GTK 500", a customer without a name by the id."""
        cuts = ("source", "industry", "region", "owner", "team", "customer_name", "customer_id")
        known = {str(row[cut]) for row in self.book.all() for cut in cuts if row[cut]}
        return sorted(
            (name for name in known if re.search(r"\d", name) and re.search(r"[^\W\d]", name)), key=len, reverse=True
        )

    def _pass_over(self, passed: dict[str, str]) -> None:
        names = self._names()
        for key, one in self.sheet.texts():
            for name in names if one.left else ():
                for place in re.finditer(re.escape(name), one.said):
                    one.read(*place.span())
            for form in passed:
                for place in re.finditer(form, f"{key} {one.where} | {one.said}"):
                    at = len(f"{key} {one.where} | ")
                    before = len(one.left)
                    one.read(place.start() - at, place.end() - at)
                    self.seen["passed over"] += before - len(one.left)

    def done(self, passed: dict[str, str], **at_least: int) -> None:
        """Fail for every difference, every unread figure, and every kind of which fewer than so many were read; say what was read."""
        left = self.unread(passed)
        assert self.wrong == [], "\n".join(self.wrong)
        assert left == [], "\n".join(left)
        for kind, number in at_least.items():
            assert self.seen[kind] >= number, (kind, self.seen)
        aside = {name: self.seen.pop(name, 0) for name in ("repeated", "passed over")}
        where = f"{self.page}, {self.company}"
        counted(f"figures read from the markup of {where}", self.seen.total())
        counted(f"figures on {where} that repeat one read", aside["repeated"])
        counted(f"figures on {where} passed over by name", aside["passed over"])
        counted(f"answers of the CLI compared for {where}", len(self.asked))
