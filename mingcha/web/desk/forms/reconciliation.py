"""What is chosen and written when two lists are compared."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import Verdict
from mingcha.domain.catalogue.rules.reconciliation_verdicts import LONGEST_REASON
from mingcha.domain.organisation.models import Department
from mingcha.web.desk.forms.catalogue import NO_REASON, reason_choices

LARGEST = 20 * 2**20


class OutsideFileForm(forms.Form):
    """An export of the superior system, for one department."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("部门"),
        queryset=Department.objects.none(),
        to_field_name="code",
        help_text=gettext_lazy("只比对机构代码与这个部门一致的行，其余的列出来"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("XLSX、XLS 或 CSV，不超过 20 MB；编码和表头行自动识别"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("没有选择文件")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.gz"}),
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = departments
        if departments.count() == 1:
            self.initial["department"] = departments.first()

    def clean_file(self) -> UploadedFile:
        """Say so before anything of a file that is too large is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("文件超过 %d MB，在上级系统里按部门分开导出") % (LARGEST // 2**20))
        return file


class VerdictForm(forms.Form):
    """Whose word holds, for the differences that are ticked, or for all that the filters show."""

    whole = forms.BooleanField(label=gettext_lazy("处理符合筛选条件的全部差异，不只是勾选的"), required=False)
    verdict = forms.ChoiceField(
        label=gettext_lazy("处理"),
        choices=[
            ("", gettext_lazy("选一种处理")),
            *[choice for choice in Verdict.choices if choice[0] != Verdict.OPEN],
        ],
        error_messages={"required": gettext_lazy("没有选处理，选以哪一边为准")},
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写明根据什么判断，例如文件名称和条款；要请上级系统更正的，理由随清单一起送去"),
        error_messages={"required": gettext_lazy("没有写理由，写明为什么这样处理")},
    )


class DraftForm(forms.Form):
    """Why our list changes, as the rules of the place know reasons."""

    reason = forms.ChoiceField(label=gettext_lazy("调整原因"), error_messages={"required": NO_REASON})
    note = forms.CharField(
        label=gettext_lazy("调整依据"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写进每个改动事项的调整说明，审核和批准的人会看到；以后可以逐项修改"),
        error_messages={"required": gettext_lazy("没有写调整依据，写明根据什么调整")},
    )

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = reason_choices(allowed)
