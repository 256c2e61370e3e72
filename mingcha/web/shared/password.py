"""A person's own password: the first one was handed over by somebody else, who must not keep knowing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mingcha.domain.organisation.actions import change_password
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.rules import weakness_of
from mingcha.web.shared.refusals import refusals_in


class PasswordForm(forms.Form):
    """The present one, which a stranger at an open screen does not know, and the new one twice."""

    present = forms.CharField(
        label=gettext_lazy("现在的密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    password = forms.CharField(
        label=gettext_lazy("新密码"),
        help_text=gettext_lazy("至少 10 个字符，不能全是数字，不能是常见密码，不能和账号、姓名相近"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=gettext_lazy("再输一遍新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, request: HttpRequest, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.person = request, person

    def clean_present(self) -> str:
        """Tried as at the sign-in page, so that five wrong ones lock the account there and here."""
        given = str(self.cleaned_data["present"])
        if authenticate(self.request, username=self.person.username, password=given) is None:
            raise ValidationError(_("现在的密码不对，重新输入；连续输错 5 次会锁定 15 分钟"))
        return given

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        try:
            validate_password(given, self.person)
        except ValidationError as fault:
            raise ValidationError([weakness_of(weakness) for weakness in fault.error_list]) from fault
        return given

    def clean_again(self) -> str:
        given = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and given != self.cleaned_data["password"]:
            raise ValidationError(_("两遍新密码不一样，重新输入"))
        return given


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change it; this session goes on, every other one of this person ends."""
    person = get_object_or_404(User, pk=request.user.pk)
    form = PasswordForm(request.POST or None, request=request, person=person)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            changed = change_password(person, password=form.cleaned_data["password"], by=person, at=timezone.now())
        if not form.errors:
            update_session_auth_hash(request, changed)
            messages.success(request, _("密码已修改；在别的电脑或手机上登录过的，要用新密码重新登录。"))
            return redirect("shared:home")
    return render(request, "shared/password.html", {"form": form}, status=422 if form.errors else 200)
