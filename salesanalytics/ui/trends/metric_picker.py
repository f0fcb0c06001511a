"""Which metrics the Trends page shows: offered by family in the order of the analysis settings, up to six, kept in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from salesanalytics.i18n import Lang, text
from salesanalytics.metrics.metric import Metric
from salesanalytics.metrics.shown import shown
from salesanalytics.settings import Settings
from salesanalytics.ui.session import Key
from salesanalytics.ui.value_names import in_label

PARAM, BUTTON = "metric", "trends-metrics"
DEFAULT_METRIC = "sales_amount"
MOST_METRICS = 6


def picked_metrics(settings: Settings, lang: Lang) -> tuple[Metric, ...]:
    """Draw the button that opens the metrics, and return those chosen."""
    offered = {metric.name: metric for metric in shown(settings, "trends")}
    names = chosen_names(offered)
    first = offered[names[0]].title(lang)
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    named = f":gray[{text('trends.metric', lang)}] **{in_label(first)}{more}**"
    # a button with other words is another one to Streamlit, and closed: it is named anew only once it is closed
    label = st.session_state.get(Key.PICKER_LABEL, named) if st.session_state.get(BUTTON) else named
    st.session_state[Key.PICKER_LABEL] = label
    # drawn only while it is open: fifty metrics are not sent with every change of a filter
    with st.popover(label, key=BUTTON, on_change="rerun") as opened:
        if opened.open:
            _families(offered, names, lang)
    return tuple(offered[name] for name in names)


def chosen_names(offered: Mapping[str, Metric]) -> tuple[str, ...]:
    """Return the metrics the URL names, in its order; the usual one where it names none that is offered."""
    asked = dict.fromkeys(name for name in st.query_params.get_all(PARAM) if name in offered)
    default = DEFAULT_METRIC if DEFAULT_METRIC in offered else next(iter(offered))
    return tuple(asked)[:MOST_METRICS] or (default,)


def families(offered: Mapping[str, Metric]) -> dict[str, list[str]]:
    """Return the metrics' names by family, both in the order they are offered in."""
    found: dict[str, list[str]] = {}
    for name, metric in offered.items():
        found.setdefault(metric.family, []).append(name)
    return found


def _families(offered: Mapping[str, Metric], names: Sequence[str], lang: Lang) -> None:
    st.caption(text("trends.metric_note", lang, n=MOST_METRICS))
    for family, inside in families(offered).items():
        key = f"trends-metrics-{family}"
        st.session_state[key] = [name for name in inside if name in names]
        st.pills(
            text(f"metric.family.{family}", lang),
            inside,
            selection_mode="multi",
            key=key,
            format_func=lambda name: in_label(offered[name].title(lang)),
            on_change=_keep,
            args=(family, tuple(inside), tuple(names)),
        )


def _keep(family: str, inside: Sequence[str], before: Sequence[str]) -> None:
    ticked = st.session_state[f"trends-metrics-{family}"]
    kept = [name for name in before if name not in inside or name in ticked]
    kept += [name for name in ticked if name not in kept]
    # the last one cannot be taken off, and a seventh is not added
    kept = kept[:MOST_METRICS] or list(before[:1])
    st.query_params[PARAM] = kept
