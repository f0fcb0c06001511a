"""The message catalogues: one TOML file an area and language, looked up as ``area.key``.

``zh_CN/<area>.toml`` and ``en/<area>.toml`` hold the same keys (a test holds this). A value is a sentence with
``{name}`` blanks, or a table ``{one = …, other = …}`` from which the parameter ``n`` chooses.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, cast

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

_FOLDERS: dict[Lang, str] = {"zh": "zh_CN", "en": "en"}
_HERE = Path(__file__).parent


def _flatten(prefix: str, node: dict[str, object]) -> dict[str, str | dict[str, str]]:
    flat: dict[str, str | dict[str, str]] = {}
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict) and set(value) == {"one", "other"}:
            flat[name] = cast("dict[str, str]", value)
        elif isinstance(value, dict):
            flat.update(_flatten(name, cast("dict[str, object]", value)))
        else:
            flat[name] = str(value)
    return flat


@cache
def _catalogue(lang: Lang) -> dict[str, str | dict[str, str]]:
    messages: dict[str, str | dict[str, str]] = {}
    for path in sorted((_HERE / _FOLDERS[lang]).glob("*.toml")):
        messages.update(_flatten(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
    return messages


def keys(lang: Lang) -> frozenset[str]:
    """Return every message key of ``lang``."""
    return frozenset(_catalogue(lang))


def has_text(key: str, lang: Lang) -> bool:
    """Say whether ``lang`` has a message ``key``."""
    return key in _catalogue(lang)


def text(key: str, lang: Lang, /, **params: object) -> str:
    """Return message ``key`` in ``lang`` with its blanks filled from ``params``.

    ``n`` is always a count: it chooses the form of a plural message and is written with thousands commas. A missing key raises
    ``KeyError``: a test finds it before a user does.
    """
    message = _catalogue(lang)[key]
    if isinstance(message, dict):
        message = message["one" if params.get("n") == 1 else "other"]
    if isinstance(params.get("n"), int):
        params["n"] = f"{params['n']:,}"
    return message.format(**params) if params else message
