"""The result row by row, as a room reads it: what rolls in on the hall screen."""

from collections.abc import Iterable
from typing import Any

from mingcha.domain.draws.models import INVENTED_PERSON, Draw, DrawnInspector, DrawnSubject, team_words
from mingcha.domain.draws.queries.lists import strata_labels
from mingcha.domain.registers.rules import surname_of

TICKET_SHOWN = 8  # as much of a ticket as two people can compare aloud


def result_rows(draw: Draw) -> dict[str, Any]:
    """Drawn and reserve firms in order, each with the people who go there. Only for whoever may see the names."""
    labels = strata_labels(draw)
    subjects = draw.subjects.select_related("subject").order_by("stratum", "rank")
    people = DrawnInspector.objects.filter(drawn__draw=draw).select_related("department")
    people = people.order_by("drawn_id", "department__code", "position")
    sent, teams = _by_firm(people), dict(people.values_list("drawn_id", "team"))
    return {
        "number": draw.number,
        "result": draw.result_sha256,
        "strata": [
            {"code": size["stratum"], "label": labels.get(size["stratum"], size["stratum"]), **_sizes(size)}
            for size in draw.forecast["sizes"]
        ],
        "rows": [_row(row, sent.get(row.pk, []), team=teams.get(row.pk, "")) for row in subjects],
    }


def _sizes(size: dict[str, int]) -> dict[str, int]:
    return {name: size[name] for name in ("size", "take", "reserve")}


def _row(row: DrawnSubject, people: list[list[str]], *, team: str) -> dict[str, Any]:
    return {
        "stratum": row.stratum,
        "rank": row.rank,
        "reserve": row.reserve,
        "name": row.name,
        "code": row.code,
        "area": row.subject.area if row.subject else "",
        "ticket": row.ticket[:TICKET_SHOWN],
        "people": people,
        "team": team_words(team),
    }


def _by_firm(people: Iterable[DrawnInspector]) -> dict[int, list[list[str]]]:
    """Surname and department; invented people have no surname and keep the name that says so."""
    sent: dict[int, list[list[str]]] = {}
    for person in people:
        known = person.name if person.code.startswith(INVENTED_PERSON) else surname_of(person.name)
        sent.setdefault(person.drawn_id, []).append([known, person.department.short_name])
    return sent
