"""What is typed on the phone."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.inspections.models import Answer, Result, SubjectOutcome
from mingcha.domain.inspections.queries import Line, Section
from mingcha.domain.inspections.rules import MAX_BYTES

CAMERA = forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"})


class LineFields(NamedTuple):
    """A checkpoint and its three fields."""

    line: Line
    value: BoundField
    note: BoundField
    photo: BoundField


class SectionForm(forms.Form):
    """The checkpoints of one item. What is left open is simply not saved yet."""

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for line in section.lines:
            pk, text = line.checkpoint.pk, line.checkpoint.text
            self.fields[f"value-{pk}"] = forms.ChoiceField(
                label=text,
                choices=Answer.Value.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=line.value,
            )
            self.fields[f"note-{pk}"] = forms.CharField(
                label=_("“%s”的说明") % text, max_length=500, required=False, initial=line.note
            )
            self.fields[f"photo-{pk}"] = forms.FileField(label=_("“%s”的照片") % text, required=False, widget=CAMERA)

    def lines(self) -> Iterator[LineFields]:
        """For the template: each checkpoint with its fields."""
        for line in self.section.lines:
            pk = line.checkpoint.pk
            yield LineFields(line, self[f"value-{pk}"], self[f"note-{pk}"], self[f"photo-{pk}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for line in self.section.lines:
            pk = line.checkpoint.pk
            if cleaned.get(f"note-{pk}") and not cleaned.get(f"value-{pk}"):
                self.add_error(f"note-{pk}", _("写了说明，还要选符合、不符合或不适用"))
        return cleaned

    def answers(self) -> dict[int, tuple[str, str]]:
        """What was answered, by checkpoint."""
        given = self.cleaned_data
        keys = [line.checkpoint.pk for line in self.section.lines]
        return {pk: (given[f"value-{pk}"], given[f"note-{pk}"]) for pk in keys if given[f"value-{pk}"]}

    def photos(self) -> dict[int, tuple[str, bytes]]:
        """What was photographed, by checkpoint; one byte more than allowed is enough to refuse."""
        given = self.cleaned_data
        keys = [line.checkpoint.pk for line in self.section.lines]
        sent = {pk: given[f"photo-{pk}"] for pk in keys if given[f"photo-{pk}"]}
        return {pk: (upload.name, upload.read(MAX_BYTES + 1)) for pk, upload in sent.items()}


class SignForm(forms.Form):
    """The inspected unit's part of the record."""

    subject_outcome = forms.ChoiceField(
        label=gettext_lazy("被检查单位"), choices=SubjectOutcome.choices, widget=forms.RadioSelect
    )
    subject_signed = forms.CharField(label=gettext_lazy("签字人姓名"), max_length=60, required=False)
    subject_opinion = forms.CharField(
        label=gettext_lazy("意见"),
        help_text=gettext_lazy("没有签字的，写明原因和在场情况"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindingFields(NamedTuple):
    """An item and its two fields."""

    section: Section
    result: BoundField
    problem: BoundField


class ResultForm(forms.Form):
    """The result of every item."""

    def __init__(self, *args: Any, sections: list[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        for section in sections:
            finding = section.finding
            self.fields[f"result-{finding.pk}"] = forms.ChoiceField(
                label=_("检查结果：%s") % finding.item.title,
                choices=[("", _("选择结果")), *Result.choices],
                initial=finding.result,
            )
            self.fields[f"problem-{finding.pk}"] = forms.CharField(
                label=_("发现的问题：%s") % finding.item.title,
                max_length=1000,
                required=False,
                initial=finding.problem,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def items(self) -> Iterator[FindingFields]:
        """For the template: each item with its fields."""
        for section in self.sections:
            pk = section.finding.pk
            yield FindingFields(section, self[f"result-{pk}"], self[f"problem-{pk}"])

    def results(self) -> dict[int, tuple[str, str]]:
        """Result and problem by finding."""
        given = self.cleaned_data
        keys = [section.finding.pk for section in self.sections]
        return {pk: (given[f"result-{pk}"], given[f"problem-{pk}"]) for pk in keys}
