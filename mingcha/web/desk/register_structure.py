"""结构分布 at the desk: how the firms of a place are spread, and what of the registers its rules want by when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import ItemClass, KeySector
from mingcha.domain.organisation.models import Department, Region
from mingcha.domain.policy.rules import label_of
from mingcha.domain.registers.models import Category, Risk
from mingcha.domain.registers.queries import narrowed, registers_visible_to
from mingcha.domain.registers.queries.distribution import (
    Distribution,
    Linked,
    distribution_of,
    linked_by_flags,
    linked_by_key_sector,
    phases_of,
    present_in,
    sector_steps,
)
from mingcha.domain.registers.rules.industries import section_of, sections
from mingcha.web.desk.forms.registers import StructureFilter
from mingcha.web.desk.register_links import department_page
from mingcha.web.desk.staff import StaffRequest

KEPT, SECONDS = "desk-register-structure", 600  # counting millions takes seconds
WIDTH = 400  # of a bar
MOST_AREAS = 20
AGES: Mapping[str, StrOrPromise] = {
    "0": gettext_lazy("不满 1 年"),
    "1": gettext_lazy("1 至 2 年"),
    "3": gettext_lazy("3 至 4 年"),
    "5": gettext_lazy("5 至 9 年"),
    "10": gettext_lazy("10 年以上"),
    "": gettext_lazy("未填成立日期"),
}
FLAGS: Mapping[str, StrOrPromise] = {
    "MARKET": gettext_lazy("市场监管领域检查事项"),
    "REST": gettext_lazy("其他领域检查事项"),
    ItemClass.GENERAL: gettext_lazy("一般检查事项"),
    ItemClass.KEY: gettext_lazy("重点检查事项"),
}


@dataclass(frozen=True)
class Bar:
    """One line of a table and its drawing; `address` opens the firms where the list can be narrowed to them."""

    label: str
    count: int
    share: float
    length: int
    address: str = ""


@dataclass(frozen=True)
class Chart:
    """A question, its answer as a drawing and in figures beside it."""

    title: str
    heading: str
    bars: list[Bar]


@dataclass(frozen=True)
class Picture:
    """Everything that is counted, as of a moment."""

    at: datetime
    total: int
    charts: list[Chart]
    cross: list[tuple[str, list[int], int]]
    key_sectors: list[tuple[str, Linked]]
    flags: list[tuple[str, Linked]]


@login_required
@require_GET
def structure(request: StaffRequest) -> HttpResponse:
    """The distribution of a department's place, narrowed by the filters in the address."""
    department, context = department_page(request)
    search = StructureFilter(request.GET, registers=registers_visible_to(request.user))
    today, region = timezone.localdate(), department.region
    key = f"{KEPT}:{region.pk}:{today}:{search.as_query()}:{request.user.pk if search.text('register') else 0}"
    picture: Picture | None = cache.get(key)
    if picture is None:
        picture = _picture(region, search, department=department, on=today)
        cache.set(key, picture, SECONDS)
    phases = phases_of(region, on=today)
    context |= {
        "search": search,
        "picture": picture,
        "risks": [*(label for _key, label in Risk.choices), _("未分类")],
        "key_clause": phases.pop("key_sectors", None),
        "steps": sector_steps(region, phases.pop("sectors", None)),
        "phases": [(label_of(key), clause) for key, clause in phases.items()],
        "today": today,
    }
    return render(request, "desk/registers/structure.html", context)


def _picture(region: Region, search: StructureFilter, *, department: Department, on: date) -> Picture:
    rows = narrowed(present_in(region), search.wanted(), departments=[department], on=on)
    found = distribution_of(rows, on=on)
    return Picture(
        at=timezone.now(),
        total=found.total,
        charts=_charts(found, search.as_query()),
        cross=_cross(found),
        key_sectors=_linked(linked_by_key_sector(region, rows), dict(KeySector.choices)),
        flags=_linked(linked_by_flags(region, rows), FLAGS),
    )


def _linked(counted: list[Linked], labels: Mapping[str, StrOrPromise]) -> list[tuple[str, Linked]]:
    return [(str(labels[one.key]), one) for one in counted]


def _charts(found: Distribution, query: str) -> list[Chart]:
    def opens(field: str) -> Callable[[str], str]:
        """The list of firms narrowed to one line; what is empty there narrows nothing, so it opens nothing."""
        listed = reverse("desk:register_list")
        return lambda key: f"{listed}?{query}{'&' if query else ''}{urlencode({field: key})}" if key else ""

    names = dict(Region.objects.filter(pk__in=list(found.regions)).values_list("pk", "name"))
    by_section: dict[str, int] = {}
    for division, number in found.divisions.items():
        section = section_of(division)
        by_section[section] = by_section.get(section, 0) + number
    unfilled = {"": _("未填或未编码")}
    return [
        _chart(_("按主体大类"), _("大类"), found.categories, dict(Category.choices), opens("category")),
        _chart(_("按信用风险类别"), _("类别"), found.risks, {**dict(Risk.choices), "": _("未分类")}, opens("risk")),
        _chart(_("按行业门类"), _("行业"), by_section, {**sections(), **unfilled}),
        _chart(_("按区划"), _("区划"), found.regions, names),
        _chart(_("按片区"), _("片区"), _largest(found.areas), {"": _("未填片区")}, opens("area"), ordered=False),
        _chart(_("按成立年限"), _("年限"), {key: found.ages.get(key, 0) for key in AGES}, AGES, ordered=False),
    ]


def _largest(counted: Mapping[str, int]) -> Mapping[str, int]:
    largest = sorted(counted, key=lambda key: -counted[key])[:MOST_AREAS]
    rest = sum(counted.values()) - sum(counted[key] for key in largest)
    return {key: counted[key] for key in largest} | ({_("其余片区"): rest} if rest else {})


def _chart(
    title: str,
    heading: str,
    counted: Mapping[str, int],
    labels: Mapping[str, StrOrPromise],
    address: Callable[[str], str] = lambda key: "",
    *,
    ordered: bool = True,
) -> Chart:
    total, most = sum(counted.values()), max(counted.values(), default=0)
    keys = sorted(counted, key=lambda key: -counted[key]) if ordered else list(counted)
    bars = [
        Bar(
            str(labels.get(key, key)),
            counted[key],
            counted[key] / total,
            round(WIDTH * counted[key] / most),
            address(key) if key != _("其余片区") else "",
        )
        for key in (keys if total else ())
    ]
    return Chart(title, heading, bars)


def _cross(found: Distribution) -> list[tuple[str, list[int], int]]:
    """Kind by risk: what the strata of a campaign are made of."""
    risks = [*Risk.values, ""]
    return [
        (str(label), [found.both.get((kind, risk), 0) for risk in risks], found.categories[kind])
        for kind, label in Category.choices
        if found.categories.get(kind)
    ]
