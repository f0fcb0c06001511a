"""Settings: thresholds, stages and checks, previewed on the present data, versioned and undoable."""

from salesanalytics.ui.frame import plain_frame
from salesanalytics.ui.settings.page import settings_page

with plain_frame() as lang:
    settings_page(lang)
