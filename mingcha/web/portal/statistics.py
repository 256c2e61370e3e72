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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import Category, Inspector, Subject

KEPT = "portal-register-statistics"
SECONDS = 600  # counting millions takes seconds, and a register does not change that fast
MOST_AREAS = 30
DRAWABLE = ("OPEN", "STALE")
WIDTH = 400

# GB/T 4754-2017, by the letter of the section.
INDUSTRIES = {
    "A": gettext_lazy("农、林、牧、渔业"),
    "B": gettext_lazy("采矿业"),
    "C": gettext_lazy("制造业"),
    "D": gettext_lazy("电力、热力、燃气及水生产和供应业"),
    "E": gettext_lazy("建筑业"),
    "F": gettext_lazy("批发和零售业"),
    "G": gettext_lazy("交通运输、仓储和邮政业"),
    "H": gettext_lazy("住宿和餐饮业"),
    "I": gettext_lazy("信息传输、软件和信息技术服务业"),
    "J": gettext_lazy("金融业"),
    "K": gettext_lazy("房地产业"),
    "L": gettext_lazy("租赁和商务服务业"),
    "M": gettext_lazy("科学研究和技术服务业"),
    "N": gettext_lazy("水利、环境和公共设施管理业"),
    "O": gettext_lazy("居民服务、修理和其他服务业"),
    "P": gettext_lazy("教育"),
    "Q": gettext_lazy("卫生和社会工作"),
    "R": gettext_lazy("文化、体育和娱乐业"),
    "S": gettext_lazy("公共管理、社会保障和社会组织"),
    "T": gettext_lazy("国际组织"),
}

# The last division of each section: a register keeps the four digits of a class, not the letter.
DIVISION = 2  # digits of a GB/T 4754 division, which lies in one section
SECTION_ENDS = {
    "A": 5,
    "B": 12,
    "C": 43,
    "D": 46,
    "E": 50,
    "F": 52,
    "G": 60,
    "H": 62,
    "I": 65,
    "J": 69,
    "K": 70,
    "L": 72,
    "M": 75,
    "N": 79,
    "O": 82,
    "P": 83,
    "Q": 85,
    "R": 90,
    "S": 96,
    "T": 97,
}


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
        _chart(_("按行业门类"), _("行业"), _by_section(_counted(divisions, "division")), INDUSTRIES),
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


def section_of(start: str) -> str:
    """The section of an industry by how it begins: the letter itself, or the two digits of a division."""
    if start[:1] in INDUSTRIES:
        return start[:1]
    if not (len(start) == DIVISION and start.isascii() and start.isdecimal()) or start == "00":
        return ""
    return next((letter for letter, last in SECTION_ENDS.items() if int(start) <= last), "")


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
