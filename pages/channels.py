"""Channels: what each lead source brings and costs, which to feed and which to cut."""

from salesanalytics.ui.channels.page import channels_page
from salesanalytics.ui.frame import show_page

show_page(channels_page, styles=("analysis", "channels"))
