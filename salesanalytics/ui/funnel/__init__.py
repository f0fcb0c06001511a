"""The Funnel page: where customers get stuck or lost, in three named modes."""
