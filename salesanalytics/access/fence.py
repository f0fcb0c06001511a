"""Which relations a query names, as the engine's own parser reads it, and the refusal of all that would go round the scope."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from salesanalytics.access.relations import NARROWED

_TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})


class OutsideScopeError(Exception):
    """A query names something that the scope does not cover: a mistake in our code, never the user's."""


def _check_table(node: dict[str, object], own: set[str]) -> str | None:
    name = str(node["table_name"]).lower()
    if node["schema_name"] or node["catalog_name"]:
        raise OutsideScopeError(f"a relation is named by its schema: {node['schema_name']}.{name}")
    if name in own:
        return None
    if name not in NARROWED:
        raise OutsideScopeError(f"not a relation of a state: {name}")
    return name


_NAMED: dict[str, frozenset[str]] = {}
_REMEMBERED = 1024


def relations_named(sql: str, syntax_tree: Callable[[str], str]) -> frozenset[str]:
    """Return the state relations ``sql`` reads; ``syntax_tree`` parses it (``json_serialize_sql``) unless it has been seen before.

    Raises ``OutsideScopeError`` for anything but one SELECT over bare relation names and harmless table functions.
    """
    named = _NAMED.get(sql)
    if named is None:
        named = _read(syntax_tree(sql))
        if len(_NAMED) >= _REMEMBERED:
            _NAMED.clear()
        _NAMED[sql] = named
    return named


def _read(told: str) -> frozenset[str]:
    nodes: list[dict[str, Any]] = []

    def noted(node: dict[str, Any]) -> dict[str, Any]:
        nodes.append(node)
        return node

    # every object is noted as it is read: to walk the tree again took most of the time of asking sixty metrics at once
    tree = json.loads(told, object_hook=noted)
    if tree.get("error"):
        raise OutsideScopeError(f"not a single readable SELECT: {tree.get('error_message')}")
    if len(tree["statements"]) != 1:
        raise OutsideScopeError("more than one statement")
    own = {str(entry["key"]).lower() for node in nodes if isinstance(node.get("map"), list) for entry in _entries(node)}
    if own & set(NARROWED):
        raise OutsideScopeError(f"a query may not redefine a relation: {sorted(own & set(NARROWED))}")
    named = set()
    for node in nodes:
        if node.get("type") == "BASE_TABLE" and (name := _check_table(node, own)):
            named.add(name)
        if node.get("type") == "TABLE_FUNCTION":
            _check_function(node)
    return frozenset(named)


def _entries(node: dict[str, object]) -> Iterator[dict[str, object]]:
    entries = node["map"]
    if isinstance(entries, list):
        yield from (entry for entry in entries if isinstance(entry, dict) and "key" in entry)


def _check_function(node: dict[str, object]) -> None:
    function = node.get("function")
    name = str(function.get("function_name", "")).lower() if isinstance(function, dict) else ""
    if name not in _TABLE_FUNCTIONS:
        raise OutsideScopeError(f"a table function that could read around the scope: {name}")
