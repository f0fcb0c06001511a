"""A page's panels as elements and words, which know which of their figures somebody has read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NAMES = re.compile(
    r"\d{4}-\d\d-\d\d(?!\d)|\b\d{4}-\d\d\b|\b\d{4}Q\d\b|\b\d{4}-W\d\d\b|\bW\d\d\b|\bQ[1-4]\b|\b\d\d-\d\d\b|\bin \d{4}\b(?!-)"
)
"""Days and buckets are names, no figures: 2026-11-08, 2026-11, W45, Q4, 11-08, in 2026."""
_ALONE = frozenset({"img", "br", "hr", "input", "meta", "path", "circle", "line", "rect", "polyline", "polygon"})
_TOLD = ("title", "aria-label", "alt")
"""Attributes that are read out or shown when pointed at."""


@dataclass(eq=False)
class Words:
    """Some text of an element (or of one of its attributes) and the figures in it nobody has read yet."""

    said: str
    where: str
    left: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        bare = _NAMES.sub(lambda name: " " * len(name[0]), self.said)
        self.left = [found.span() for found in _FIGURE.finditer(bare)]

    def read(self, start: int, end: int) -> None:
        """Mark the figures in a stretch as read."""
        self.left = [(a, b) for a, b in self.left if b <= start or a >= end]


@dataclass(eq=False)
class Node:
    """An element: ``held`` are its texts and elements in order, ``told`` its attributes' texts by name."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    held: list[Node | Words] = field(default_factory=list)
    told: dict[str, Words] = field(default_factory=dict)

    @property
    def classes(self) -> set[str]:
        """Its style names."""
        return set(self.given.get("class", "").split())

    def nodes(self) -> Iterator[Node]:
        """Every element below it, as the page has them."""
        for one in self.held:
            if isinstance(one, Node):
                yield one
                yield from one.nodes()

    def all(self, tag: str = "", *styles: str) -> list[Node]:
        """Return the elements below with a tag ("" = any) and these styles."""
        return [one for one in self.nodes() if (not tag or one.tag == tag) and set(styles) <= one.classes]

    def one(self, tag: str = "", *styles: str) -> Node:
        """Return the only such element; an assertion where there is none or several."""
        found = self.all(tag, *styles)
        assert len(found) == 1, (tag, styles, len(found))
        return found[0]

    def texts(self) -> Iterator[Words]:
        """Every text below it, attributes aside."""
        for one in self.held:
            if isinstance(one, Words):
                yield one
            else:
                yield from one.texts()

    def every(self) -> Iterator[Words]:
        """Every text, attributes' too."""
        yield from self.told.values()
        for one in self.held:
            if isinstance(one, Words):
                yield one
            else:
                yield from one.every()

    @property
    def said(self) -> str:
        """Its texts one after the other, a space between any two."""
        return " ".join(one.said for one in self.texts())

    def read(self, start: int, end: int) -> None:
        """Mark the figures of a stretch of ``said`` as read."""
        at = 0
        for one in self.texts():
            one.read(start - at, end - at)
            at += len(one.said) + 1

    def rows(self) -> list[list[Node]]:
        """Return the cells of every row below it."""
        return [[cell for cell in row.nodes() if cell.tag in ("td", "th")] for row in self.all("tr")]

    @property
    def opens(self) -> str:
        """What it opens, if it does."""
        return self.given.get("data-open", "")


class _Reader(HTMLParser):
    def __init__(self, into: Node) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [into]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        node = Node(tag, given)
        where = ">".join(f"{one.tag}.{'.'.join(sorted(one.classes))}" for one in [*self.path[-2:], node])
        node.told = {name: Words(given[name], f"{where}@{name}") for name in _TOLD if given.get(name)}
        self.path[-1].held.append(node)
        if tag not in _ALONE:
            self.path.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _ALONE:
            self.path.pop()

    def handle_endtag(self, tag: str) -> None:
        while len(self.path) > 1 and any(one.tag == tag for one in self.path[1:]):
            if self.path.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and self.path[-1].tag not in ("style", "script"):
            where = ">".join(f"{one.tag}.{'.'.join(sorted(one.classes))}" for one in self.path[-2:])
            self.path[-1].held.append(Words(data.strip(), where))


_KEYED = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$")


_UNBROKEN = re.compile(r'<span class="sa-whole">(.*?)</span>')
"""What keeps a date on one line is no text of its own."""


class Sheet:
    """The panels and cards of a page that AppTest has run, by their keys; what stands outside (bars, switches) is no figure of the page."""

    def __init__(self, app: Any) -> None:
        self.panels: dict[str, Node] = {}
        self._walk(app._tree, None)

    def panel(self, key: str) -> Node:
        """Return a panel; an assertion where the page has none of that name."""
        assert key in self.panels, (key, list(self.panels))
        return self.panels[key]

    def texts(self) -> Iterator[tuple[str, Words]]:
        """Every text of every panel, with the panel's key."""
        for key, panel in self.panels.items():
            for one in panel.every():
                yield key, one

    def _walk(self, block: Any, panel: Node | None) -> None:
        proto = getattr(block, "proto", None)
        keyed = _KEYED.match(str(getattr(proto, "id", "") or ""))
        if keyed and keyed[1].startswith(("panel-", "card-")):
            panel = self.panels.setdefault(keyed[1], Node("panel", {"class": keyed[1]}))
        if panel is not None and proto is not None:
            self._take(proto, str(getattr(block, "type", "")), panel)
        for child in getattr(block, "children", {}).values():
            self._walk(child, panel)

    @staticmethod
    def _take(proto: Any, kind: str, panel: Node) -> None:
        body = getattr(proto, "body", "") or getattr(getattr(proto, "html", None), "body", "")
        if isinstance(body, str) and body:
            _Reader(panel).feed(_UNBROKEN.sub(r"\1", body))
        if kind in ("page_link", "button", "download_button"):
            node = Node(kind, {"query": str(getattr(proto, "query_string", ""))}, [Words(proto.label, kind)])
            told = str(getattr(proto, "help", "") or "")
            node.told = {"help": Words(told, f"{kind}@help")} if told else {}
            panel.held.append(node)
