"""What an operator should know of the running site: cheap questions, no secrets."""

import datetime as dt
from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from catalog.exports.dumps.published_build import shelf
from catalog.models import CatalogState, Evaluation, Mail
from definitions import registry

WAIT = dt.timedelta(minutes=15)
"""How long a task or a letter may wait; the schedule gives the worker one every five minutes."""

OLDEST_DUMPS = dt.timedelta(hours=50)
MOST_ATTEMPTS = 8

type Finding = tuple[dict[str, object], str]
"""What was found, and why it is not well; empty where it is."""


def database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {}, ""


def worker() -> Finding:
    """The oldest task that waits tells whether anybody takes tasks."""
    if not settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db"):
        return {"tasks": "at once"}, ""
    oldest = (
        DBTaskResult.objects.ready()
        .order_by("enqueued_at")
        .values_list("enqueued_at", "run_after")
        .first()
    )
    if oldest is None:
        return {"waiting_seconds": 0}, ""
    now = timezone.now()
    since = max(moment for moment in oldest if moment <= now)
    why = "No worker takes tasks: start `manage.py db_worker`." if now - since > WAIT else ""
    return {"waiting_seconds": int((now - since).total_seconds())}, why


def letters() -> Finding:
    """Letters that should be out by now, and those that no mail server took."""
    unsent = Mail.objects.filter(sent_at=None)
    late = unsent.due(timezone.now() - WAIT)[:1000].count()
    given_up = unsent.filter(attempts__gte=MOST_ATTEMPTS)[:1000].count()
    why = "E-mails are waiting: check EMAIL_HOST, the worker and `manage.py send_letters`."
    return {"late": late, "given_up": given_up}, why if late else ""


def dumps() -> Finding:
    """Dumps may be as old as they like while nothing has changed since."""
    found = shelf()
    if found is None:
        return {"version": None}, "There are no files for /data/: run `manage.py build_dumps`."
    state = CatalogState.objects.first()
    age = timezone.now() - dt.datetime.fromisoformat(found.built_at)
    late = bool(state and state.version != found.version and age > OLDEST_DUMPS)
    why = "The files for /data/ are old: run `manage.py build_dumps`." if late else ""
    return {"version": found.version, "age_seconds": int(age.total_seconds())}, why


def verdicts() -> Finding:
    """Whether some verdict is older than its facts or rules. One row is enough to know."""
    known = [definition.fingerprint for definition in registry.DEFINITIONS]
    stale = Evaluation.objects.stale(known).order_by().exists()
    return {"stale": stale}, "Verdicts are stale: run `manage.py evaluate`." if stale else ""


QUESTIONS: dict[str, Callable[[], Finding]] = {
    "database": database,
    "worker": worker,
    "letters": letters,
    "dumps": dumps,
    "verdicts": verdicts,
}


class Readiness(TypedDict):
    """All findings, and in ``reasons`` why it is not well."""

    ready: bool
    reasons: list[str]
    checks: dict[str, dict[str, object]]


def readiness() -> Readiness:
    """All findings. Where the database is away, nothing more is asked."""
    checks: dict[str, dict[str, object]] = {}
    reasons: list[str] = []
    for name, question in QUESTIONS.items():
        try:
            found, why = question()
        except DatabaseError:
            found, why = {}, "The database does not answer, or is not prepared."
        checks[name] = {"ok": not why, **found}
        if why:
            reasons.append(why)
        if name == "database" and why:
            break
    return {"ready": not reasons, "reasons": reasons, "checks": checks}


def doubtful_settings() -> list[str]:
    """Settings with which the site runs, but not as somebody would want it to."""
    doubts = []
    if settings.PRODUCTION and not settings.TRUSTED_PROXIES:
        doubts.append(
            "TRUSTED_PROXIES is 0: behind a proxy all visitors are one network, and anybody can "
            "lock the editors out. Set it to the number of your proxies."
        )
    if settings.PRODUCTION and "console" in settings.MAILERS["default"]["BACKEND"]:
        doubts.append("EMAIL_HOST is not set: e-mails are written to the log and not delivered.")
    if settings.PRODUCTION and not settings.TASKS["default"]["BACKEND"].startswith("django_tasks"):
        doubts.append("TASKS_IN_WORKER is no: long work is done inside requests.")
    if not settings.CRAWLER_CONTACT:
        doubts.append("CRAWLER_CONTACT is not set: cited pages are not checked.")
    if timezone.now() > settings.SECURITY_EXPIRES:
        doubts.append("SECURITY_EXPIRES is past: /.well-known/security.txt is not to be believed.")
    return doubts
