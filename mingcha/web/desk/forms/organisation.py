"""What is typed for accounts and roles."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.organisation.models import Department, Region, Role, User
from mingcha.domain.organisation.rules import weakness_of

IN_DEPARTMENT, IN_REGION = "department", "region"


class AccountForm(forms.Form):
    """A new account: it may do nothing until a role is granted."""

    username = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=60,
        help_text=gettext_lazy("登录用，开立后不能改：字母、数字、点、下划线、连字符"),
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+$", gettext_lazy("只能用字母、数字、点、下划线、连字符"))],
    )
    full_name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    department = forms.ModelChoiceField(label=gettext_lazy("部门"), queryset=Department.objects.none())
    password = forms.CharField(
        label=gettext_lazy("初始密码"),
        help_text=gettext_lazy("至少 10 个字符，不能全是数字，不能是常见密码，不能和账号、姓名相近"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("账号 %s 已经有了，换一个") % username)
        return username

    def clean(self) -> dict[str, Any]:
        """The password is held against what the person is called."""
        given = self.cleaned_data
        if given.get("password"):
            person = User(username=given.get("username", ""), full_name=given.get("full_name", ""))
            try:
                validate_password(given["password"], person)
            except ValidationError as fault:
                for weakness in fault.error_list:
                    self.add_error("password", weakness_of(weakness))
        return given


class GrantForm(forms.Form):
    """A role, where it holds, until when."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    place = forms.ChoiceField(label=gettext_lazy("范围"))
    until = forms.DateField(
        label=gettext_lazy("有效期至"),
        help_text=gettext_lazy("留空表示不限期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, departments: Iterable[Department], regions: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Department | Region] = {
            f"{IN_DEPARTMENT}:{department.pk}": department for department in departments
        }
        self.places |= {f"{IN_REGION}:{region.pk}": region for region in regions}
        choices = [(value, place_words(place)) for value, place in self.places.items()]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def content(self) -> dict[str, Any]:
        """The parts of a grant, as the action takes them."""
        place = self.places[self.cleaned_data["place"]]
        kind = IN_REGION if isinstance(place, Region) else IN_DEPARTMENT
        return {"role": self.cleaned_data["role"], kind: place, "until": self.cleaned_data["until"]}


def place_words(place: Department | Region) -> str:
    """A department by its name; a region as all the departments in it."""
    return _("%s 全部部门") % place.name if isinstance(place, Region) else place.short_name
