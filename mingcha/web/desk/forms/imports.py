"""What is chosen for an import: the file or a pasted block, its sheet and heading row, its columns."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, ImportBatch
from mingcha.domain.registers.rules import columns_of
from mingcha.kit.tabular import LIMITS

LAST_ROW = 1_000


class FileForm(forms.Form):
    """A register's file, or rows copied from a worksheet; nothing is in the register until it is merged."""

    kind = forms.ChoiceField(label=gettext_lazy("名录"), choices=BatchKind.choices)
    department = forms.ModelChoiceField(
        label=gettext_lazy("导入的部门"),
        queryset=Department.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("检查对象进入这个部门所在区划的名录；人员没写部门的算这个部门"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        required=False,
        help_text=gettext_lazy("XLSX、XLS、CSV 或 CSV.GZ，不超过 200 MB；编码、工作表和表头行自动识别"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.gz"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("或者粘贴"),
        required=False,
        strip=False,
        help_text=gettext_lazy("在 Excel 里选中表头和数据，复制，粘贴到这里"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field

    def clean_file(self) -> UploadedFile | None:
        """Say so before anything of a file that is too large is read."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LIMITS.size:
            raise ValidationError(_("文件超过 %d MB，分成几个文件导入") % (LIMITS.size // 2**20))
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        file, pasted = self.cleaned_data.get("file"), self.cleaned_data.get("pasted", "").strip()
        if "file" in self.cleaned_data and file is None and not pasted:
            self.add_error("file", _("没有选择文件，也没有粘贴内容"))
        if file is not None and pasted:
            self.add_error("pasted", _("已经选了文件；清空这里，或者不选文件"))
        return self.cleaned_data

    def chosen(self) -> "tuple[File[Any], str]":
        """The file and what it is called."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None:
            return file, file.name or ""
        return ContentFile(self.cleaned_data["pasted"].encode()), _("粘贴的内容")


class SheetForm(forms.Form):
    """Another sheet, another heading row."""

    heading_row = forms.IntegerField(
        label=gettext_lazy("表头在第几行"),
        min_value=0,
        max_value=LAST_ROW,
        help_text=gettext_lazy("没有表头、第一行就是数据时填 0"),
    )

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        kwargs["initial"] = {"heading_row": batch.heading_row, "sheet": batch.sheet}
        super().__init__(*args, **kwargs)
        if len(batch.sheets) > 1:
            choices = [(sheet, sheet) for sheet in batch.sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("工作表"), choices=choices)
            self.order_fields(["sheet", "heading_row"])

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"sheet": self.cleaned_data.get("sheet"), "heading_row": self.cleaned_data["heading_row"]}


class ColumnsForm(forms.Form):
    """Which heading of a file fills which column of the register."""

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
