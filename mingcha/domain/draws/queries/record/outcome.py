"""The list: every drawn object with its ticket and its people, the reserves behind it, the places left empty."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw, DrawnInspector, team_words
from mingcha.domain.draws.queries.lists import strata_labels
from mingcha.domain.draws.queries.record.wording import Veil
from mingcha.domain.organisation.models import Department

RESULT = "result.tsv"
TEAM = "team"  # the role under which a result matches teams with firms
LISTED = 20_000  # rows that a sheet prints; more would take a gigabyte for every ten thousand, and nobody reads them
TICKET = 16  # hex characters of a ticket in the table; the line of each stratum stands in full


def outcome_facts(draw: Draw, veil: Veil, *, open_names: bool) -> dict[str, object]:
    """The rows once names may be seen; how many there are in any case."""
    drawn, reserves = (draw.subjects.filter(reserve=reserve).count() for reserve in (False, True))
    facts = {"drawn_total": drawn, "reserve_total": reserves, "drawn": [], "reserves": [], "listed": False}
    if not open_names:
        return {**facts, "empty_places": []}
    facts["empty_places"] = _empty_places(draw)
    if drawn + reserves > LISTED:
        return facts
    rows = list(_rows(draw, veil))
    facts["drawn"] = [row for row, reserve in rows if not reserve]
    facts["reserves"] = [row[:-1] for row, reserve in rows if reserve]
    return {**facts, "listed": True}


def _rows(draw: Draw, veil: Veil) -> Iterator[tuple[list[str], bool]]:
    """Short lists instead of rows with names of their own: a large draw has twenty thousand of them."""
    labels, people = strata_labels(draw), _people(draw, veil)
    fields = ("pk", "name", "code", "subject__category", "stratum", "rank", "ticket", "reserve")
    subjects = draw.subjects.order_by("stratum", "rank").values_list(*fields)
    for pk, name, code, category, stratum, rank, ticket, reserve in subjects:
        place = f"{labels.get(stratum, stratum)} {rank}"
        yield [name, veil.code(code, category or ""), place, ticket[:TICKET], people.get(pk, "")], reserve


def _people(draw: Draw, veil: Veil) -> dict[int, str]:
    """Who goes to each drawn object, department by department, in the order of acceptance."""
    rows = (
        DrawnInspector.objects.filter(drawn__draw=draw)
        .order_by("drawn", "department__code", "position")
        .values_list("drawn", "team", "department__short_name", "name", "inspector__certificate_no")
    )
    offices: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    teams: dict[int, str] = {}
    for drawn, team, office, name, certificate in rows.iterator(chunk_size=5000):
        teams[drawn] = team
        offices[drawn][office].append(veil.inspector(name, certificate or ""))
    return {drawn: "\n".join(_lines(teams[drawn], by)) for drawn, by in offices.items()}


def _lines(team: str, by_office: dict[str, list[str]]) -> list[str]:
    """The team, where teams go, above its people."""
    people = [f"{office}：{'、'.join(names)}" for office, names in by_office.items()]
    return [team_words(team), *people] if team else people


def _empty_places(draw: Draw) -> list[str]:
    """What the result says it could not do: places without people, capacities that had to be lifted."""
    file = draw.files.filter(name=RESULT).first()
    lines = [line.split("\t") for line in bytes(file.content).decode().splitlines()] if file else []
    offices = dict(Department.objects.values_list("code", "short_name"))
    unstaffed = [fields[1] for fields in lines if fields[0] == "unstaffed"]
    roles = {**offices, TEAM: _("小组")}
    lifted = [roles.get(fields[1], fields[1]) for fields in lines if fields[0] == "lifted"]
    said = []
    if unstaffed:
        said.append(_("合适的人数不足而未派人的共 %d 处") % len(unstaffed))
    if lifted:
        said.append(_("承担上限合计不够，本次全部放开：%s") % "、".join(lifted))
    return said
