"""Kaplan-Meier against lifelines, on random stays: every point of the curve and the median, to 1e-9."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from salesanalytics.metrics.survival import Stay, kaplan_meier, kaplan_meier_median

stays = st.lists(st.builds(Stay, st.integers(0, 90), st.booleans(), st.integers(1, 40)), min_size=1, max_size=25)


@given(stays)
@settings(max_examples=60)
def test_curve_and_median(found: list[Stay]) -> None:
    fitted = KaplanMeierFitter().fit(
        [stay.days for stay in found], [stay.left for stay in found], weights=[stay.customers for stay in found]
    )
    curve = kaplan_meier(found)
    days = [point.days for point in curve]
    expected = fitted.survival_function_.loc[days, "KM_estimate"].tolist()
    assert [point.staying for point in curve] == pytest.approx(expected, abs=1e-9)
    median = fitted.median_survival_time_
    # a curve that comes to a half by sums of roundings is at a half for us, and a hair above it for lifelines
    if all(abs(share - 0.5) > 1e-9 for share in expected):
        assert kaplan_meier_median(found) == (None if median == float("inf") else float(median))
    else:
        assert kaplan_meier_median(found) == next(point.days for point in curve if point.staying <= 0.5 + 1e-9)
