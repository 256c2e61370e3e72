"""What is typed for a rulebook: its name and origin, and each chapter with the settings of its kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from mingcha.domain.catalogue.rules.chapters import SettingField, setting_fields
from mingcha.domain.catalogue.rules.rulebooks import LONGEST_TEXT, LONGEST_TITLE
from mingcha.web.shared.form_words import CHOICE


class RulebookForm(forms.Form):
    """The name of a new edition and the upper rulebook that it is made from."""

    title = forms.CharField(label=_("细则名称"), max_length=LONGEST_TITLE)
    parent = forms.ModelChoiceField(
        label=_("沿用上级细则"),
        queryset=Rulebook.objects.none(),
        required=False,
        empty_label=_("不沿用，或者照上一版"),
        help_text=_("沿用的章节照上级细则，可以逐章改成本部门的内容。"),
    )


class LinesField(forms.CharField):
    """One line an entry; blank lines are nothing."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # lines, where the parent gives one text
        text = str(value or "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        """The rules of the chapter judge the lines."""


def field_for(setting: SettingField) -> forms.Field:
    """The field of a setting by its kind; a draft may leave any of them open."""
    known: dict[str, Any] = {"label": setting.label, "required": False}
    if setting.kind == "choice":
        return forms.ChoiceField(**known, choices=[("", _("还没有确定")), *setting.choices])
    if setting.kind == "choices":
        said = {"invalid_choice": CHOICE}
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(**known, choices=setting.choices, widget=boxes, error_messages=said)
    if setting.kind == "number":
        return forms.IntegerField(**known)
    if setting.kind == "lines":
        return LinesField(**known, help_text=_("一行写一项。"))
    return forms.CharField(**known)


class ChapterForm(forms.Form):
    """The words of a chapter, and one field for each of its settings."""

    text = forms.CharField(
        label=_("内容"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("写给人看的条文；提交前不能空着。"),
    )

    def __init__(self, typed: Any = None, *, chapter: RulebookChapter) -> None:
        super().__init__(typed, initial={"text": chapter.text, **chapter.settings})
        self.names = [setting.name for setting in setting_fields(chapter.code)]
        for setting in setting_fields(chapter.code):
            self.fields[setting.name] = field_for(setting)

    def settings_given(self) -> dict[str, object]:
        """What was typed for the work to read."""
        return {name: self.cleaned_data[name] for name in self.names}
