"""The second factor of staff: an authenticator app, and ten recovery codes beside it."""

import re
import time
from binascii import unhexlify

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from definitions.readers.values import number_or

RECOVERY_CODES = 10
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""No l, o, 0 and 1, which are taken for each other."""

TOLERANCE = 1
"""Steps of thirty seconds by which a clock may be wrong."""

type Account = AbstractBaseUser | AnonymousUser


def is_on() -> bool:
    """Whether this site asks staff for a second factor."""
    return bool(settings.STAFF_TWO_FACTOR)


def has_device(user: Account) -> bool:
    return user.pk is not None and TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_satisfied(user: Account) -> bool:
    """Whether whoever is logged in has shown all that this site asks for."""
    return not is_on() or getattr(user, "otp_device", None) is not None


def must_enrol(user: Account) -> bool:
    """Whether an account with staff rights has yet to set up its second factor."""
    if is_satisfied(user) or not isinstance(user, User):
        return False
    return user.is_active and user.is_staff and not has_device(user)


def codes_left(user: Account) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


def plain(code: str) -> str:
    """A code as it was meant, however it was spaced."""
    return re.sub(r"[\s-]", "", code).lower()


def is_of_the_app(code: str) -> bool:
    """Six digits; a recovery code is longer."""
    return len(code) == 6 and number_or(code, None, high=999_999) is not None


def sealed(user: Account, code: str) -> str:
    """What is kept of a recovery code: nobody reads the code out of the database."""
    mac = salted_hmac("catalog.recovery-code", f"{user.pk}:{code}", algorithm="sha256")
    return mac.hexdigest()[:16]


def check(*, user: Account, code: str) -> object:
    """The device that takes this code, which it then never takes again; None for a wrong one."""
    text = plain(code)
    if not text:
        return None
    from_app = is_of_the_app(text)
    model = TOTPDevice if from_app else StaticDevice
    device = model.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return None
    return verify_token(user, device.persistent_id, text if from_app else sealed(user, text))


def new_key() -> str:
    """A secret that no device has yet, as hexadecimal digits."""
    return str(random_hex(20))


def unsaved_device(user: Account, key: str) -> TOTPDevice:
    return TOTPDevice(user=user, key=key, name="Authenticator app", confirmed=True)


def one_at_a_time(user: Account) -> None:
    """Let nobody else change this account's devices until the transaction ends."""
    list(User.objects.select_for_update().filter(pk__in=[user.pk]))


@transaction.atomic
def enrol(*, user: Account, key: str, code: str, replacing: bool = False) -> list[str] | None:
    """Make a device of a secret once its first code is shown; returns the recovery codes.

    None where the code is wrong, or where there is a device that is not to be replaced.
    """
    one_at_a_time(user)
    text = plain(code)
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    right = is_of_the_app(text) and totp.verify(int(text), tolerance=TOLERANCE)
    if not right or (has_device(user) and not replacing):
        return None
    reset(user=user)
    device = unsaved_device(user, key)
    device.last_t, device.drift = totp.t(), totp.drift
    device.save()
    return renew_codes(user=user)


@transaction.atomic
def renew_codes(*, user: Account) -> list[str]:
    """Ten new recovery codes; those before are void. They can be read here and never again."""
    one_at_a_time(user)
    device, _ = StaticDevice.objects.get_or_create(
        user=user, defaults={"name": "Recovery codes", "confirmed": True}
    )
    device.token_set.all().delete()
    codes = [get_random_string(10, ALPHABET) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=sealed(user, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def device_of(user: Account) -> object:
    """The authenticator app of an account that has one."""
    return TOTPDevice.objects.get(user=user, confirmed=True)


@transaction.atomic
def reset(*, user: Account) -> None:
    """Forget an account's device and codes. Sessions that they opened reach the desk no more."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
