"""A file that is put beside a draw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models import ExhibitKind

FORMATS = ".jpg,.jpeg,.png,.webp,.pdf,.mp4,.m4v,.mov,.webm,.m4a,.mp3,.wav"


class ExhibitForm(forms.Form):
    """What it is, what it shows, and the file; the domain says what may be taken."""

    kind = forms.ChoiceField(label=_("类别"), choices=ExhibitKind.choices)
    words = forms.CharField(
        label=_("说明"),
        max_length=200,
        help_text=_("一句话写清是什么，例如 第二组 4 颗骰子。会公开，不写人名。"),
        error_messages={"required": _("没有写说明，用一句话写清这份附件是什么")},
    )
    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        help_text=_("照片 20 MB、PDF 50 MB、录音录像 2 GB 以内。上传后不能修改、不能删除。"),
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        error_messages={"required": _("没有选文件，选好再上传")},
    )
