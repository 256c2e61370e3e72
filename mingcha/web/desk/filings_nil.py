"""无调整报送: nothing changed this year, and that is reported too."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.filings import actions
from mingcha.domain.filings.queries import bodies_played
from mingcha.domain.filings.rules import clauses_by_key, recipients_of_lists
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.domain.policy.queries import profile_for
from mingcha.kit.errors import Refused
from mingcha.web.desk.forms.filings import NilReturnForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in


@login_required
@require_http_methods(["GET", "POST"])
def filing_nil(request: StaffRequest) -> HttpResponse:
    """Lay a nil return ready; it is sealed and sent on its own page."""
    require(request.user, Permission.FILING_SEND)
    today, departments = timezone.localdate(), reach(request.user, Permission.FILING_SEND)
    form = NilReturnForm(
        request.POST or None,
        initial={"year": today.year, **request.GET.dict()},
        departments=departments,
        bodies=nil_recipients(departments, on=today),
    )
    if request.method == "POST" and form.is_valid():
        department, year = form.cleaned_data["department"], form.cleaned_data["year"]
        with refusals_in(form):
            made = actions.file_nil_return(
                department,
                body=form.cleaned_data["body"],
                year=year,
                since=first_year_of(department),
                changed=list_changed(department, year=year),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("无调整报送已形成：下载备案表盖章，上传扫描件后报送"))
            return redirect("desk:filing_detail", made.pk)
    return render(request, "desk/filings/filing_nil.html", {"form": form}, status=422 if form.errors else 200)


def first_year_of(department: Department) -> int | None:
    """The year in which the department's first list came into force."""
    first = ItemList.objects.filter(department=department, in_force_at__isnull=False).order_by("in_force_at").first()
    return timezone.localdate(first.in_force_at).year if first is not None and first.in_force_at else None


def list_changed(department: Department, *, year: int) -> bool:
    """Did an edition of the department's list come into force in a year?"""
    return ItemList.objects.filter(department=department, in_force_at__year=year).exists()


def nil_recipients(departments: QuerySet[Department], *, on: date) -> list[str]:
    """The bodies that these departments' rules name for their lists, without those that a department itself is."""
    played, found = bodies_played(departments), dict[str, None]()
    for department in departments.select_related("region"):
        try:
            clauses = clauses_by_key(profile_for(department.region, on=on))
        except Refused:
            continue
        own = played.get(department.pk, frozenset())
        found |= dict.fromkeys(code for code in recipients_of_lists(clauses) if code not in own)
    return list(found)
