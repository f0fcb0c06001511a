"""The Settings page: sections of settings, what a change would do, and its versions."""
