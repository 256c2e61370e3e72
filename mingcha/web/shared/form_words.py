"""What a form says of a field that is empty or wrong: the place is named by its label, so only the fix is said here."""

from django.core import validators
from django.forms import fields, models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

INTEGER = _("只能填整数，例如 2")
NUMBER = _("只能填数字，例如 3 或 3.5")
DATE = _("日期写成 2020-05-18 这样")
CHOICE = _("从列出的选项里选一个")


def install() -> None:
    """Put our words in the place of Django's, once, for every form."""
    fields.Field.default_error_messages["required"] = _("没有填写")
    fields.IntegerField.default_error_messages["invalid"] = INTEGER
    fields.DecimalField.default_error_messages["invalid"] = NUMBER
    fields.DateField.default_error_messages["invalid"] = DATE
    fields.ChoiceField.default_error_messages["invalid_choice"] = CHOICE
    models.ModelChoiceField.default_error_messages["invalid_choice"] = CHOICE
    fields.FileField.default_error_messages["invalid"] = _("没有收到文件，重新选一次")
    fields.FileField.default_error_messages["empty"] = _("这个文件是空的，换一个")
    validators.MinValueValidator.message = _("不能小于 %(limit_value)s")
    validators.MaxValueValidator.message = _("不能大于 %(limit_value)s")
    validators.MaxLengthValidator.message = ngettext_lazy(
        "最多 %(limit_value)d 个字，现在有 %(show_value)d 个",
        "最多 %(limit_value)d 个字，现在有 %(show_value)d 个",
        "limit_value",
    )
    validators.validate_slug.message = _("只用半角字母、数字、短横线和下划线，例如 high-risk")
