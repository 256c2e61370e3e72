"""What is typed and chosen for the two registers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, Inspector, Risk, Subject
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


class FileForm(forms.Form):
    """A register's file, to be read; nothing is in the register until it is merged."""

    kind = forms.ChoiceField(label=gettext_lazy("名录"), choices=BatchKind.choices)
    department = forms.ModelChoiceField(
        label=gettext_lazy("导入的部门"),
        queryset=Department.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("检查对象进入这个部门所在区划的名录；人员没写部门的算这个部门"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("XLSX、XLS、CSV 或 CSV.GZ，不超过 200 MB；编码和表头行自动识别"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("没有选择文件")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.gz"}),
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field

    def clean_file(self) -> UploadedFile:
        """Say so before anything of a file that is too large is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.size:
            raise ValidationError(_("文件超过 %d MB，分成几个文件导入") % (LIMITS.size // 2**20))
        return file


class ReasonForm(forms.Form):
    """Why a state is changed."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("记入经过，不公开"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("没有写理由，补上后再提交")},
    )
