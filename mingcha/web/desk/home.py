"""工作台: what waits for this person, and which clocks run out this week."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.duties.queries import duties_visible_to, running
from mingcha.domain.inspections.queries import awaiting_confirmation, inspections_visible_to
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.plans.queries import (
    campaigns_awaiting,
    campaigns_kept_by,
    campaigns_visible_to,
    plans_awaiting,
    plans_kept_by,
)
from mingcha.domain.registers.queries import (
    Number,
    inspectors_visible_to,
    number_of,
    subjects_visible_to,
)
from mingcha.web.desk.catalogue_waiting import freezes_waiting, lists_waiting
from mingcha.web.desk.duties import rows_of
from mingcha.web.desk.home_draws import changes_waiting, draws_waiting
from mingcha.web.desk.home_papers import filings_waiting, imports_waiting, outlets_waiting
from mingcha.web.desk.home_setup import first_steps
from mingcha.web.desk.home_waiting import AT_ONCE, Waiting, foremost
from mingcha.web.desk.register_confirmations import registers_waiting
from mingcha.web.desk.staff import StaffRequest

A_WEEK = timedelta(days=7)


def papers_waiting(user: User) -> Iterator[Waiting]:
    """Plans, campaigns and item lists to approve; those that came back."""
    for plan in plans_awaiting(user)[:AT_ONCE]:
        yield Waiting(
            _("审核年度计划"), plan.title, plan.department.short_name, reverse("desk:plan_detail", args=[plan.pk])
        )
    for campaign in campaigns_awaiting(user)[:AT_ONCE]:
        place = campaign.department.short_name
        yield Waiting(_("审核抽查任务"), campaign.title, place, reverse("desk:campaign_detail", args=[campaign.pk]))
    for plan in plans_kept_by(user).filter(state="DRAFT").exclude(remark="")[:AT_ONCE]:
        place = plan.department.short_name
        yield Waiting(_("修改被退回的计划"), plan.title, place, reverse("desk:plan_detail", args=[plan.pk]))
    for campaign in campaigns_kept_by(user).filter(state="DRAFT").exclude(remark="")[:AT_ONCE]:
        place = campaign.department.short_name
        yield Waiting(_("修改被退回的任务"), campaign.title, place, reverse("desk:campaign_detail", args=[campaign.pk]))


def keys_waiting(user: User) -> Iterator[Waiting]:
    """A discipline body without a sealing key: no draw can be frozen until its officer has registered one."""
    if user.department is not None and not user.department.sealing_key and may_seal(user, user.department):
        address = reverse("desk:department_key", args=[user.department.pk])
        yield Waiting(_("登记密封公钥"), user.department.name, user.department.short_name, address)


def may_seal(user: User, department: Department) -> bool:
    """Is this person the discipline officer of the own department?"""
    return may(user, Permission.DRAW_SIGN_DISCIPLINE, within=department)


def results_waiting(user: User) -> Iterator[Waiting]:
    """Recorded results to confirm or return."""
    for inspection in awaiting_confirmation(user)[:AT_ONCE]:
        place = inspection.department.short_name
        yield Waiting(
            _("审核检查结果"), str(inspection), place, reverse("desk:inspection_detail", args=[inspection.pk])
        )


def figures_for(user: User) -> Iterable[tuple[StrOrPromise, int | str, str]]:
    """What there is within this person's reach: word, number, the list behind it."""
    if not reach(user, Permission.PLAN_READ).exists():
        return []
    year, subjects = timezone.localdate().year, reverse("desk:register_list")
    return [
        (_("存续的检查对象"), _said(number_of(subjects_visible_to(user).filter(state="OPEN"))), subjects),
        (
            _("在库执法检查人员"),
            inspectors_visible_to(user).filter(state="ACTIVE").count(),
            reverse("desk:inspector_list"),
        ),
        (_("本年抽查任务"), campaigns_visible_to(user).filter(plan__year=year).count(), reverse("desk:campaign_list")),
        (
            _("未审核的检查"),
            inspections_visible_to(user).exclude(state__in=["CONFIRMED", "CALLED_OFF"]).count(),
            reverse("desk:inspection_list"),
        ),
    ]


def _said(number: Number) -> str:
    told = f"{number.value:,}"
    return told if number.is_exact else gettext("约 %s") % told


@login_required
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """The first page after signing in."""
    user, now = request.user, timezone.now()
    # A draw has its announced hour and other people's time; what can be done at any hour comes last.
    waiting = [
        *keys_waiting(user),
        *draws_waiting(user),
        *changes_waiting(user),
        *results_waiting(user),
        *papers_waiting(user),
        *freezes_waiting(user),
        *lists_waiting(user),
        *filings_waiting(user),
        *outlets_waiting(user),
        *registers_waiting(user),
        *imports_waiting(user),
    ]
    shown, folded = foremost(waiting)
    due = running(duties_visible_to(user)).filter(due_at__lte=now + A_WEEK)[:AT_ONCE]
    context = {
        "waiting": waiting,
        "shown": shown,
        "folded": folded,
        "steps": first_steps(user, on=timezone.localdate()),
        "due": rows_of(list(due), user, now),
        "figures": figures_for(user),
    }
    return render(request, "desk/home/home.html", context)
