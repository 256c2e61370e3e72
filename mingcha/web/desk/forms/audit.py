"""What the trail is searched by."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class TrailForm(forms.Form):
    """Every field may stay empty."""

    person = forms.CharField(label=_("操作人"), required=False, max_length=60)
    event = forms.ChoiceField(label=_("事件"), required=False)
    about = forms.CharField(label=_("对象"), required=False, max_length=120)
    on = forms.DateField(
        label=_("日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, events: Sequence[tuple[str, StrOrPromise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [("", _("全部")), *events]  # type: ignore[attr-defined]  # a choice field
