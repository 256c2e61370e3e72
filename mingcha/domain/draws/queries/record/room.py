"""The people in the room: who sat where, who did not act for themselves, who objected, who signed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw, Objection, Seat, Signature, SignatureSeat
from mingcha.domain.draws.queries.record.wording import Veil, moment


def room_facts(draw: Draw, veil: Veil) -> dict[str, object]:
    """Seats, remarks and signature boxes."""
    seats = list(draw.seats.order_by("taken_at", "pk"))
    return {
        "seats": [f"{seat.party} {veil.witness(seat.name)}（{seat.unit}，{seat.capacity}）" for seat in seats],
        "remarks": [{"label": label, "lines": list(lines)} for label, lines in _remarks(draw, seats)],
        "boxes": list(_boxes(draw, seats, veil)),
    }


def _remarks(draw: Draw, seats: list[Seat]) -> Iterator[tuple[str, list[str]]]:
    yield _("未亲自封存或开封"), [line for seat in seats for line in _absent(draw, seat)]
    yield (
        _("异议"),
        [
            _("%(seat)s 在“%(phase)s”阶段（%(at)s）：%(text)s")
            % {"seat": row.seat.party, "phase": row.get_phase_display(), "at": moment(row.at), "text": row.text}
            for row in Objection.objects.filter(seat__draw=draw).select_related("seat")
        ],
    )
    yield (
        _("保留意见或拒绝签字"),
        [
            f"{row.capacity}（{row.get_outcome_display()}）：{row.text or _('未写理由')}"
            for row in draw.signatures.exclude(outcome="SIGNED").order_by("at", "pk")
        ],
    )


def _absent(draw: Draw, seat: Seat) -> Iterator[str]:
    if draw.frozen_at and not seat.commitment:
        yield _("%s 没有封存") % seat.party
    if seat.opened_from_copy:
        yield _("%(seat)s 没有亲自开封，%(at)s由纪检监察机构的密封副本开封") % {
            "seat": seat.party,
            "at": moment(seat.opened_at),
        }


def _boxes(draw: Draw, seats: list[Seat], veil: Veil) -> Iterator[dict[str, object]]:
    """A box for everyone who may sign: filled where somebody signed in the system, to be signed by hand elsewhere."""
    given = {row.seat: row for row in draw.signatures.order_by("at", "pk")}
    yield _box(_("承办人"), "", None)
    for office in SignatureSeat:
        row = given.get(office.value)
        must = _("（应签）") if office.value in draw.signatories else ""
        yield _box(f"{office.label}{must}", row.name if row else "", row)
    for seat in seats:
        yield _box(f"{seat.party} {seat.capacity}", veil.witness(seat.name), given.get(seat.party))


def _box(label: str, name: str, row: Signature | None) -> dict[str, object]:
    signed = {"outcome": row.get_outcome_display(), "at": moment(row.at), "text": row.text} if row else None
    return {"label": label, "name": name, "signed": signed}
