"""Look at the pages that the catalogue links to, politely, and keep what was found.

``politeness`` is how we behave towards a server, ``check`` what one look at a page finds,
``states`` what follows from it for the page's row, ``run`` a whole run, ``fetching`` the web.
"""

from catalog.links.check import Look, Outcome, look_at
from catalog.links.politeness import AGENT, Manners, user_agent
from catalog.links.run import AlreadyRunningError, Report, check_due, check_links
from catalog.links.states import changes

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
