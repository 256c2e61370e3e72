"""规则所称机构: which department plays 编办, 商改办, a sector's lead … here, and how it is reached."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.organisation import actions
from mingcha.domain.organisation.models import BodyCode, Region, User
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.domain.organisation.queries import bodies_of, departments_around, regions_ruled_by
from mingcha.web.desk.forms.bodies import BodyForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


@login_required
@require_GET
def body_list(request: StaffRequest) -> HttpResponse:
    """Who plays which body in a region, and which bodies nobody plays yet."""
    require(request.user, Permission.CATALOGUE_READ)
    region = _region_asked(request)
    named = bodies_of(region) if region is not None else None
    known = set(named.values_list("code", flat=True)) if named is not None else set()
    context = {
        "region": region,
        "regions": _regions_seen(request.user),
        "may_name": region is not None and regions_ruled_by(request.user).filter(pk=region.pk).exists(),
        "page": Paginator(named, A_PAGE).get_page(request.GET.get("page")) if named is not None else None,
        "unnamed": [label for code, label in BodyCode.choices if code not in known],
    }
    return render(request, "desk/organisation/bodies.html", context)


def _regions_seen(user: User) -> QuerySet[Region]:
    """The regions of the departments that a person looks after."""
    return Region.objects.filter(pk__in=reach(user, Permission.CATALOGUE_READ).values("region"))


def _region_asked(request: StaffRequest) -> Region | None:
    """The region of the address where this person may look, else the own one, else the first."""
    seen = _regions_seen(request.user)
    own = request.user.department.region_id if request.user.department is not None else ""
    return seen.filter(pk=request.GET.get("region", "")).first() or seen.filter(pk=own).first() or seen.first()


@login_required
@require_http_methods(["GET", "POST"])
def body_name(request: StaffRequest, region: str) -> HttpResponse:
    """Name the department for a body, or take the naming back."""
    require(request.user, Permission.POLICY_ADOPT)
    place = get_object_or_404(regions_ruled_by(request.user), pk=region)
    asked = {name: request.GET[name] for name in ("code", "sector", "department", "contact") if name in request.GET}
    form = BodyForm(request.POST or None, initial=asked)
    form.fields["department"].queryset = departments_around(place)  # type: ignore[attr-defined]  # a model choice
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_in(form):
            actions.name_body(
                place,
                given["code"],
                given["department"],
                sector=given["sector"],
                contact=given["contact"],
                by=request.user,
                at=timezone.now(),
            )
        if not form.errors:
            messages.success(request, _("已存；以后形成的报备送到这个部门"))
            return redirect(f"{reverse('desk:body_list')}?region={place.pk}")
    context = {"form": form, "region": place}
    return render(request, "desk/organisation/bodies_name.html", context, status=422 if form.errors else 200)
