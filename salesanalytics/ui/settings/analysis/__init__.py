"""The analysis section of the Settings page: formulas, what is shown where, and ratios somebody makes."""
