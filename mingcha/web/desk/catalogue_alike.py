"""整合相同或相近领域监管事项: departments' items that look alike, side by side, brought together or set apart."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.domain.catalogue.actions import alike as actions
from mingcha.domain.catalogue.models import InspectionItem, JointItem, JointList, SetApart
from mingcha.domain.catalogue.queries import alike as queries
from mingcha.domain.catalogue.queries.alike import ComparedItem, Standing
from mingcha.domain.catalogue.rules.likeness import WEIGHTS, Likeness, likeness_of
from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.kit.errors import Forbidden
from mingcha.web.desk.alike_pairs import Pair, alike_pairs
from mingcha.web.desk.forms.catalogue_alike import ApartForm, TogetherForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
OPEN, JOINT, APART = "open", "joint", "apart"


@dataclass(frozen=True)
class PairShown:
    """A pair with what became of it."""

    alike: Likeness
    apart: SetApart | None
    entries: tuple[JointItem, ...]

    @property
    def state(self) -> str:
        """Dismissed, on joint lists both of them, or to be looked at."""
        if self.apart is not None:
            return APART
        return JOINT if len(self.entries) == len(self.alike.items) else OPEN

    @property
    def is_one_project(self) -> bool:
        return len({(entry.joint_list_id, entry.project) for entry in self.entries}) == 1


@login_required
@require_GET
def alike_list(request: StaffRequest) -> HttpResponse:
    """Every pair of items of two departments of a region that looks alike, with what became of it."""
    require(request.user, Permission.CATALOGUE_READ)
    regions = list(queries.regions_compared_by(request.user))
    region = _region_asked(request, regions)
    standing = queries.standing_in(region) if region is not None else {}
    sector, state = request.GET.get("sector", ""), request.GET.get("state", OPEN)
    by_state = _by_state(region, standing, sector=sector) if region is not None else {}
    page = Paginator(by_state.get(state, []), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pairs": _shown(region, list(page)) if region is not None else [],
        "tabs": [
            (value, label, len(by_state.get(value, [])))
            for value, label in ((OPEN, _("待处理")), (JOINT, _("已列入联查")), (APART, _("不整合")))
        ],
        "state": state,
        "regions": regions,
        "region": region,
        "sectors": sorted({each.sector for each in standing.values() if each.sector}),
        "compared": len(standing),
        "weights": WEIGHTS,
    }
    return render(request, "desk/catalogue/alike_list.html", context)


def _by_state(region: Region, standing: Mapping[int, Standing], *, sector: str) -> dict[str, list[Pair]]:
    """The pairs of a sector (of all without one) by what became of them, the most alike first."""
    apart, entries = queries.set_apart_in(region), queries.joint_entries_in(region)
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in alike_pairs(region):
        one, other = standing.get(pair[0]), standing.get(pair[1])
        # An edition may go out of force between two questions to the database: the next look has neither.
        if one is not None and other is not None and sector in ("", one.sector, other.sector):
            is_apart = bool(apart) and frozenset({one.key, other.key}) in apart
            is_joint = one.key in entries and other.key in entries
            found[APART if is_apart else JOINT if is_joint else OPEN].append(pair)
    return found


def _region_asked(request: StaffRequest, regions: list[Region]) -> Region | None:
    """The one in the address, else the own, else the first."""
    own = request.user.department.region_id if request.user.department is not None else ""
    for wanted in (request.GET.get("region", ""), own):
        found = next((region for region in regions if region.code == wanted), None)
        if found is not None:
            return found
    return regions[0] if regions else None


def _shown(region: Region, pairs: Sequence[Pair]) -> list[PairShown]:
    """The pairs of a page with their reasons, each read anew: only these, not the hundred thousand there may be."""
    whole = _whole(region, {pk for pair in pairs for pk in pair[:2]})
    found = [(whole[one], whole[other]) for one, other, _score in pairs if one in whole and other in whole]
    return _with_fate(region, [likeness_of(*both) for both in found])


def _whole(region: Region, wanted: Collection[int]) -> dict[int, ComparedItem]:
    return {row.item.pk: row for row in queries.items_to_compare(region, only=wanted)}


def _with_fate(region: Region, found: Sequence[Likeness]) -> list[PairShown]:
    apart, entries = queries.set_apart_in(region), queries.joint_entries_in(region)
    return [
        PairShown(alike, apart.get(frozenset(alike.keys)), tuple(entries[key] for key in alike.keys if key in entries))
        for alike in found
    ]


@dataclass(frozen=True)
class Compared:
    """A pair as its page needs it: the two, who may judge, and where they may go."""

    region: Region
    pair: PairShown
    rows: tuple[ComparedItem, ComparedItem]
    seats: list[Department]

    @property
    def items(self) -> tuple[InspectionItem, InspectionItem]:
        return self.pair.alike.items

    @cached_property
    def drafts(self) -> list[JointList]:
        """The joint drafts that this person may put both on."""
        sectors = {item.sector for item in self.items}
        return queries.drafts_of(self.seats, sectors=sectors) if len(sectors) == 1 else []

    @cached_property
    def more(self) -> list[InspectionItem]:
        """Items that may go on a draft with the two; looked for only where there is a draft."""
        return _others(self.region, self.pair.alike)


def _compared(user: User, one: int, other: int) -> Compared:
    """The two items, or 404 where this person may not see the region or the two are not comparable."""
    first = get_object_or_404(InspectionItem.objects.in_force().select_related("item_list__department__region"), pk=one)
    region = get_object_or_404(queries.regions_compared_by(user), pk=first.item_list.department.region_id)
    whole = _whole(region, {one, other})
    if len(whole) <= 1 or len({row.item.item_list.department_id for row in whole.values()}) <= 1:
        raise Http404
    alike = likeness_of(whole[one], whole[other])
    leads = queries.leads_of(region, [item.sector for item in alike.items])
    seats = [lead for lead in leads if lead in set(reach(user, Permission.CATALOGUE_EDIT))]
    ordered = whole[alike.one.pk], whole[alike.other.pk]
    return Compared(region, _with_fate(region, [alike])[0], ordered, seats)


def _others(region: Region, alike: Likeness) -> list[InspectionItem]:
    """Items of the same sector that look like one of the two as well, and were not set apart from it."""
    standing, apart = queries.standing_in(region), queries.set_apart_in(region)
    two = {item.pk for item in alike.items}
    wanted: dict[int, None] = {}  # in order
    for one, other, _score in alike_pairs(region):
        if len({one, other} & two) == 1 and one in standing and other in standing:
            beyond = other if one in two else one
            near = frozenset({standing[one].key, standing[other].key})
            if near not in apart and standing[beyond].sector == alike.one.sector:
                wanted[beyond] = None
    whole = _whole(region, wanted)
    return [whole[pk].item for pk in wanted if pk in whole]


@login_required
@require_GET
def alike_pair(request: StaffRequest, one: int, other: int) -> HttpResponse:
    """Two items side by side: why they look alike, and what to do about it."""
    return _page(request, _compared(request.user, one, other))


@login_required
@require_POST
def alike_apart(request: StaffRequest, one: int, other: int) -> HttpResponse:
    """Dismiss a pair, saying why."""
    compared = _compared(request.user, one, other)
    form = ApartForm(request.POST)
    if form.is_valid():
        if not compared.seats:
            raise Forbidden(_("这两项由监管领域的牵头部门决定是否整合"))
        with refusals_in(form):
            actions.set_apart(
                compared.seats[0], *compared.items, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if not form.errors:
            messages.success(request, _("已记下：这一对不整合，以后不再提示"))
            return redirect("desk:alike_list")
    return _page(request, compared, apart=form)


@login_required
@require_POST
def alike_together(request: StaffRequest, one: int, other: int, joint: int) -> HttpResponse:
    """Put them on a joint draft as one project."""
    compared = _compared(request.user, one, other)
    drafts = JointList.objects.filter(pk__in=[draft.pk for draft in compared.drafts])
    draft = get_object_or_404(drafts.select_related("department__region", "region"), pk=joint)
    form = TogetherForm(request.POST, chosen=compared.items, more=compared.more)
    if form.is_valid():
        with refusals_in(form):
            actions.take_together(
                draft,
                form.chosen_items(),
                project=form.cleaned_data["project"],
                content=form.cleaned_data["content"],
                authorities=form.authorities(),
                by=request.user,
                at=timezone.now(),
            )
        if not form.errors:
            messages.success(request, _("已列入%s，作为一个联查项目") % draft)
            return redirect("desk:joint_detail", draft.pk)
    return _page(request, compared, together=form)


def _page(
    request: StaffRequest,
    compared: Compared,
    *,
    apart: ApartForm | None = None,
    together: TogetherForm | None = None,
) -> HttpResponse:
    failed = bool((apart and apart.errors) or (together and together.errors))
    drafts = compared.drafts
    context = {
        "pair": compared.pair,
        "alike": compared.pair.alike,
        "rows": compared.rows,
        "seats": compared.seats,
        "draft": drafts[0] if drafts else None,
        "one_sector": len({item.sector for item in compared.items}) == 1,
        "apart_form": apart or ApartForm(),
        "together_form": together or (TogetherForm(chosen=compared.items, more=compared.more) if drafts else None),
    }
    return render(request, "desk/catalogue/alike_pair.html", context, status=422 if failed else 200)
