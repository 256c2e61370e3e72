"""Which clause a clock counts by, from which moment, up to which limit. Pure: one reading for work and what-if page.

A department's rulebook may set less time than the rules of its place, never more: whichever ends first counts, and
the other is named as the bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.rules.due import Due, due_for
from mingcha.domain.policy.models import Calendar
from mingcha.domain.policy.rules import Clause, Said, quoted

# The first that a place's rules say: 于都 counts the entry in hours, 泰安 in working days.
CLAUSES_OF: Mapping[str, tuple[str, ...]] = {
    DutyKind.ENTRY: ("entry_hours", "entry_working_days"),
    DutyKind.PUBLISH_RESULT: ("publish_working_days",),
    DutyKind.CAMPAIGN_END: ("entry_before_plan_end",),
}
WORK_END, VISIT_END = "CAMPAIGN_END", "INSPECTION_END"  # codes of publish_from


@dataclass(frozen=True)
class Event:
    """What starts a clock. `work_ended_at`: when all the inspecting that this was a part of is over."""

    at: datetime
    limit: datetime | None = None
    work_ended_at: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """A clock that is not reckoned yet: by what it counts, from when, and which words stand behind it."""

    kind: str
    clause: Clause
    starts_at: datetime
    cited: tuple[Clause, ...]
    bound: tuple[Clause, ...] = ()
    limit: datetime | None = None
    counted_from: str = ""
    with_entry: bool = False

    def due(self, calendar: Calendar) -> Due:
        """The last moment, as `due_for` reckons it."""
        return due_for(
            DutyKind.ENTRY if self.with_entry else self.kind,
            event_at=self.starts_at,
            clause=self.clause,
            calendar=calendar,
            limit=self.limit,
            counted_from=self.counted_from,
            with_entry=self.with_entry,
        )


def clock_for(kind: str, said: Said, event: Event, *, calendar: Calendar, own: Clause | None = None) -> Clock | None:
    """The clock of a kind by what a place says and what the department's own rulebook says; None where both are silent.

    `own`: the rulebook's number in the form of a clause.
    """
    local = _published_with_entry(said, event) if _is_with_entry(kind, said) else _by_the_rules(kind, said, event)
    if own is None:
        return local
    counted_from, starts_at = _start_of(kind, said, event)
    stricter = Clock(
        kind=kind,
        clause=own,
        starts_at=starts_at,
        cited=(own,),
        bound=local.cited if local is not None else (),
        counted_from=counted_from,
    )
    if local is not None and local.due(calendar).at < stricter.due(calendar).at:
        return local
    return stricter


def _by_the_rules(kind: str, said: Said, event: Event) -> Clock | None:
    clause = next((said[key] for key in CLAUSES_OF[kind] if key in said), None)
    if clause is None:
        return None
    counted_from, starts_at = _start_of(kind, said, event)
    cited, limit = [clause], event.limit if kind == DutyKind.CAMPAIGN_END else None
    # Without the second rule the campaign's end does not bind an entry (于都 says it; others may not).
    if kind == DutyKind.ENTRY and event.limit is not None and "entry_before_plan_end" in said:
        cited.append(said["entry_before_plan_end"])
        limit = event.limit
    if counted_from == WORK_END and said["publish_from"].words not in clause.words:
        cited.append(said["publish_from"])
    return Clock(kind, clause, starts_at, tuple(cited), limit=limit, counted_from=counted_from)


def _start_of(kind: str, said: Said, event: Event) -> tuple[str, datetime]:
    """From which event a publication is counted: the one that the rules name, else the end of the visit."""
    if kind != DutyKind.PUBLISH_RESULT:
        return "", event.at
    named = said["publish_from"].codes if "publish_from" in said else [VISIT_END]
    if WORK_END in named and event.work_ended_at is not None:
        return WORK_END, max(event.work_ended_at, event.at)
    return VISIT_END, event.at


def _is_with_entry(kind: str, said: Said) -> bool:
    """录入后自动公示 (泰安): the entry's own time is the publication's, where no number of days is set for it."""
    unset = not any(key in said for key in CLAUSES_OF[DutyKind.PUBLISH_RESULT])
    return kind == DutyKind.PUBLISH_RESULT and unset and "published_on_entry" in said


def _published_with_entry(said: Said, event: Event) -> Clock | None:
    entry = _by_the_rules(DutyKind.ENTRY, said, event)
    if entry is None:
        return None
    cited = (*quoted(said, "published_on_entry"), *entry.cited)
    return Clock(DutyKind.PUBLISH_RESULT, entry.clause, entry.starts_at, cited, limit=entry.limit, with_entry=True)
