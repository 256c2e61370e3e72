"""What is typed for rules and for the working-day calendar."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST_FILE = 512 * 1024
OFF, WORKED = "0", "1"
NOTICE = gettext_lazy("放假安排的文号，例如：国办发明电〔2025〕7号")


class ProfileForm(forms.Form):
    """A profile as a file or as pasted text; `confirmed` comes from the second page."""

    file = forms.FileField(
        label=gettext_lazy("规则文件（.toml）"), required=False, help_text=gettext_lazy("选文件，或在下面粘贴全文")
    )
    text = forms.CharField(
        label=gettext_lazy("全文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=gettext_lazy("每个数都要带原文（quote）和条次（clause），缺一条整份不能启用"),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """The file as text; profiles are small."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(_("文件超过 512 KB，核对是不是选错了文件"))
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError as fault:
            raise ValidationError(_("文件不是 UTF-8 编码的文本，另存为 UTF-8 后再选")) from fault

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        text = given.get("file") or given.get("text", "")
        if not text.strip() and not self.errors:
            self.add_error("text", _("选一个规则文件，或粘贴全文"))
        # A browser sends line ends of its own; the digest is of the file's.
        return {**given, "text": text.replace("\r\n", "\n")}


class CalendarForm(forms.Form):
    """A holiday with its first and last day, or one weekend day that is worked."""

    is_workday = forms.ChoiceField(
        label=gettext_lazy("放假还是上班"),
        choices=[(OFF, gettext_lazy("放假")), (WORKED, gettext_lazy("调休上班（周六、周日）"))],
    )
    on = forms.DateField(
        label=gettext_lazy("第一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("最后一天"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("只有一天就留空；中间的周末不用单独录"),
    )
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：春节、春节调休上班")
    )
    source = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=NOTICE,
    )

    def content(self) -> dict[str, Any]:
        """The entry, as the action takes it."""
        return {**self.cleaned_data, "is_workday": self.cleaned_data["is_workday"] == WORKED}


class YearForm(forms.Form):
    """Which notice settles a year."""

    source = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=NOTICE,
    )
