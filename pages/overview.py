"""Overview: where we stand, at a glance."""

from salesanalytics.ui.frame import page_frame

with page_frame() as frame:
    pass
