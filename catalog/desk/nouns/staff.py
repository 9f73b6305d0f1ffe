"""The desk for the people who work here: accounts, roles, devices, closed log-ins.

Whoever may give out accounts must not be able to make more of their own: only
superusers touch superusers, and no one resets their own device here.
"""

from typing import TYPE_CHECKING, Any, Protocol

from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, ManyToManyField, Model, OuterRef, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.desk import roles, two_factor
from catalog.desk.nouns.base import AnyAdmin

if TYPE_CHECKING:
    PeopleAdmin = UserAdmin[User]
else:
    PeopleAdmin = UserAdmin

for registered in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(registered)


def outranks(request: HttpRequest, account: User | None) -> bool:
    """Whether an account is out of reach for whoever asks."""
    superuser = isinstance(request.user, User) and request.user.is_superuser
    return account is not None and account.is_superuser and not superuser


class Enrolled(Protocol):
    """An account as the list reads it."""

    has_second_factor: bool


@admin.register(User)
class StaffAdmin(PeopleAdmin):
    """Accounts, each with its role and whether it has a second factor."""

    list_display = ["username", "role", "is_staff", "is_active", "second_factor", "last_login"]
    list_filter = ["groups", "is_staff", "is_superuser", "is_active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        found = super().get_queryset(request).prefetch_related("groups")
        return found.annotate(has_second_factor=Exists(device))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Rights come from roles; only a superuser makes superusers or gives single rights."""
        names = [str(name) for name in super().get_readonly_fields(request, obj)]
        fixed = [*names, "last_login", "date_joined"]
        superuser = isinstance(request.user, User) and request.user.is_superuser
        return fixed if superuser else [*fixed, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return not outranks(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return not outranks(request, obj) and super().has_delete_permission(request, obj)

    @admin.display(description="role")
    def role(self, account: User) -> str:
        return roles.role_of(account) or "–"

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, account: Enrolled) -> bool:
        return bool(account.has_second_factor)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The roles are data in the code; ``manage.py make_roles`` writes them.

    Other groups hold rights that the highest role has, and no others: whoever may make a group
    could else give themselves what no role may do.
    """

    def formfield_for_manytomany(
        self,
        db_field: ManyToManyField[Model, Model],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> ModelMultipleChoiceField[Permission] | None:
        if db_field.name == "permissions":
            kwargs["queryset"] = roles.rights_of_roles().select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        fixed = obj is not None and (obj.name in roles.ROLES or roles.exceeds_roles(obj))
        return not fixed and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        fixed = obj is not None and obj.name in roles.ROLES
        return not fixed and super().has_delete_permission(request, obj)


@admin.register(TOTPDevice)
class DeviceAdmin(AnyAdmin):
    """Deleting a device resets it: its owner sets up another one at the next log-in."""

    list_display = ["user", "name", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = ["user", "name", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TOTPDevice | None = None) -> bool:
        """Not one's own: that takes a code, on the page for it."""
        if obj is not None and (obj.user_id == request.user.pk or outranks(request, obj.user)):
            return False
        return super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: TOTPDevice) -> None:
        two_factor.reset(user=obj.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for device in queryset.select_related("user"):
            two_factor.reset(user=device.user)


@admin.register(AccessAttempt)
class FailedLoginAdmin(AnyAdmin):
    """Failed log-ins that still count; deleting one opens the log-in again."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = ["username", "ip_address", "failures_since_start", "attempt_time"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
