"""Chinese text sets figures off with a space (近 90 天), as every page, table, PDF and workbook does; only units of amounts (万, 亿) follow at once."""

import re

from salesanalytics.i18n import keys
from salesanalytics.i18n.catalogue import _catalogue

HAN = "[\u3400-\u9fff]"
COUNTED = r"\{(?:n|k|of|days|hours|count|whole|most|least|young|lost|still)\}"
TOUCHING = re.compile(rf"{HAN}(?:\d|{COUNTED})|(?:\d(?![万亿])|{COUNTED}){HAN}")


def test_no_figure_touches_a_han_character() -> None:
    messages = {key: _catalogue("zh")[key] for key in keys("zh")}
    touching = {
        key: message for key, message in messages.items() if isinstance(message, str) and TOUCHING.search(message)
    }
    assert touching == {}
    assert len(messages) > 1000
