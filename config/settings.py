"""The settings of Glassbox, one file, read from the environment.

``GLASSBOX_ENV=production`` demands what a public site needs; without it the
site runs as a demo on this machine.
"""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.csp import CSP

from config import database, env, logs, refusals

BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = env.text("GLASSBOX_ENV", "development")
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured("GLASSBOX_ENV is either development or production.")
PRODUCTION = ENVIRONMENT == "production"

DEBUG = False
KNOWN_KEY = "development-only-and-known-to-everybody-never-use-this-in-production"
SECRET_KEY = (
    env.required("SECRET_KEY", "50 random characters that only this site knows.")
    if PRODUCTION
    else KNOWN_KEY
)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
"""Older keys: what they signed is still taken, and nothing new is signed with them."""

ALLOWED_HOSTS = (
    env.words("ALLOWED_HOSTS")
    if PRODUCTION
    else env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
)
if PRODUCTION:
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names under which the site is served.")
    refusals.refuse_open_hosts(ALLOWED_HOSTS)
    refusals.refuse_weak_keys("SECRET_KEY", [SECRET_KEY], KNOWN_KEY)
    refusals.refuse_weak_keys("SECRET_KEY_FALLBACKS", SECRET_KEY_FALLBACKS, KNOWN_KEY)

BUILD_ID = env.text("BUILD_ID") or str(
    max(int(file.stat().st_mtime) for file in (BASE_DIR / "templates").rglob("*.html"))
)
"""Which build serves: pages of another one are not answered with 304."""

# --- applications ------------------------------------------------------------------------

INSTALLED_APPS = [
    "pghistory.admin",  # before the admin, whose templates it extends
    "catalog.desk.apps.DeskConfig",  # the admin, with a site of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "pgtrigger",
    "pghistory",
    "definitions",
    "catalog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.replicas.ReplicaMiddleware",
    "catalog.pages.views.page_cache.kept_pages",
    "catalog.api.gate.api_gate",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "catalog.pages.middleware.refuse_bad_text",
    "catalog.pages.middleware.follow_merged",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

API_READS = env.number("API_READS", 600, least=1)
"""Requests a minute that one network may make to read the API."""

API_WRITES = env.number("API_WRITES", 60, least=1)
"""Facts documents a minute that one network may have judged."""

TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, most=10)
"""How many proxies of our own write X-Forwarded-For."""

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
"""Not GET: reading the user there would add ``Vary: Cookie`` to every public page."""

PGHISTORY_ADMIN_ALL_EVENTS = False
PGHISTORY_ADMIN_CLASS = "catalog.desk.history.HistoryAdmin"

ROOT_URLCONF = "config.urls"
FORCE_SCRIPT_NAME = ""
"""The site is at the root of its host, whatever a header says."""

WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- data --------------------------------------------------------------------------------

DATABASES = database.databases(BASE_DIR)
PRIVATE_SERVER = not env.text("DATABASE_URL")
"""Whether the database is the one under ``.local/`` that no one else can reach."""

DATABASE_ROUTERS = ["config.replicas.ReplicaRouter"] if len(DATABASES) > 1 else []

REPLICA_MOST_BEHIND = env.number("REPLICA_MOST_BEHIND", 10)
"""Seconds that a replica may be behind the primary and still be read from."""

REPLICA_REST = env.number("REPLICA_REST", 30)
"""Seconds for which a replica that did not answer is left alone."""

PLAIN_READS = env.flag("PLAIN_READS", default=False)
"""Whether public pages are read by plain querysets instead of statements that are kept (ADR 23)."""

CONTENT_DIR = BASE_DIR / "content"
"""The words of the learn pages."""

FIXTURES_DIR = BASE_DIR / "fixtures"
"""The reviewed catalogue, loaded by ``manage.py load_catalog``."""

DUMPS_DIR = Path(env.text("DUMPS_DIR", str(BASE_DIR / ".local" / "dumps")))
"""The whole register as files, built by ``manage.py build_dumps`` and served at ``/data/``."""

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if env.flag("TASKS_IN_WORKER", default=False)
        else "django.tasks.backends.immediate.ImmediateBackend"
    }
}

BACKGROUND_THREADS = 2
"""Without workers, threads that ask other people's servers (0: the request itself, for tests)."""

SITE_URL = env.text("SITE_URL") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.*')}" if PRODUCTION else "http://127.0.0.1:8000"
)
"""Where the site is reached: the beginning of every address in a letter."""

MAILERS = {
    "default": (
        {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.text("EMAIL_HOST"),
                "port": env.number("EMAIL_PORT", 587, least=1, most=65_535),
                "username": env.text("EMAIL_USER"),
                "password": env.text("EMAIL_PASSWORD"),
                "use_tls": env.flag("EMAIL_TLS", default=True),
                "timeout": 20,
            },
        }
        if env.text("EMAIL_HOST")
        else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    )
}
"""Without EMAIL_HOST, letters are written to the console of whatever sends them."""

DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Glassbox <glassbox@localhost>")

SUBMISSION_SECONDS = env.number("SUBMISSION_SECONDS", 4)
"""Whoever is faster than this with a whole form is not a person."""

CACHE_URL = env.text("CACHE_URL")


def cache(name: str, **bounds: int) -> dict[str, object]:
    """One store in Redis or Valkey, or else in each process, with room for so much."""
    if CACHE_URL:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
            "KEY_PREFIX": f"glassbox-{name}",
            "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
        }
    return {
        "BACKEND": "catalog.pages.bounded_cache.BoundedCache",
        "LOCATION": name,
        "OPTIONS": bounds,
    }


CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": cache("pages", MAX_ENTRIES=2_000, MAX_BYTES=32_000_000),
    "queries": cache("queries", MAX_ENTRIES=1_000, MAX_BYTES=16_000_000),
    "limits": cache("limits", MAX_ENTRIES=10_000, MAX_BYTES=2_000_000),
}
"""Public pages by the catalogue's version, those with a query apart: anybody can make them up."""

PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 600)
"""How long a page is kept at most; 0 keeps none."""

CRAWLER_CONTACT = env.text("CRAWLER_CONTACT", "")
"""Where those whom the link check asks can complain: a web or mail address."""

SECURITY_CONTACT = env.contacts("SECURITY_CONTACT") or [f"{SITE_URL.rstrip('/')}/about/"]
"""Whom ``/.well-known/security.txt`` names for reports of weaknesses."""

SECURITY_EXPIRES = env.day("SECURITY_EXPIRES", timezone.now() + timedelta(days=180))
"""Until when that is to be believed; without a day, half a year from the start of the process."""

# --- language and time -------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = LOCALE_PATHS[0].exists()
"""Where nothing is translated, nothing is looked up: a page asks for hundreds of texts."""

TIME_ZONE = "UTC"
USE_TZ = True

# --- static files ------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = (
    Path(env.text("STATIC_ROOT", str(BASE_DIR / ".local" / "static"))) if PRODUCTION else None
)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

# --- security ----------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "catalog.desk.sessions"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = None

STAFF_TWO_FACTOR = env.flag("STAFF_TWO_FACTOR", default=PRODUCTION)
"""Whether staff log in with a second factor."""

OTP_TOTP_ISSUER = "Glassbox"

AXES_HANDLER = "catalog.desk.lockout.Lockout"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "catalog.desk.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "catalog.desk.lockout.answer_closed"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False  # catalog.desk.nouns.staff has a desk of its own for it
AXES_VERBOSE = False

if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# The longest step of the submission form has some 600 fields, 250 kB when all are full.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_200_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["catalog.submissions.upload_limits.BoundedInMemory"]
"""Nothing of a file that is sent is written to a disk."""

# --- logging -----------------------------------------------------------------------------

LOG_FORMAT = env.choice("LOG_FORMAT", "plain", "json")
"""How the log on the console is written: for people, or a JSON object a line."""

ACCESS_LOG = env.flag("ACCESS_LOG", default=PRODUCTION)
"""Whether each request is a line in the log."""

LOGGING = logs.configuration(LOG_FORMAT, env.text("LOG_LEVEL", "WARNING"))
