"""The floor: a page with nothing on it but a filter and the line that says what is chosen."""

import streamlit as st

with st.popover("filter", key="filter-industry"):
    chosen = st.pills("filter", ["a", "b", "c", "d", "e"], selection_mode="multi", key="filter-industry-values")
st.text(f"chosen: {chosen}")
