"""Data: upload, match, correct, preview and load; the imports so far, and what is held back."""

from salesanalytics.ui.frame import plain_frame
from salesanalytics.ui.importing.page import data_page

with plain_frame() as lang:
    data_page(lang)
