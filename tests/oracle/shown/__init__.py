"""Every figure that a page has written, read from its markup and compared with the oracle and the CLI; what is left unread is named."""
