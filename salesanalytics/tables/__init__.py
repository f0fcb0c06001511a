"""The seven template tables, declared once."""

from salesanalytics.tables.channel_costs import CHANNEL_COSTS
from salesanalytics.tables.column import Column, Kind, Table
from salesanalytics.tables.contracts import CONTRACTS
from salesanalytics.tables.conversion import CONVERSION
from salesanalytics.tables.followups import FOLLOWUPS
from salesanalytics.tables.funnel import FUNNEL
from salesanalytics.tables.leads import LEADS
from salesanalytics.tables.targets import TARGETS

TABLES: tuple[Table, ...] = (LEADS, FOLLOWUPS, CONVERSION, FUNNEL, TARGETS, CONTRACTS, CHANNEL_COSTS)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}

__all__ = [
    "BY_NAME",
    "CHANNEL_COSTS",
    "CONTRACTS",
    "CONVERSION",
    "FOLLOWUPS",
    "FUNNEL",
    "LEADS",
    "TABLES",
    "TARGETS",
    "Column",
    "Kind",
    "Table",
]
