"""A second telling of every number, in plain Python from PRODUCT §3-5 and the formulas in words. It shares no code with what it checks."""
