"""What is typed and chosen for the two registers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector, Risk, Subject
from mingcha.domain.registers.rules import columns_of
from mingcha.kit.tabular import LIMITS

EVERY = ("", gettext_lazy("全部"))
YES_NO = (EVERY, ("1", gettext_lazy("是")), ("0", gettext_lazy("否")))


class SubjectFilter(forms.Form):
    """Every field may stay empty."""

    q = forms.CharField(label=gettext_lazy("名称或代码"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[EVERY, *Subject._meta.get_field("state").flatchoices]
    )
    risk = forms.ChoiceField(label=gettext_lazy("信用风险"), required=False, choices=[EVERY, *Risk.choices])
    foreign = forms.ChoiceField(label=gettext_lazy("涉外"), required=False, choices=YES_NO)
    area = forms.CharField(label=gettext_lazy("片区代码"), required=False, max_length=64)


class InspectorFilter(forms.Form):
    """Every field may stay empty."""

    q = forms.CharField(label=gettext_lazy("姓名或编号"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[EVERY, *Inspector._meta.get_field("state").flatchoices]
    )


class UploadForm(forms.Form):
    """A file of rows."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("XLSX、XLS、CSV 或 CSV.GZ，不超过 200 MB；编码和表头行自动识别"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("没有选择文件")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.gz"}),
    )

    def clean_file(self) -> UploadedFile:
        """Say so before anything of a file that is too large is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.size:
            raise ValidationError(_("文件超过 %d MB，分成几个文件导入") % (LIMITS.size // 2**20))
        return file


class FileForm(UploadForm):
    """A register's file, to be read; nothing is in the register until it is merged."""

    kind = forms.ChoiceField(label=gettext_lazy("名录"), choices=BatchKind.choices)
    department = forms.ModelChoiceField(
        label=gettext_lazy("导入的部门"),
        queryset=Department.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("检查对象进入这个部门所在区划的名录；人员没写部门的算这个部门"),
    )
    field_order = ("kind", "department", "file")

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field


class ColumnsForm(UploadForm):
    """Which heading of a file fills which column of the register, and the file once more: it was not kept."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {f"column_{column.key}": column for column in columns_of(batch.kind)}
        self.headings = list(dict.fromkeys(entry["heading"] for entry in batch.headings))
        found = {entry["field"]: entry["heading"] for entry in batch.headings if entry["field"]}
        choices = [(heading, heading) for heading in self.headings]
        for name, column in self.columns.items():
            self.fields[name] = forms.ChoiceField(
                label=_("%s（必填）") % column.label if column.required else str(column.label),
                choices=[("", _("选一列") if column.required else _("没有这一列")), *choices],
                required=column.required,
                initial=found.get(str(column.label), ""),
                error_messages={"required": _("没有指定，选它是文件里的哪一列")},
            )
        self.order_fields([*self.columns, "file"])

    def clean(self) -> dict[str, Any]:
        """One heading fills one column."""
        taken: dict[str, StrOrPromise] = {}
        for name, column in self.columns.items():
            heading = self.cleaned_data.get(name)
            if heading in taken:
                self.add_error(
                    name, _("“%(heading)s”已经指定给%(column)s") % {"heading": heading, "column": taken[heading]}
                )
            elif heading:
                taken[heading] = column.label
        return self.cleaned_data

    def chosen(self) -> dict[str, str]:
        """Every heading with the field it fills; an empty one is not imported, whatever its name."""
        fills = {self.cleaned_data[name]: column.key for name, column in self.columns.items()}
        return {heading: fills.get(heading, "") for heading in self.headings}


class ReasonForm(forms.Form):
    """Why a state is changed."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("记入经过，不公开"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("没有写理由，补上后再提交")},
    )


class ConfirmForm(forms.Form):
    """Signing for a register: what was seen of it, and a word if there is one to say."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    remark = forms.CharField(
        label=gettext_lazy("说明（可不填）"),
        help_text=gettext_lazy("例如数据从哪里更新、更新到哪一天"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
