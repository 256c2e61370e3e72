"""试算: what the ratios and frequencies of a list mean for the firms of the place, before anything is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.queries import clause_in_force, items_in_force
from mingcha.domain.catalogue.rules.joint import ItemKey, key_of
from mingcha.domain.catalogue.rules.simulation import (
    MOST_YEARS,
    Groups,
    ItemLoad,
    Outcome,
    drawn_at_random,
    loads_of,
    outcome_of,
)
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.registers.queries import certified_inspectors
from mingcha.domain.registers.queries.coverage import firms_by_items, items_without_links
from mingcha.web.desk.catalogue_lists import edition_seen
from mingcha.web.desk.staff import StaffRequest

USUAL_YEARS = 3
RATIO, FREQUENCY = "r-", "f-"
Tried = dict[ItemKey, tuple[str, str]]


@dataclass(frozen=True)
class RowShown:
    """One item of the list: as it stands, and as it is tried."""

    now: ItemLoad
    then: ItemLoad
    ratio: str
    frequency: str
    is_tried: bool

    @property
    def amend(self) -> str:
        """The page that saves what was tried."""
        said = urlencode({"ratio_text": self.ratio, "frequency_text": self.frequency})
        return f"{reverse('desk:item_amend', args=[self.now.item.pk])}?{said}"


@login_required
@require_http_methods(["GET", "POST"])
def list_simulate(request: StaffRequest, pk: int) -> HttpResponse:
    """Visits a firm, firms never visited, load on inspectors: as the list stands, and with other words tried."""
    edition = edition_seen(request.user, pk)
    own, set_aside = drawn_at_random(edition.items.select_related("item_list__department").order_by("code"))
    # Nothing is kept: what is tried lives in the page. Not in the address: a hundred items make one too long to follow.
    said = request.POST if request.method == "POST" else request.GET
    others = _others(edition) if said.get("all") else []
    tried, years = _tried(own, said), _years(said)
    keys = [key_of(item) for item in (*own, *others)]
    groups, free = firms_by_items(edition.department.region, keys), items_without_links(keys)
    now = _outcome([*own, *others], groups, free, years=years)
    then = _outcome([*own, *others], groups, free, years=years, tried=tried) if tried else None
    context = {
        "list": edition,
        "rows": _rows(own, now, then or now, tried),
        "set_aside": set_aside,
        "others": len(others),
        "with_others": bool(said.get("all")),
        "unread": [load for load in (then or now).items if load.unread],
        "now": now,
        "then": then,
        "classes": _classes(now, then),
        "years": years,
        "may_edit": edition.is_draft and may(request.user, Permission.CATALOGUE_EDIT, within=edition.department),
        **_people(edition, own, now, then),
    }
    return render(request, "desk/catalogue/list_simulate.html", context)


def _others(edition: ItemList) -> list[InspectionItem]:
    """What the other departments of the place draw for."""
    items = items_in_force().filter(item_list__department__region=edition.department.region)
    return drawn_at_random(items.exclude(item_list__department=edition.department))[0]


def _tried(own: list[InspectionItem], said: QueryDict) -> Tried:
    """The items for which the form, or the address, has other words than the list."""
    tried: Tried = {}
    for item in own:
        words = (
            said.get(f"{RATIO}{item.code}", item.ratio_text).strip()[:60],
            said.get(f"{FREQUENCY}{item.code}", item.frequency_text).strip()[:60],
        )
        if words != (item.ratio_text.strip(), item.frequency_text.strip()):
            tried[key_of(item)] = words
    return tried


def _years(said: QueryDict) -> int:
    asked = said.get("years", "")[:4]
    return min(max(int(asked), 1), MOST_YEARS) if asked.isdecimal() else USUAL_YEARS


def _outcome(
    items: list[InspectionItem], groups: Groups, free: set[ItemKey], *, years: int, tried: Tried | None = None
) -> Outcome:
    return outcome_of(loads_of(items, groups, for_everybody=free, tried=tried), groups, years=years)


def _rows(own: list[InspectionItem], now: Outcome, then: Outcome, tried: Tried) -> list[RowShown]:
    return [
        RowShown(
            now.items[place],
            then.items[place],
            *tried.get(key_of(item), (item.ratio_text, item.frequency_text)),
            is_tried=key_of(item) in tried,
        )
        for place, item in enumerate(own)
    ]


def _classes(now: Outcome, then: Outcome | None) -> list[tuple[str, float, float, float | None, float | None]]:
    """The chart and its table: the class, expected firms and their share, as it stands and as it is tried."""
    words = (_("0 次"), _("1 次"), _("2 次"), _("3 次以上"))
    after = zip(then.classes, then.shares, strict=True) if then else [(None, None)] * len(words)
    before = zip(now.classes, now.shares, strict=True)
    return [(word, *one, *two) for word, one, two in zip(words, before, after, strict=True)]


def _people(edition: ItemList, own: list[InspectionItem], now: Outcome, then: Outcome | None) -> Mapping[str, object]:
    """Who is there to do it: inspectors certified today, and how often each of them goes out for the own items."""
    today = timezone.localdate()
    number = certified_inspectors([edition.department], on=today, until=today).count()
    clause = clause_in_force(edition.department, "min_inspectors", on=today)
    own_visits = [
        sum(load.visits for load in outcome.items[: len(own)]) if outcome else None for outcome in (now, then)
    ]
    each = [
        visits * clause.number / number if visits is not None and clause is not None and number else None
        for visits in own_visits
    ]
    return {"inspectors": number, "a_visit": clause, "own_visits": own_visits, "each": each}
