"""What is typed for a violation: its four degrees, the article, the day from which they hold."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import Circumstance, Discretion, Law
from mingcha.web.desk.forms.laws import day_input


class BenchmarkForm(forms.Form):
    """One violation with its degrees; a degree left empty has no benchmark."""

    violation = forms.CharField(label=gettext_lazy("违法行为"), max_length=200)
    law = forms.ModelChoiceField(label=gettext_lazy("处罚依据"), queryset=Law.objects.none())
    article = forms.CharField(label=gettext_lazy("条款"), max_length=60, help_text=gettext_lazy("例如：第四十二条"))
    since = forms.DateField(
        label=gettext_lazy("施行日期"),
        widget=day_input(),
        help_text=gettext_lazy("从这一天起按新的写法裁量，原来的写法停止并保留"),
    )

    def __init__(self, *args: Any, laws: QuerySet[Law], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["law"].queryset = laws  # type: ignore[attr-defined]  # a choice of rows
        for value, label in Circumstance.choices:
            self.fields[f"description_{value.lower()}"] = forms.CharField(
                label=_("%s：情节认定") % label, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"range_{value.lower()}"] = forms.CharField(
                label=_("%s：裁量幅度") % label, required=False, max_length=300
            )

    def content(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        degrees = {
            value: (given[f"description_{value.lower()}"], given[f"range_{value.lower()}"])
            for value in Circumstance.values
        }
        return {name: given[name] for name in ("violation", "law", "article", "since")} | {"degrees": degrees}


class EndForm(forms.Form):
    """The day from which a benchmark no longer holds."""

    on = forms.DateField(
        label=gettext_lazy("停止日期"), widget=day_input(), help_text=gettext_lazy("从这一天起不再适用")
    )


def initial_of(rows: Iterable[Discretion]) -> dict[str, Any]:
    """A violation as it holds now, to be written anew."""
    initial: dict[str, Any] = {}
    for row in rows:
        initial |= {"violation": row.violation, "law": row.law_id, "article": row.article}
        initial |= {f"description_{row.circumstance.lower()}": row.description}
        initial |= {f"range_{row.circumstance.lower()}": row.range_text}
    return initial
