"""Who is asking, what they may see, and the only door to a state's rows."""

from salesanalytics.access.scope import EVERYONE, Scope
from salesanalytics.access.view import View

__all__ = ["EVERYONE", "Scope", "View"]
