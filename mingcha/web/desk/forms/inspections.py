"""What is typed about inspections."""

from django import forms
from django.utils.translation import gettext_lazy


class ReturnForm(forms.Form):
    """Why a result goes back to who entered it."""

    remark = forms.CharField(
        label=gettext_lazy("退回意见"),
        help_text=gettext_lazy("写明哪个事项、怎么改，录入人会看到"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
