"""One customer's page: facts, stages over time, follow-ups, amounts, alerts, and what every import changed."""
