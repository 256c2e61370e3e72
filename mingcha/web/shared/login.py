"""Signing in and out."""

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.actions import note_sign_in
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, may


class SignInForm(AuthenticationForm):
    """账号 and 密码, with errors that say what to do."""

    # Django's own form tells only the browser how long an account may be; the record of a failed sign-in has its limit.
    username = UsernameField(label=_("账号"), max_length=60)
    error_messages = {  # noqa: RUF012 — Django reads it from the class
        "invalid_login": _("账号或密码不对。连续输错 5 次会锁定 15 分钟。"),
        "inactive": _("这个账号已停用，需要时联系系统管理员。"),
    }


class SignIn(views.LoginView):
    """The sign-in page; a sign-in leaves its trace."""

    template_name = "shared/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        if isinstance(user, User):
            note_sign_in(user, at=timezone.now())
        return response


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: object, **kwargs: object) -> HttpResponse:
    """Too many wrong passwords: say for how long."""
    reason = _("这个账号连续输错 5 次密码，已锁定 15 分钟。到时再试，或联系系统管理员。")
    return render(request, "shared/refused.html", {"reason": reason}, status=429)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Inspectors start on the phone page, everyone else at the desk."""
    by = request.user
    only_field = isinstance(by, User) and may(by, Permission.INSPECTION_DO) and not may(by, Permission.PLAN_READ)
    return redirect("field:today" if only_field else "desk:home")
