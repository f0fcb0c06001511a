"""One setting says what is late, and a number is shown as it was written."""

from datetime import date, datetime

import polars as pl
import pytest

from salesanalytics.intake.typing_cells import NOTHING, Cells, show
from salesanalytics.intake.typing_numbers import type_money
from salesanalytics.intake.typing_text import type_text
from salesanalytics.intake.validate_followups import check_followups
from salesanalytics.settings import DEFAULT_SETTINGS


def _late(at, recorded, days):
    frame = pl.DataFrame(
        {"customer_id": ["C1"], "followed_up_at": [at], "recorded_at": [recorded], "method": ["电话"]},
        schema_overrides={"recorded_at": pl.Datetime("us"), "followed_up_at": pl.Datetime("us")},
    ).with_columns(
        pl.lit(None, pl.Date).alias("next_followup_on"),
        *(pl.lit(None, pl.String).alias(c) for c in ("summary", "feedback")),
    )
    quality = DEFAULT_SETTINGS.quality.model_copy(update={"late_recorded_days": days})
    found = check_followups(frame, date(2026, 1, 1), None, DEFAULT_SETTINGS.model_copy(update={"quality": quality}))
    return "late-recorded" in pl.concat(found)["kind"].to_list()


@pytest.mark.parametrize(
    ("recorded", "days", "late"),
    [
        (datetime(2025, 3, 11, 9), 1, False),
        (datetime(2025, 3, 11, 9, 1), 1, True),
        (datetime(2025, 3, 11, 9, 1), 2, False),
        (datetime(2025, 3, 11), 1, False),  # a date without a time: one day later is one day later
        (datetime(2025, 3, 12), 1, True),
        (None, 1, False),
    ],
)
def test_late_is_what_the_setting_says(recorded, days, late):
    assert _late(datetime(2025, 3, 10, 9), recorded, days) is late


@pytest.mark.parametrize(
    ("held", "shown"),
    [(125.43999999999998, "125.44"), (0.1 + 0.2, "0.3"), (-5.0, "-5"), (1234567.891, "1234567.891"), (1e16, "1e+16")],
)
def test_a_number_is_shown_as_it_was_written_and_kept_as_it_is(held, shown):
    assert show(held) == shown
    assert type_money(Cells([held])).values.to_list() == [held]


def test_numbers_in_text_columns_are_written_as_shown():
    assert type_text(Cells([125.43999999999998, 7.0, "x", None], NOTHING)).values.to_list() == [
        "125.44",
        "7",
        "x",
        None,
    ]
