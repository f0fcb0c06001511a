"""Glossary: what every number means."""

from salesanalytics.ui.data import current_source
from salesanalytics.ui.frame import plain_frame
from salesanalytics.ui.glossary_list import glossary_list

with plain_frame() as lang:
    glossary_list(lang, current_source().workspace.settings())
