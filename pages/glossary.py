"""Glossary: what every number means."""

from salesanalytics.ui.frame import plain_frame
from salesanalytics.ui.glossary_list import glossary_list

with plain_frame() as lang:
    glossary_list(lang)
