"""What is typed for a power list and for the link of one power."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import InspectionItem


class PowerFileForm(forms.Form):
    """A file, the paper it comes from, and whether it is all of it."""

    file = forms.FileField(label=gettext_lazy("文件"), help_text=gettext_lazy("XLSX、XLS 或 CSV，一行一项权力"))
    source = forms.CharField(
        label=gettext_lazy("出处"), max_length=200, help_text=gettext_lazy("例如：示范县权力清单（2026年本）")
    )
    whole = forms.BooleanField(
        label=gettext_lazy("文件是完整的权力清单，文件里没有的条目删去"), required=False, initial=True
    )


class PowerLinkForm(forms.Form):
    """Which item in force carries a power."""

    item_code = forms.ChoiceField(label=gettext_lazy("对应的事项"), required=False)

    def __init__(self, *args: Any, items: Iterable[InspectionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(item.code, f"{item.code} {item.title}") for item in items]
        self.fields["item_code"].choices = [("", _("不指定，按编码自动对应")), *named]  # type: ignore[attr-defined]
