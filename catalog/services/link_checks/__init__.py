"""Look at the pages that the catalogue links to, politely, and keep what was found.

``manners`` is how we behave towards a server, ``looks`` what one look at a page finds,
``states`` what follows from it for the page's row, ``running`` a whole run.
"""

from catalog.services.link_checks.looks import Look, Outcome, look_at
from catalog.services.link_checks.manners import AGENT, Manners, user_agent
from catalog.services.link_checks.running import AlreadyRunningError, Report, check_due, check_links
from catalog.services.link_checks.states import changes

__all__ = [
    "AGENT",
    "AlreadyRunningError",
    "Look",
    "Manners",
    "Outcome",
    "Report",
    "changes",
    "check_due",
    "check_links",
    "look_at",
    "user_agent",
]
