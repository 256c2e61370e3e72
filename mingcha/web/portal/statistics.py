"""How many subjects there are of what kind, in which industry, where, in which state: numbers, no names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import Category, Inspector, Subject
from mingcha.domain.registers.rules.industries import section_of, sections

KEPT = "portal-register-statistics"
SECONDS = 600  # counting millions takes seconds, and a register does not change that fast
MOST_AREAS = 30
DRAWABLE = ("OPEN", "STALE")
WIDTH = 400


@dataclass(frozen=True)
class Bar:
    """One line of a table, and the length of its bar in the drawing."""

    label: str
    count: int
    share: float
    length: int


@dataclass(frozen=True)
class Chart:
    """A question, its answer as a drawing and as a table."""

    title: str
    heading: str
    bars: list[Bar]


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """The four tables, as of a moment that stands beside them."""
    kept: tuple[datetime, list[Chart]] | None = cache.get(KEPT)
    if kept is None:
        kept = timezone.now(), _charts()
        cache.set(KEPT, kept, SECONDS)
    return render(request, "portal/statistics.html", {"counted_at": kept[0], "charts": kept[1]})


def _charts() -> list[Chart]:
    """Kind, industry and area of those that may be drawn; the state of all but the entries made by mistake."""
    present = Subject.objects.filter(state__in=DRAWABLE).order_by()
    states = dict(Subject._meta.get_field("state").flatchoices)
    divisions = present.annotate(division=Substr("industry", 1, 2))
    people = Inspector.objects.filter(state="ACTIVE").order_by()
    return [
        _chart(_("按主体大类"), _("大类"), _counted(present, "category"), dict(Category.choices)),
        _chart(_("按行业门类"), _("行业"), _by_section(_counted(divisions, "division")), sections()),
        _chart(_("按片区"), _("片区"), _largest(_counted(present, "area")), {"": _("未填片区")}),
        _chart(_("按状态"), _("状态"), _counted(Subject.objects.order_by().exclude(state="VOID"), "state"), states),
        _chart(_("执法检查人员，按单位"), _("单位"), _counted(people, "department__name"), {}),
    ]


def _counted(rows: QuerySet[Subject] | QuerySet[Inspector], field: str) -> dict[str, int]:
    return {str(value): count for value, count in rows.values_list(field).annotate(Count("pk"))}


def _by_section(counted: dict[str, int]) -> dict[str, int]:
    """By the sections of the standard; what names none of them is said as such."""
    found: dict[str, int] = {}
    for start, count in counted.items():
        section = section_of(start) or _("未填或未编码")
        found[section] = found.get(section, 0) + count
    return found


def _largest(counted: dict[str, int]) -> dict[str, int]:
    """The largest by name, the rest in one line."""
    largest = sorted(counted, key=lambda value: -counted[value])[:MOST_AREAS]
    rest = sum(counted.values()) - sum(counted[value] for value in largest)
    return {value: counted[value] for value in largest} | ({_("其余片区"): rest} if rest else {})


def _chart(title: str, heading: str, counted: dict[str, int], labels: Mapping[str, StrOrPromise]) -> Chart:
    total, most = sum(counted.values()), max(counted.values(), default=1)
    order: Iterable[str] = sorted(counted, key=lambda value: -counted[value])
    bars = [
        Bar(str(labels.get(value, value)), counted[value], counted[value] / total, round(WIDTH * counted[value] / most))
        for value in order
    ]
    return Chart(title, heading, bars)
