"""What has to be filed with whom until when, and the light it shows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.duties.rules import COLOURS, Light
from mingcha.domain.filings.models import FilingKind
from mingcha.domain.organisation.models import BodyCode
from mingcha.domain.policy.models import Calendar, Profile
from mingcha.domain.policy.rules import Clause, clauses_of, words_of, working_days_before

LIST_BODIES = ("item_change_filed_with",)
LIST_DUE = ("item_list_due", "item_list_due_once")
WARNING = "warn_filing_working_days"
LISTS = (FilingKind.ITEM_LIST, FilingKind.NIL_RETURN)


class Obligation(NamedTuple):
    """A kind of paper, the clauses that give its day, those that name who receives it, and who draws it up."""

    kind: str
    due: tuple[str, ...]
    bodies: tuple[str, ...]
    answered_by: tuple[str, ...]  # the kinds of filing that meet it
    led_by: tuple[str, ...] = ()  # clauses with the bodies that draw it up; without one, `drawn_by`
    drawn_by: tuple[str, ...] = ()  # nothing here: every department does


OBLIGATIONS = (
    Obligation(FilingKind.ITEM_LIST, LIST_DUE, LIST_BODIES, LISTS),
    Obligation(FilingKind.ITEM_LIST, ("market_items_due_once",), ("market_items_filed_with",), LISTS),
    Obligation(
        FilingKind.JOINT_LIST,
        ("joint_list_due", "joint_list_due_once"),
        ("joint_list_filed_with",),
        (FilingKind.JOINT_LIST,),
        drawn_by=(BodyCode.SECTOR_LEAD,),
    ),
    Obligation(
        FilingKind.RULEBOOK,
        ("rulebook_due_once",),
        ("rulebook_filed_with",),
        (FilingKind.RULEBOOK,),
        led_by=("rulebook_led_by",),
    ),
    Obligation(FilingKind.PLAN, ("annual_plan_due",), ("annual_plan_filed_with",), (FilingKind.PLAN,)),
    Obligation(
        FilingKind.PLAN,
        ("joint_plan_due", "joint_plan_due_once"),
        ("joint_plan_filed_with",),
        (FilingKind.PLAN,),
        drawn_by=(BodyCode.SECTOR_LEAD,),
    ),
)


class Promise(NamedTuple):
    """What the rules of a place ask of each department there in a year."""

    kind: str
    body: str
    due_on: date
    clause: Clause
    answered_by: tuple[str, ...]

    @property
    def kind_label(self) -> str:
        return str(FilingKind(self.kind).label)

    @property
    def body_label(self) -> str:
        return str(BodyCode(self.body).label)


def clauses_by_key(profile: Profile) -> dict[str, Clause]:
    """Everything a profile says, by key."""
    return {clause.key: clause for clause in clauses_of(profile)}


def due_of(clause: Clause, year: int) -> date | None:
    """The day in a year by which a clause asks for something; a one-off date binds its own year only."""
    if clause.unit == "date" and isinstance(clause.value, date):
        return clause.value if clause.value.year == year else None
    if clause.unit != "day_of_year":
        return None
    month, day = (int(part) for part in str(clause.value).split("-"))
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), first_of_next - timedelta(days=1))


def list_due(clauses: Mapping[str, Clause], year: int) -> date | None:
    """The first day in a year by which an item list is filed."""
    days = [due_of(clauses[key], year) for key in LIST_DUE if key in clauses]
    return min((day for day in days if day is not None), default=None)


def promises_of(clauses: Mapping[str, Clause], *, year: int, plays: Collection[str]) -> list[Promise]:
    """What a department files by a day of that year, one line a paper, day and body.

    `plays`: the bodies of the rules that the department itself is; some papers are drawn up by these alone.
    """
    asked = [
        Promise(obligation.kind, body, due_on, clauses[key], obligation.answered_by)
        for obligation in OBLIGATIONS
        if _draws_up(obligation, clauses, plays)
        for key in obligation.due
        if key in clauses and (due_on := due_of(clauses[key], year)) is not None
        for body in _codes(obligation.bodies, clauses)
        if body == BodyCode.SECTOR_LEAD or body not in plays  # nobody files with itself; there are several leads
    ]
    seen: dict[tuple[str, str, date], Promise] = {}
    for promise in asked:
        seen.setdefault((promise.kind, promise.body, promise.due_on), promise)
    return sorted(seen.values(), key=lambda promise: (promise.due_on, promise.kind, promise.body))


class Recipient(NamedTuple):
    """Who receives a paper by the rules of a place, by which clause, and by which day where one is set."""

    body: str
    clause: Clause
    due_on: date | None


def recipients_of(kind: str, clauses: Mapping[str, Clause], *, year: int, plays: Collection[str]) -> list[Recipient]:
    """Every body that a department hands such a paper to for a year, with a day or without one; each once."""
    found: dict[str, Recipient] = {}
    for obligation in OBLIGATIONS:
        if obligation.kind != kind or not _draws_up(obligation, clauses, plays):
            continue
        days = [due_of(clauses[key], year) for key in obligation.due if key in clauses]
        due_on = min((day for day in days if day is not None), default=None)
        for key in obligation.bodies:
            for body in _codes((key,), clauses):
                if body not in plays:  # nobody files with itself
                    found.setdefault(body, Recipient(body, clauses[key], due_on))
    return list(found.values())


def _draws_up(obligation: Obligation, clauses: Mapping[str, Clause], plays: Collection[str]) -> bool:
    named = _codes(obligation.led_by, clauses) or list(obligation.drawn_by)
    return not named or any(code in plays for code in named)


def _codes(keys: Iterable[str], clauses: Mapping[str, Clause]) -> list[str]:
    named = [code for key in keys if key in clauses for code in clauses[key].codes]
    return [code for code in dict.fromkeys(named) if code in BodyCode.values]


def is_kept(promise: Promise, *, kind: str, body: str) -> bool:
    """Does a filing of this kind with this body meet the promise?"""
    return kind in promise.answered_by and body == promise.body


def light_of(
    promise: Promise, *, filed_on: date | None, today: date, warning: Clause | None, calendar: Calendar
) -> Light:
    """Filed in time, late, still to be filed, overdue; with the whole sentence of how it came about."""
    colour = _colour(promise, filed_on, today, warning, calendar)
    shape, word = COLOURS[colour]
    parts = [
        _("%(paper)s向%(body)s报备：%(value)s → 最迟 %(due)s")
        % {
            "paper": promise.kind_label,
            "body": promise.body_label,
            "value": words_of(promise.clause),
            "due": promise.due_on.isoformat(),
        },
        _standing(promise.due_on, filed_on, today),
        _("依据：%s") % promise.clause.citation,
    ]
    return Light(colour, shape, str(word), "".join(_("%s。") % part.rstrip("。") for part in parts))


def _colour(promise: Promise, filed_on: date | None, today: date, warning: Clause | None, calendar: Calendar) -> str:
    if filed_on is not None:
        return "mended" if filed_on > promise.due_on else "green"
    if today > promise.due_on:
        return "red"
    if warning is None:
        return "green"
    first_yellow = working_days_before(promise.due_on + timedelta(days=1), warning.number, calendar).on
    return "yellow" if today >= first_yellow else "green"


def _standing(due_on: date, filed_on: date | None, today: date) -> str:
    if filed_on is not None:
        words = {"filed": filed_on.isoformat(), "days": abs((filed_on - due_on).days)}
        if filed_on > due_on:
            return _("%(filed)s 报送，晚了 %(days)d 天") % words
        return _("%(filed)s 报送，没有超过期限") % words
    words = {"today": today.isoformat(), "days": abs((due_on - today).days)}
    if today > due_on:
        return _("今天 %(today)s，还没有报送，已超过 %(days)d 天") % words
    return _("今天 %(today)s，还没有报送，还有 %(days)d 天") % words
