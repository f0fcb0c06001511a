"""The Data page: an upload on its way into the workspace, and what became of those before it."""
