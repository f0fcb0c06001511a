"""Nothing above access can reach a row outside the scope."""

from datetime import date

import pytest
from known_state import KnownState, lead, target

from salesanalytics.access import EVERYONE, Scope
from salesanalytics.access.fence import OutsideScopeError

D = date(2026, 11, 8)
SECOND_HALF = (date(2026, 7, 1), date(2026, 12, 31))


def _log(number: str, customer: str) -> dict[str, object]:
    return {"followup_id": number, "customer_id": customer}


STATE = KnownState(
    D,
    [
        lead("1", owner="Wang", team="East"),
        lead("2", owner="Li", team="East"),
        lead("3", owner="Zhao", team="West"),
        lead("4"),  # the pool
        lead("5", owner="", team="West"),  # the pool too, were it ever stored as an empty text
    ],
    followups=[_log("a", "1"), _log("b", "3"), _log("c", "99")],
    contracts=[{"contract_id": "H1", "customer_id": "1"}, {"contract_id": "H2", "customer_id": "3"}],
    targets=[
        target("2026H2", *SECOND_HALF, 100),
        target("2026H2", *SECOND_HALF, 60, team="East"),
        target("2026H2", *SECOND_HALF, 30, owner="Wang", team="East"),
        target("2026H2", *SECOND_HALF, 20, owner="Li"),
        target("2026H2", *SECOND_HALF, 10, owner="Zhao", team="West"),
    ],
    conversion=[{"stage": "lead", "entered": 5}],
    funnel=[{"stage": "lead", "customers": 5}],
    channel_costs=[{"source": "web", "period": "2026-07", "cost": 1}],
)
WANG = Scope(owners=frozenset({"Wang"}), pool=False)
EAST = Scope(teams=frozenset({"East"}), pool=False)


def count(scope: Scope, relation: str) -> int:
    return int(STATE.view(scope).fetch(f"SELECT count(*) AS n FROM {relation}")[0]["n"])


@pytest.mark.parametrize(
    ("relation", "everyone", "wang", "east", "nobody"),
    [
        ("leads", 5, 1, 2, 0),
        ("stage_reach", 5, 1, 2, 0),
        ("followups", 3, 1, 1, 0),
        ("contracts", 2, 1, 1, 0),
        ("targets", 5, 1, 3, 0),
        ("conversion", 1, 0, 0, 0),
        ("funnel", 1, 0, 0, 0),
        ("channel_costs", 1, 0, 0, 0),
        ("stage_probability", 5, 5, 5, 5),
        ("norms", 1, 1, 1, 1),
        ("stages", 5, 5, 5, 5),
        ("state_info", 1, 1, 1, 1),
    ],
)
def test_each_relation_is_narrowed(relation: str, everyone: int, wang: int, east: int, nobody: int) -> None:
    nothing = Scope(owners=frozenset(), pool=False)
    assert [count(scope, relation) for scope in (EVERYONE, WANG, EAST, nothing)] == [everyone, wang, east, nobody]


def test_the_pool_is_seen_where_allowed() -> None:
    scope = Scope(owners=frozenset({"Wang"}), pool=True)
    rows = STATE.view(scope).fetch("SELECT customer_id FROM leads ORDER BY 1")
    assert [row["customer_id"] for row in rows] == ["1", "4", "5"]


def test_a_query_with_its_own_with_and_values_keeps_both() -> None:
    sql = "WITH mine AS (SELECT * FROM followups WHERE followup_id <> ?) SELECT count(*) AS n FROM mine WHERE customer_id = ?"
    assert STATE.view(EAST).fetch(sql, ["x", "1"])[0]["n"] == 1
    assert STATE.view(EAST).fetch(sql, ["x", "3"])[0]["n"] == 0
    assert STATE.view().fetch(sql, ["x", "3"])[0]["n"] == 1


def test_names_in_text_and_comments_are_no_relations() -> None:
    rows = STATE.view(WANG).fetch("SELECT 'contracts; --' AS said /* FROM known.leads */ FROM leads -- targets")
    assert rows == [{"said": "contracts; --"}]


def test_a_value_is_bound_and_never_read_as_sql() -> None:
    scope = Scope(owners=frozenset({"Wang' OR 1=1 --"}), pool=False)
    assert count(scope, "leads") == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM known.leads",
        "SELECT * FROM leads, known.leads AS l",
        "SELECT * FROM (SELECT * FROM known.followups)",
        "SELECT (SELECT max(owner) FROM known.leads) FROM leads",
        "SELECT * FROM leads WHERE customer_id IN (SELECT customer_id FROM known.leads)",
        "SELECT * FROM leads UNION ALL SELECT * FROM known.leads",
        "SELECT * FROM query_table('known.leads')",
        "SELECT * FROM query('SELECT * FROM known.leads')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM duckdb_tables()",
        "WITH leads AS (SELECT 1) SELECT * FROM leads",
        "SELECT 1 FROM leads; SELECT * FROM known.leads",
        "DROP TABLE known.leads",
        "SELECT FROM WHERE",
        "FROM known.leads",
        "SUMMARIZE known.leads",
    ],
)
@pytest.mark.parametrize("scope", [WANG, EVERYONE])
def test_no_way_round_the_scope(sql: str, scope: Scope) -> None:
    with pytest.raises(OutsideScopeError):
        STATE.view(scope).fetch(sql)
    assert count(EVERYONE, "leads") == 5
