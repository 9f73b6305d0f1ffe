"""Letters to submitters: written with the change that they tell of, sent by a task.

A letter is a row before it is a mail: it is written in the transaction of the
change, so there is none without the other, and a task sends what is due. No
request ever waits for a mail server.
"""

import datetime as dt
import re
from html import unescape
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from catalog.models import Mail, Submission
from catalog.submissions import background, quotas
from catalog.submissions.links import address_of, token_of

SUBJECTS = {
    "confirm": "Your submission to Glassbox: please confirm your address",
    "asked": "A question about your submission to Glassbox",
    "accepted": "Your submission to Glassbox was accepted",
    "partly": "Your submission to Glassbox was accepted in part",
    "rejected": "Your submission to Glassbox was not accepted",
}
PAUSE = dt.timedelta(minutes=2)
AT_ONCE = 50


def absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def queue_letter(*, submission: Submission, template: str, message: str = "") -> Mail | None:
    """Write a letter; it goes out when the transaction is done. None where none is wanted.

    Only the first letter goes to an address that is not confirmed yet.
    """
    confirmed = submission.email_confirmed_at is not None
    if not submission.email or (template != "confirm" and not confirmed):
        return None
    if has_enough(submission.email, confirmed=confirmed):
        return None
    context: dict[str, Any] = {
        "submission": submission,
        "message": message,
        "status_url": absolute(address_of(submission)),
        "confirm_url": absolute(
            reverse("catalog:confirm_address", args=[token_of(submission, "confirm")])
        ),
        "entry_url": (
            absolute(reverse("catalog:system", args=[submission.system.slug]))
            if submission.system
            else ""
        ),
        "unsubscribe_url": absolute(
            reverse("catalog:forget_address", args=[token_of(submission, "forget")])
        ),
    }
    html = render_to_string(f"mail/{template}.html", context)
    letter = Mail.objects.create(
        submission=submission,
        template=template,
        recipient=submission.email,
        subject=_(SUBJECTS[template]),
        html=html,
        text=text_of(html),
        unsubscribe_url=context["unsubscribe_url"],
    )
    transaction.on_commit(lambda: background.begin(send_letters))
    return letter


def has_enough(address: str, *, confirmed: bool) -> bool:
    """Count a letter to an address, and whether it gets no more today.

    What follows a plus sign, and capitals, lead to the same mailbox.
    """
    local, _at, host = address.lower().rpartition("@")
    mailbox = quotas.hashed(f"{local.partition('+')[0]}@{host}")
    limits = [quotas.LETTERS] if confirmed else [quotas.FIRST_LETTERS, quotas.LETTERS]
    return any(quotas.use(limit, mailbox) > limit.most for limit in limits)


def text_of(html: str) -> str:
    """The plain text of a letter, from the same template: one source, two forms."""
    body = html.partition("<body>")[2].partition("</body>")[0]
    lines = [" ".join(line.split()) for line in strip_tags(body).splitlines()]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return unescape(text).strip() + "\n"


@task
def send_letters() -> dict[str, int]:
    """Send what is due; the schedule calls it too, for what failed before."""
    sent, failed = send_due()
    return {"sent": sent, "failed": failed}


def send_due() -> tuple[int, int]:
    """Send the letters that are due; returns how many went out and how many failed.

    Each letter is locked while it is sent, so two workers never send the same. A
    failure is tried again later, after longer and longer pauses.
    """
    sent = failed = 0
    for _number in range(AT_ONCE):
        with transaction.atomic():
            due = Mail.objects.due(timezone.now()).select_for_update(skip_locked=True)
            letter = due.first()
            if letter is None:
                break
            if deliver(letter):
                sent += 1
            else:
                failed += 1
    return sent, failed


def deliver(letter: Mail) -> bool:
    """Hand one letter to the mail server, and note how that went."""
    if not letter.recipient:
        letter.attempts, letter.sent_at = letter.attempts + 1, timezone.now()
        letter.save(update_fields=["attempts", "sent_at"])
        return True
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.recipient],
        headers={
            "List-Unsubscribe": f"<{letter.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    letter.attempts += 1
    try:
        message.send()
    except Exception as error:  # a mail server fails in many ways; none may lose the letter
        letter.failure = f"{type(error).__name__}: {error}"[:300]
        letter.next_attempt_at = timezone.now() + PAUSE * 2**letter.attempts
        letter.save(update_fields=["attempts", "failure", "next_attempt_at"])
        return False
    letter.sent_at, letter.failure = timezone.now(), ""
    letter.save(update_fields=["attempts", "sent_at", "failure"])
    return True
