"""法律法规库: which laws there are, what rests on them, and the page on which one is repealed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions import laws as actions
from mingcha.domain.catalogue.models import Freeze, InspectionItem, ItemBasis, Law, LawLevel
from mingcha.domain.catalogue.queries import items_visible_to
from mingcha.domain.catalogue.queries import laws as queries
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.domain.plans.queries.listing import open_campaigns_using
from mingcha.web.desk.forms.laws import BasisForm, LawForm, RepealForm, ThawForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
STANDINGS = (
    ("holding", gettext_lazy("没有废止")),
    ("ending", gettext_lazy("已定废止日期")),
    ("ended", gettext_lazy("已废止")),
)


@login_required
@require_GET
def law_list(request: StaffRequest) -> HttpResponse:
    """The register, with how many items of the own departments rest on each law."""
    require(request.user, Permission.CATALOGUE_READ)
    own = Q(bases__item__item_list__in=_editions_in_force(request))
    laws = _chosen(request).annotate(items=Count("bases__item", filter=own, distinct=True))
    context = {
        "page": Paginator(laws.order_by("level", "title", "-effective_on"), A_PAGE).get_page(request.GET.get("page")),
        "levels": LawLevel.choices,
        "standings": STANDINGS,
        "today": timezone.localdate(),
        "filtered": any(request.GET.get(name) for name in ("q", "level", "state")),
        "may_keep": may(request.user, Permission.LAW_KEEP),
        "frozen": queries.freezes_visible_to(request.user).filter(lifted_at=None).count(),
    }
    return render(request, "desk/laws/law_list.html", context)


def _editions_in_force(request: StaffRequest) -> QuerySet[InspectionItem, Any]:
    return items_visible_to(request.user).filter(item_list__state="IN_FORCE").order_by().values("item_list")


def _chosen(request: StaffRequest) -> QuerySet[Law]:
    laws, today = queries.laws_visible_to(request.user), timezone.localdate()
    text, level = request.GET.get("q", "").strip(), request.GET.get("level", "")
    if text:
        laws = laws.filter(Q(title__icontains=text) | Q(document_no__icontains=text))
    if level:
        laws = laws.filter(level=level)
    standing = {
        "holding": Q(repealed_on=None),
        "ending": Q(repealed_on__gt=today),
        "ended": Q(repealed_on__lte=today),
    }.get(request.GET.get("state", ""))
    return laws.filter(standing) if standing is not None else laws


@login_required
@require_GET
def law_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One law: what rests on it, which open campaigns use that, what became of it."""
    law = get_object_or_404(queries.laws_visible_to(request.user), pk=pk)
    items = _dependents_seen(request, law)
    context = {
        "law": law,
        "holds": law.holds_on(timezone.localdate()),
        "items": _with_articles(law, items),
        "campaigns": _campaigns_seen(request, items),
        "freezes": queries.freezes_visible_to(request.user).filter(law=law),
        "trail": trail_of(law),
        "may_keep": may(request.user, Permission.LAW_KEEP),
        "unused": queries.uses_of(law) == 0,
    }
    return render(request, "desk/laws/law_detail.html", context)


def _dependents_seen(request: StaffRequest, law: Law) -> list[InspectionItem]:
    places = reach(request.user, Permission.CATALOGUE_READ)
    return list(queries.dependents_of(law).filter(item_list__department__in=places))


def _campaigns_seen(request: StaffRequest, items: list[InspectionItem]) -> QuerySet[Campaign]:
    return campaigns_visible_to(request.user).filter(pk__in=open_campaigns_using(items).order_by().values("pk"))


def _with_articles(law: Law, items: list[InspectionItem]) -> list[tuple[InspectionItem, str, bool]]:
    """Each item with its articles of this law, and whether it is frozen."""
    articles: dict[int, list[str]] = {}
    for basis in ItemBasis.objects.filter(law=law, item__in=[item.pk for item in items]):
        articles.setdefault(basis.item_id, []).append(basis.article)
    frozen = set(queries.freezes_among(items).values_list("item", flat=True))
    return [(item, "、".join(articles.get(item.pk, [])), item.pk in frozen) for item in items]


@login_required
@require_http_methods(["GET", "POST"])
def law_enter(request: StaffRequest) -> HttpResponse:
    """A law that is not in the register yet."""
    require(request.user, Permission.LAW_KEEP)
    form = LawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            law = actions.enter_law(**form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:law_detail", law.pk)
    return render(request, "desk/laws/law_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def law_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take out an entry that was made by mistake, after saying so on a page of its own."""
    law = get_object_or_404(queries.laws_visible_to(request.user), pk=pk)
    require(request.user, Permission.LAW_KEEP)
    if request.method == "POST":
        actions.remove_law(law, by=request.user, at=timezone.now())
        messages.success(request, _("%s已从法律法规库删去") % law)
        return redirect("desk:law_list")
    return render(request, "desk/laws/law_remove.html", {"law": law, "uses": queries.uses_of(law)})


@login_required
@require_http_methods(["GET", "POST"])
def law_repeal(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything a repeal freezes, on one page with the act itself."""
    law = get_object_or_404(queries.laws_visible_to(request.user), pk=pk)
    require(request.user, Permission.LAW_KEEP)
    items = list(queries.dependents_of(law))
    campaigns = list(open_campaigns_using(items))
    form = RepealForm(request.POST or None, law=law)
    if request.method == "POST" and form.is_valid():
        tasks = [f"{campaign.department.short_name}：{campaign}" for campaign in campaigns]
        with refusals_in(form):
            frozen = actions.repeal_law(law, **form.cleaned_data, tasks=tasks, by=request.user, at=timezone.now())
            messages.success(request, _repealed(law, form.cleaned_data["on"], len(frozen)))
            return redirect("desk:law_detail", law.pk)
    context = {"law": law, "form": form, "items": _with_articles(law, items), "campaigns": campaigns}
    return render(request, "desk/laws/law_repeal.html", context, status=422 if form.errors else 200)


def _repealed(law: Law, on: date, frozen: int) -> str:
    if on > timezone.localdate():
        return _("已登记：%(law)s到 %(on)s 废止，当天自动冻结依据它的事项") % {"law": law, "on": on.isoformat()}
    words = ngettext("%(law)s已废止，冻结了 %(n)d 个事项", "%(law)s已废止，冻结了 %(n)d 个事项", frozen)
    return words % {"law": law, "n": frozen}


@login_required
@require_http_methods(["GET", "POST"])
def item_bases(request: StaffRequest, pk: int) -> HttpResponse:
    """The articles an item rests on; while its list is a draft they are added and taken away here."""
    item = get_object_or_404(items_visible_to(request.user).select_related("item_list__department__region"), pk=pk)
    department = item.item_list.department
    laws = queries.laws_for(department.region, on=timezone.localdate())
    form = BasisForm(request.POST or None, laws=laws)
    if request.method == "POST":
        require(request.user, Permission.CATALOGUE_EDIT, within=department)
        if form.is_valid():
            with refusals_in(form):
                actions.add_basis(item, **form.cleaned_data, by=request.user, at=timezone.now())
                return redirect("desk:item_bases", item.pk)
    context = {
        "item": item,
        "list": item.item_list,
        "bases": [(basis, basis.law.holds_on(timezone.localdate())) for basis in queries.bases_of(item)],
        "freezes": queries.freezes_among([item]),
        "form": form,
        "any_law": laws.exists(),
        "may_edit": _may_base(request, item, department),
    }
    return render(request, "desk/laws/item_bases.html", context, status=422 if form.errors else 200)


def _may_base(request: StaffRequest, item: InspectionItem, department: Department) -> bool:
    edits = may(request.user, Permission.CATALOGUE_EDIT, within=department)
    return edits and item.item_list.is_draft and item.inherited_from_id is None


@login_required
@require_POST
def basis_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one article away from an item of a draft."""
    seen = ItemBasis.objects.filter(item__in=items_visible_to(request.user)).select_related(
        "item__item_list__department"
    )
    basis = get_object_or_404(seen, pk=pk)
    actions.remove_basis(basis, by=request.user, at=timezone.now())
    return redirect("desk:item_bases", basis.item_id)


@login_required
@require_GET
def freeze_list(request: StaffRequest) -> HttpResponse:
    """依据失效-冻结: which items stand still, since when, for which law."""
    require(request.user, Permission.CATALOGUE_READ)
    freezes = queries.freezes_visible_to(request.user)
    if request.GET.get("show") != "all":
        freezes = freezes.filter(lifted_at=None)
    context = {
        "page": Paginator(freezes.order_by("-frozen_at", "pk"), A_PAGE).get_page(request.GET.get("page")),
        "may_keep": may(request.user, Permission.LAW_KEEP),
    }
    return render(request, "desk/laws/freeze_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def freeze_lift(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a frozen item be inspected again, for a reason."""
    freeze: Freeze = get_object_or_404(queries.freezes_visible_to(request.user), pk=pk)
    require(request.user, Permission.LAW_KEEP, within=freeze.item.item_list.department)
    form = ThawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.lift_freeze(freeze, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("desk:law_detail", freeze.law_id)
    context = {"freeze": freeze, "form": form, "bases": queries.bases_of(freeze.item)}
    return render(request, "desk/laws/freeze_lift.html", context, status=422 if form.errors else 200)
