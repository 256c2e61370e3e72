"""同一任务、五地规则: what one campaign would meet under each policy, with the clauses that say so."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.duties.rules import Clock, Due, DutyKind, Event, clock_for, end_of_day, moment
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.policy.models import Calendar
from mingcha.domain.policy.queries import calendar
from mingcha.domain.policy.rules import (
    QUESTIONS,
    Answer,
    Said,
    Scenario,
    answers_under,
    five_profiles,
    quoted,
    said_by,
    words_of,
)
from mingcha.web.desk.forms.policy_whatif import ScenarioForm
from mingcha.web.desk.staff import StaffRequest

AT_A_GLANCE = ("smallest_take", "approval", "signatures")


class Reckoned(NamedTuple):
    """A clock under a place's rules: the moment alone, and how it came about."""

    brief: str
    answer: Answer


class Place(NamedTuple):
    """A place and all that its rules make of the campaign."""

    name: str
    document: str
    answers: dict[str, Answer]
    entry: str
    publication: str


class Question(NamedTuple):
    """One question with every place's answer; `sayers` counts the places whose rules speak of it."""

    name: str
    label: StrOrPromise
    answers: Sequence[tuple[str, Answer]]
    sayers: int


@login_required
@require_GET
def policy_whatif(request: StaffRequest) -> HttpResponse:
    """One campaign planned under each of the five policies."""
    require(request.user, Permission.CATALOGUE_READ)
    form = ScenarioForm({**ScenarioForm.defaults(timezone.localdate()), **request.GET.dict()})
    places = places_for(form.scenario(), calendar()) if form.is_valid() else []
    context = {
        "form": form,
        "places": places,
        "questions": questions_of(places),
        "glance": [QUESTIONS[name][0] for name in AT_A_GLANCE],
    }
    return render(request, "desk/policy/policy_whatif.html", context, status=422 if form.errors else 200)


def places_for(scenario: Scenario, working_days: Calendar) -> list[Place]:
    """The campaign under each of the five."""
    places = []
    for file in five_profiles():
        said = said_by(file.clauses)
        entry, publication = entry_under(said, scenario, working_days), publication_under(said, scenario, working_days)
        answers = {**answers_under(said, scenario), "entry": entry.answer, "publication": publication.answer}
        where = file.documents[file.document].place
        places.append(Place(where, file.document, answers, entry.brief, publication.brief))
    return places


def questions_of(places: Sequence[Place]) -> list[Question]:
    """The same answers, question by question."""
    found = []
    for name, (label, _answer) in QUESTIONS.items():
        answers = [(place.name, place.answers[name]) for place in places]
        found.append(Question(name, label, answers, sum(bool(answer.clauses) for _place, answer in answers)))
    return found


def entry_under(said: Said, scenario: Scenario, working_days: Calendar) -> Reckoned:
    """When the result of the one inspection is recorded at the latest."""
    keys = ("entry_hours", "entry_before_plan_end", "entry_working_days", "entry_same_day_modes", "entered_by")
    clauses = quoted(said, *keys)
    clock = _clock_under(DutyKind.ENTRY, said, scenario, working_days)
    if clock is None:
        return Reckoned(_("未作规定"), Answer(_("没有规定录入时限"), clauses))
    due = clock.due(working_days)
    words = _reckoning(due)
    if "entry_same_day_modes" in said:
        words += _("；采用%s监管方式的当天录入") % words_of(said["entry_same_day_modes"])
    return Reckoned(_brief(due), Answer(words, clauses))


def publication_under(said: Said, scenario: Scenario, working_days: Calendar) -> Reckoned:
    """When the public reads the results at the latest."""
    keys = ("publish_working_days", "publish_from", "published_on_entry", "results_published_promptly")
    clauses = quoted(said, *keys, "penalty_publish_working_days")
    clock = _clock_under(DutyKind.PUBLISH_RESULT, said, scenario, working_days)
    if clock is not None:
        due = clock.due(working_days)
        clauses += tuple(clause for clause in clock.cited if clause not in clauses)
        words = _reckoning(due)
        if "penalty_publish_working_days" in said:
            words += _("；立案查处的，处罚决定之后 %s内") % words_of(said["penalty_publish_working_days"])
        return Reckoned(_brief(due), Answer(words, clauses))
    if "results_published_promptly" in said:
        return Reckoned(_("及时"), Answer(_("及时公布，没有规定天数"), clauses))
    return Reckoned(_("未作规定"), Answer(_("没有规定公示时限"), clauses))


def _clock_under(kind: DutyKind, said: Said, scenario: Scenario, working_days: Calendar) -> Clock | None:
    """The clock as the work itself would start it; other visits go on until the last day of the campaign."""
    last = end_of_day(scenario.ends_on)
    event = Event(scenario.inspection_ended_at, limit=last, work_ended_at=last)
    return clock_for(kind, said, event, calendar=working_days)


def _brief(due: Due) -> str:
    return _("%s（估算）") % moment(due.at) if due.provisional else moment(due.at)


def _reckoning(due: Due) -> str:
    return _(" → ").join(due.steps)
