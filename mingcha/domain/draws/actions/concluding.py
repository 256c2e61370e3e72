"""The result, from the stored files and the opened secrets, kept only when it verifies."""

from datetime import datetime
from hashlib import sha256

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.models import Draw, DrawnInspector, DrawnSubject, FrozenFile
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.actions import mark_drawn
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM

BATCH = 5000  # below the number of parameters that any of our databases takes


@action
def conclude(draw: Draw, *, system_secret: str, at: datetime) -> Draw:
    """Compute and keep the result, and tell the campaign that it is drawn: from here on no second draw is possible."""
    seats = list(draw.seats.all())
    files = {file.name: bytes(file.content) for file in draw.files.all()}
    commitments = {"system": draw.system_commitment, **{seat.party: seat.commitment for seat in seats}}
    reveals = {"system": system_secret, **{seat.party: seat.secret for seat in seats}}
    rules.check_untouched(
        draw,
        rules_file=files.get("rules.json", b""),
        commitments=commitments,
        reveals=reveals,
        typed=list(draw.dice_entries.values_list("digits", "public_value")),
    )
    result = rules.result_of(
        files,
        commitments=commitments,
        reveals={**reveals, "dice": draw.dice},
        public_value=draw.public_value or None,
        rules_digest=draw.rules_digest,
        freeze_digest=draw.freeze_digest,
    )
    digests = _keep_files(draw, result)
    _keep_rows(draw, result)
    draw.move_to(DrawState.RESULT)
    draw.system_secret, draw.seed, draw.key = system_secret, result.seed, result.key
    draw.result_sha256, draw.result_at = digests["result.tsv"], at
    draw.save()
    if not draw.is_rehearsal:
        mark_drawn(draw.campaign)
    record("draw.result_made", draw, by=SYSTEM, at=at, details={"result_sha256": draw.result_sha256})
    return draw


def _keep_files(draw: Draw, result: rules.Result) -> dict[str, str]:
    digests = {name: sha256(content).hexdigest() for name, content in result.files.items()}
    FrozenFile.objects.bulk_create(
        FrozenFile(draw=draw, name=name, content=content, sha256=digests[name], rows=content.count(b"\n"))
        for name, content in result.files.items()
    )
    return digests


def _keep_rows(draw: Draw, result: rules.Result) -> None:
    """The lines of result.tsv as rows, with names as the register has them at this moment."""
    content = result.files["result.tsv"]
    places = list(rules.places_in(content))
    subjects = _subjects(draw, [place.code for place in places])
    rows = DrawnSubject.objects.bulk_create(
        (
            DrawnSubject(
                draw=draw,
                subject=subjects.get(place.code),
                code=place.code,
                name=subjects[place.code].name if place.code in subjects else rules.invented_name(place.code),
                stratum=place.stratum,
                rank=place.rank,
                reserve=place.reserve,
                ticket=place.ticket,
            )
            for place in places
        ),
        batch_size=BATCH,
    )
    drawn = {row.code: row for row in rows}
    people = list(rules.people_in(content))
    inspectors = {} if draw.is_rehearsal else _inspectors({person.inspector for person in people})
    departments = Department.objects.in_bulk({person.role for person in people}, field_name="code")
    DrawnInspector.objects.bulk_create(
        (
            DrawnInspector(
                drawn=drawn[person.code],
                department=departments[person.role],
                inspector=inspectors.get(person.inspector),
                code=person.inspector,
                name=_name_of(inspectors, person.inspector),
                position=person.position,
                team=person.team,
            )
            for person in people
        ),
        batch_size=BATCH,
    )


def _inspectors(codes: set[str]) -> dict[str, Inspector]:
    return Inspector.objects.in_bulk(codes, field_name="code")


def _name_of(inspectors: dict[str, Inspector], code: str) -> str:
    return inspectors[code].name if code in inspectors else rules.invented_name(code)


def _subjects(draw: Draw, codes: list[str]) -> dict[str, Subject]:
    if draw.is_rehearsal:
        return {}
    within = Subject.objects.filter(region__code__startswith=draw.department.region.prefix)
    return {
        subject.code: subject
        for start in range(0, len(codes), BATCH)
        for subject in within.filter(code__in=codes[start : start + BATCH])
    }
