"""A map file is read strictly: whatever is wrong with it is one sentence in both languages."""

import json

import pytest

from salesanalytics.errors import UserError
from salesanalytics.i18n import LANGS
from salesanalytics.intake.mapping import parse_maps


def test_one_object_or_a_list():
    one = {
        "table": "leads",
        "columns": {"Deal ": "customer_id", "x": None},
        "values": {"stage": {"Engaging": "opportunity"}},
        "date_order": {"first_contact_on": "dmy"},
    }
    (parsed,) = parse_maps(json.dumps(one))
    assert parsed.columns == {"Deal": "customer_id", "x": None}
    assert parsed.values == {"stage": {"Engaging": "opportunity"}}
    assert parsed.date_order == {"first_contact_on": "dmy"}
    assert [each.table for each in parse_maps(json.dumps([one, {"table": "funnel", "sheet": "F*"}]))] == [
        "leads",
        "funnel",
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("{", "map-not-json"),
        ("[1]", "map-not-object"),
        ('{"table": "deals"}', "map-unknown-table"),
        ("{}", "map-unknown-table"),
        ('{"table": "leads", "colums": {}}', "map-unknown-key"),
        ('{"table": "leads", "columns": {"a": "customer"}}', "map-unknown-column"),
        ('{"table": "leads", "columns": {"a": ["stage"]}}', "map-unknown-column"),
        ('{"table": "leads", "columns": {"a": "stage", "b": "stage"}}', "map-column-twice"),
        ('{"table": "leads", "columns": []}', "map-bad-part"),
        ('{"table": "leads", "columns": [1]}', "map-bad-part"),
        ('{"table": "leads", "values": {"stage": "won"}}', "map-bad-part"),
        ('{"table": "leads", "values": {"phase": {}}}', "map-unknown-column"),
        ('{"table": "leads", "date_order": {"won_on": "us"}}', "map-bad-date-order"),
        ('{"table": "leads", "date_order": {"won_on": []}}', "map-bad-date-order"),
        ('{"table": "leads", "file": 3}', "map-bad-part"),
        (b"\xff\xfe\x00", "map-not-json"),
    ],
)
def test_what_is_wrong_is_said(content, kind):
    with pytest.raises(UserError) as raised:
        parse_maps(content)
    assert raised.value.kind == kind
    for lang in LANGS:
        assert "{" not in raised.value.message(lang).replace('{"table"', "").replace("{…}", "")
