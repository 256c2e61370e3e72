"""留痕: who did what when, and whether the record still holds."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingcha.domain.audit import queries, rules
from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.kit.actors import SYSTEM
from mingcha.web.desk.forms.audit import TrailForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.events import WORDS
from mingcha.web.shared.events.details import detail_value, detail_word, in_order

A_PAGE = 50
AT_ONCE = 2000


def entries_visible_to(user: User) -> QuerySet[Entry]:
    """The chains of the departments within reach, and the one of citizens and the system."""
    codes = [*reach(user, Permission.TRAIL_READ).values_list("code", flat=True), SYSTEM.chain]
    return Entry.objects.filter(chain__in=codes).order_by("-at", "-pk")


def matching(given: dict[str, object]) -> Q:
    """The entries that a search asks for; nothing typed asks for all."""
    wanted = Q()
    if given.get("person"):
        wanted &= Q(actor__icontains=given["person"])
    if given.get("event"):
        wanted &= Q(event=given["event"])
    if given.get("about"):
        wanted &= Q(about_label__icontains=given["about"]) | Q(about=given["about"])
    on = given.get("on")
    if isinstance(on, date):
        wanted &= Q(at__date=on)
    return wanted


def details_of(entry: Entry) -> list[tuple[str, str]]:
    """What an entry says about its event, in words."""
    return [(detail_word(key), detail_value(entry.details[key])) for key in in_order(entry.details)]


@login_required
@require_GET
def trail_list(request: StaffRequest) -> HttpResponse:
    """Search the trail."""
    require(request.user, Permission.TRAIL_READ)
    form = TrailForm(request.GET, events=sorted(WORDS.items(), key=lambda pair: pair[0]))
    form.is_valid()
    found = entries_visible_to(request.user).filter(matching(form.cleaned_data))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    # Pairs made here: in a template `details.items` would find an entry's own key of that name first.
    rows = [(entry, details_of(entry)) for entry in page]
    return render(request, "desk/audit/trail_list.html", {"search": form, "page": page, "rows": rows})


@login_required
@require_GET
def trail_check(request: StaffRequest) -> HttpResponse:
    """Walk every chain from its first entry against the published heads; reads only."""
    require(request.user, Permission.TRAIL_READ)
    chains = list(queries.chains())
    broken = rules.breaks(
        queries.chain_names(),
        lambda name: queries.entries_on_chain(name).iterator(AT_ONCE),
        queries.known_heads(),
    )
    context = {
        "chains": chains,
        "total": sum(chain.count for chain in chains),
        "last": Entry.objects.order_by("-at", "-pk").first(),
        "broken": broken,
    }
    return render(request, "desk/audit/trail_check.html", context)
