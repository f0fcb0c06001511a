"""A page's own switches (mode, metric, dimension), kept in the URL beside the filters, in language-neutral values."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from salesanalytics.ui.value_names import in_label


def _keep(param: str, key: str, default: str) -> None:
    value = st.session_state.get(key)
    if value is None or value == default:
        if param in st.query_params:
            del st.query_params[param]
    else:
        st.query_params[param] = value


def choice(param: str, options: Mapping[str, str], default: str, *, label: str, many: bool = False) -> str:
    """Draw a switch and return the chosen id.

    ``param`` names it in the URL; ``options``: id → words; ``label`` is read out, not shown. ``many``: a drop-down instead of segments,
    for more than about five options.
    """
    asked = st.query_params.get(param, default)
    current = asked if asked in options else default
    key = f"choice-{param}"
    st.session_state[key] = current
    ids, words, args = list(options), options.__getitem__, (param, key, default)
    if many:
        st.selectbox(
            label, ids, key=key, format_func=words, on_change=_keep, args=args, label_visibility="collapsed", width=180
        )
    else:
        st.segmented_control(
            label,
            ids,
            key=key,
            format_func=lambda each: in_label(options[each]),  # segments read Markdown, drop-downs do not
            on_change=_keep,
            args=args,
            label_visibility="collapsed",
            width="content",
            required=True,
        )
    return current
