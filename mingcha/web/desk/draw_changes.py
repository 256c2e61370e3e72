"""抽取之后: who stands in for whom, which reserve for which firm; proposed by one, decided by another."""

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.draws.models import Draw, DrawnSubject, Substitution, UsedReserve, team_words
from mingcha.domain.draws.permissions import may_propose
from mingcha.domain.draws.queries import (
    Line,
    absent_among,
    carried_over,
    drawn_visible_to,
    draws_visible_to,
    line_of,
    next_reserve,
    people_of,
    reserves_awaiting,
    staff_see_names,
    strata_labels,
    substitutions_awaiting,
    substitutions_of,
    team_of,
    used_reserves_of,
)
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.queries import absences_in, departments_away, inspections_of, short_of_people
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import Inspector
from mingcha.web.desk.forms.draw_changes import DecisionForm, ReserveForm, SubstituteForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

FOUND_AT_ONCE = 20


class Goer(NamedTuple):
    """A person of a line, for its page."""

    person: Inspector
    department: Department
    fault: str


@login_required
@require_GET
def draw_changes(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change of a draw, what waits for a decision, and the way to a new one."""
    draw = get_object_or_404(draws_visible_to(request.user), pk=pk)
    names_open = staff_see_names(draw, now=timezone.now()) and not draw.is_rehearsal
    context: dict[str, object] = {"draw": draw, "names_open": names_open}
    if names_open:
        on = timezone.localdate()
        context |= {
            "substitutions": substitutions_of(draw),
            "replacements": used_reserves_of(draw),
            "decidable": set(substitutions_awaiting(request.user).values_list("pk", flat=True)),
            "decidable_reserves": set(reserves_awaiting(request.user).values_list("pk", flat=True)),
            "carried": carried_over(draw.campaign).select_related("draw") if draw.is_in_force else [],
            "absences": absences_in(draw),
            "short": short_of_people(inspections_of(draw), on=on).select_related("visit__drawn"),
            "may_ask": may_propose(request.user, draw, draw.department),
            "found": _found(request, draw),
        }
    return render(request, "desk/draws/changes_list.html", context)


def _found(request: StaffRequest, draw: Draw) -> list[DrawnSubject]:
    text = request.GET.get("q", "").strip()
    if not text:
        return []
    rows = draw.subjects.filter(Q(code__iexact=text) | Q(name__icontains=text))
    taken = Q(reserve=False) | Q(replaces__decision="APPROVED")
    return list(rows.filter(taken).distinct().order_by("stratum", "rank")[:FOUND_AT_ONCE])


def _open_row(request: StaffRequest, pk: int) -> DrawnSubject:
    """A drawn firm whose names this desk sees."""
    row = get_object_or_404(drawn_visible_to(request.user), pk=pk)
    if row.draw.is_rehearsal or not staff_see_names(row.draw, now=timezone.now()):
        raise Http404
    return row


def _goers(line: Line | None) -> list[Goer]:
    if line is None:
        return []
    people = people_of(line.party)
    departments = Department.objects.in_bulk([sent.department_id for sent in line.party])
    absent = absent_among(people.values(), days=[timezone.localdate()])
    return [
        Goer(
            people[sent.inspector_id],
            departments[sent.department_id],
            _fault_of(people[sent.inspector_id]) or absent.get(sent.inspector_id, ""),
        )
        for sent in line.party
    ]


def _fault_of(person: Inspector) -> str:
    """Why somebody who is to go cannot today; empty when nothing is against it."""
    if person.may_inspect(timezone.localdate()):
        return ""
    return _("执法证已到期") if person.is_active else person.get_state_display()


@login_required
@require_http_methods(["GET", "POST"])
def substitute_propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody cannot go."""
    drawn = _open_row(request, pk)
    line = line_of(drawn)
    goers = _goers(line)
    may = [goer for goer in goers if may_propose(request.user, drawn.draw, goer.department)]
    party = [(goer.person, f"{goer.person.name}（{goer.department.short_name}，{goer.person.code}）") for goer in may]
    wanted = {"leaves": request.GET.get("leaves", "")}
    form = SubstituteForm(request.POST if request.method == "POST" else None, party=party, initial=wanted)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.ask_substitute(drawn, **form.cleaned_data, by=request.user, at=timezone.now())
            words = {"leaves": row.leaves.name, "enters": row.enters.name}
            messages.success(request, _("已提出：%(leaves)s退出，按抽签次序由%(enters)s递补，等待负责人批准") % words)
            return redirect("desk:draw_changes", drawn.draw_id)
    team = team_words(team_of(line.drawn)) if line else ""
    context = {"drawn": drawn, "draw": drawn.draw, "goers": goers, "form": form, "team": team}
    context["away"] = departments_away(drawn)
    return render(request, "desk/draws/changes_substitute.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def reserve_propose(request: StaffRequest, pk: int) -> HttpResponse:
    """A drawn firm has ended, moved away, or is another one's double."""
    drawn = _open_row(request, pk)
    form = ReserveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            used = actions.ask_reserve(drawn, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("已提出：由备选%s替换，等待负责人批准") % used.reserve.name)
            return redirect("desk:draw_changes", drawn.draw_id)
    context = {
        "drawn": drawn,
        "draw": drawn.draw,
        "following": next_reserve(drawn),
        "stratum": strata_labels(drawn.draw).get(drawn.stratum, drawn.stratum),
        "form": form,
    }
    return render(request, "desk/draws/changes_reserve.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def substitute_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The page that says what an approval does, and the two acts."""
    row = get_object_or_404(Substitution, pk=pk, drawn__in=drawn_visible_to(request.user))
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.replace_inspector(row, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _said(row))
            return redirect("desk:draw_changes", row.drawn.draw_id)
    context = {
        "row": row,
        "draw": row.drawn.draw,
        "may_decide": substitutions_awaiting(request.user).filter(pk=pk).exists(),
        "form": form,
    }
    return render(request, "desk/draws/changes_decide_person.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def reserve_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The page that says what an approval does, and the two acts."""
    row = get_object_or_404(UsedReserve, pk=pk, drawn__in=drawn_visible_to(request.user))
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.replace_subject(row, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _said(row))
            return redirect("desk:draw_changes", row.drawn.draw_id)
    context = {
        "row": row,
        "draw": row.drawn.draw,
        "goers": _goers(line_of(row.drawn)),
        "may_decide": reserves_awaiting(request.user).filter(pk=pk).exists(),
        "form": form,
    }
    return render(request, "desk/draws/changes_decide_firm.html", context, status=422 if form.errors else 200)


def _said(row: Substitution | UsedReserve) -> str:
    return _("已批准，检查人员和任务随即更新") if row.is_approved else _("已记录：不同意")
