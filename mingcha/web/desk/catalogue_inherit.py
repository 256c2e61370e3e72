"""The page on which a draft takes items over from the list of a department above."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.catalogue.actions.inheritance import inherit_items
from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.queries.inheritance import items_with_sources, newer_upper_edition, upper_lists_for
from mingcha.domain.catalogue.rules.inheritance import Offer, offers_of
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.web.desk.catalogue_lists import edition_seen
from mingcha.web.desk.forms.catalogue import InheritForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in


@login_required
@require_http_methods(["GET", "POST"])
def list_inherit(request: StaffRequest, pk: int) -> HttpResponse:
    """What the chosen upper list offers to a draft, item by item; what is ticked is taken over."""
    edition = edition_seen(request.user, pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=edition.department)
    uppers = list(upper_lists_for(edition.department))
    upper = _chosen(request, uppers, edition)
    offers = _offers(upper, edition)
    form = InheritForm(request.POST or None, offers=offers)
    if request.method == "POST" and upper is not None and form.is_valid():
        with refusals_in(form):
            taken = inherit_items(
                edition, upper=upper, codes=form.cleaned_data["codes"], by=request.user, at=timezone.now()
            )
        if not form.errors:
            messages.success(request, _("%d 项已按上级清单写入，名称、依据、比例、频次在这里不能改") % len(taken))
            return redirect("desk:list_detail", edition.pk)
    context = {"list": edition, "uppers": uppers, "upper": upper, "offers": offers, "form": form}
    return render(request, "desk/catalogue/list_inherit.html", context, status=422 if form.errors else 200)


def _chosen(request: StaffRequest, uppers: list[ItemList], edition: ItemList) -> ItemList | None:
    """The upper list that was asked for; else the one that the draft was formed from, in its present edition."""
    wanted = request.POST.get("upper") or request.GET.get("upper", "")
    if wanted.isdecimal():
        return next((upper for upper in uppers if upper.pk == int(wanted)), None)
    if edition.inherits is None:
        return uppers[0] if len(uppers) == 1 else None
    present = newer_upper_edition(edition) or edition.inherits
    return next((upper for upper in uppers if upper == present), None)


def _offers(upper: ItemList | None, edition: ItemList) -> list[Offer]:
    if upper is None:
        return []
    return offers_of(items_with_sources(upper), items_with_sources(edition), source=upper)
