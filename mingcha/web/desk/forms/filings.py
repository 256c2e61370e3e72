"""What is typed and sent with a filing."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.filings.rules import MAX_MIB, ScanFile
from mingcha.domain.organisation.models import BodyCode, Department

FORMATS = ".pdf,.jpg,.jpeg,.png"


def _scan_field(*, required: bool, label: StrOrPromise) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        allow_empty_file=True,
        help_text=_("PDF、JPG 或 PNG，%d MB 以内。") % MAX_MIB,
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        error_messages={"required": _("没有选文件，选好再上传")},
    )


def scan_in(form: forms.Form) -> ScanFile | None:
    """The file of a form, whole: at most a little more than may be kept."""
    sent = form.cleaned_data.get("scan")
    if sent is None:
        return None
    return ScanFile(sent.read(MAX_MIB * 1024 * 1024 + 1), str(sent.name))


class ScanForm(forms.Form):
    """盖章扫描件."""

    scan = _scan_field(required=True, label=_("盖章扫描件"))


class AnswerForm(forms.Form):
    """备案号; of a body that answers on paper, with the scan of its receipt."""

    number = forms.CharField(
        label=_("备案号"), max_length=60, error_messages={"required": _("缺备案号，按接收机构的登记簿填写")}
    )
    remark = forms.CharField(label=_("说明（可不填）"), max_length=1000, required=False)

    def __init__(self, *args: Any, on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_paper:
            self.fields["scan"] = _scan_field(required=True, label=_("回执扫描件"))


class ReturnForm(forms.Form):
    """Why it goes back."""

    reason = forms.CharField(
        label=_("退回理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("没有写退回理由，写明要补正什么")},
    )


class NilReturnForm(forms.Form):
    """无调整报送: who, with whom, for which year."""

    department = forms.ModelChoiceField(label=_("报备部门"), queryset=Department.objects.none(), to_field_name="code")
    body = forms.ChoiceField(label=_("接收机构"))
    year = forms.IntegerField(label=_("年度"), min_value=2015, max_value=9999)

    def __init__(self, *args: Any, departments: QuerySet[Department], bodies: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a model choice
        named = [(code, BodyCode(code).label) for code in bodies]
        self.fields["body"].choices = named  # type: ignore[attr-defined]  # a choice
        self.initial.setdefault("body", named[0][0] if named else "")
