"""Behind the mask: contact and telephone for whoever says why, and who looked."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.organisation.permissions import Permission, held_by
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.domain.registers.queries import lookers_visible_to
from mingcha.kit.errors import Forbidden
from mingcha.web.desk.forms.register_life import LookForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.register_lifecycle import kept_subject
from mingcha.web.desk.register_people import kept_inspector
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
READERS = frozenset({Permission.TRAIL_READ, Permission.REGISTER_SHARE})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def subject_personal(request: StaffRequest, pk: int) -> HttpResponse:
    """The contact of a firm: asked for with a reason, shown once."""
    return _look(request, kept_subject(request, pk), home="desk:subject_detail")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def inspector_personal(request: StaffRequest, pk: int) -> HttpResponse:
    """The telephone of a person, in the same way."""
    return _look(request, kept_inspector(request, pk), home="desk:inspector_detail")


def _look(request: StaffRequest, row: Subject | Inspector, *, home: str) -> HttpResponse:
    form = LookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            shown = actions.show_personal(row, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            return render(request, "desk/registers/personal_shown.html", {"row": row, "shown": shown, "home": home})
    return page_with(request, "personal_ask", form, row=row, home=home)


@login_required
@require_GET
def personal_log(request: StaffRequest) -> HttpResponse:
    """Who looked at whose personal data, when, and why."""
    if not READERS & held_by(request.user):
        raise Forbidden(
            _("这一页给部门负责人、纪检监察人员和审计人员看，这个账号没有这项权限；需要时由系统管理员授权。")
        )
    page = Paginator(lookers_visible_to(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/registers/personal_log.html", {"page": page})
