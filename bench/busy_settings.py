"""The site's settings with two addresses more, for ``bench.servers``."""

from config.settings import *  # noqa: F403, TID251 - the site as it is, and its addresses below

ROOT_URLCONF = "bench.busy_urls"
