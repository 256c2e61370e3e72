"""The one document that every screen of a draw follows: hall, console, phones, public page.

It holds nothing that anybody may not read. With sealed publication the system's opening, the seed, the key and the
names stay out of it until their day.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

import fairdraw
from mingcha.domain.draws.models import DiceEntry, Draw, Outcome, Seat, Signature, SignatureSeat
from mingcha.domain.draws.queries.invitations import announcement_of
from mingcha.domain.draws.queries.lists import room_sees_names, strata_labels
from mingcha.domain.draws.queries.public import when_public
from mingcha.domain.draws.queries.shown import shown_of
from mingcha.domain.plans.models import Exclusion
from mingcha.kit.digests import canonical_json, sha256_hex

Document = dict[str, Any]

SEATING, FREEZING, BINDING, THROWING, OPENING, DRAWING, SIGNING, IN_FORCE = range(1, 9)
AGREE = 2  # people who type the same


def phase_words() -> list[str]:
    """What the eight steps are called on every screen."""
    return [_("入席"), _("冻结"), _("封存"), _("取数"), _("开封"), _("抽取"), _("签字"), _("生效")]


def state_document(draw: Draw, *, now: datetime) -> Document:
    """Everything that a screen may show at this moment, small enough to be asked for every two seconds.

    `read_at` (seconds since 1970) is no part of the mark: it tells which of two answers is the older.
    """
    seats = list(draw.seats.annotate(heard=Count("objections")).order_by("pk"))
    signatures = list(draw.signatures.order_by("at", "pk"))
    names_open = room_sees_names(draw, now=now)
    document: Document = {
        "number": draw.number,
        "title": draw.campaign.title,
        "is_rehearsal": draw.is_rehearsal,
        "state": draw.state,
        "state_label": draw.get_state_display(),
        "phases": phase_words(),
        "phase": _phase(draw, seats, signatures),
        "ending": _ending(draw),
        "over": draw.is_over,
        "department": draw.department.name,
        "participants": _participants(draw),
        "announcement": _announcement(draw),
        "seats": [_seat(seat) for seat in seats],
        "digests": {
            "rules": spoken_digest(draw.rules_digest),
            "system": spoken_digest(draw.system_commitment),
            "freeze": spoken_digest(draw.freeze_digest),
        },
        "copies_checked": draw.copies_checked_at is not None,
        "dice": _dice(draw),
        "counts": _counts(draw),
        "names": {"open": names_open, "when": "" if names_open else when_public(draw)},
        "result": {**spoken, "at": _moment(draw.result_at)} if (spoken := spoken_digest(draw.result_sha256)) else None,
        "opening": _opening(draw) if names_open else None,
        "signatures": [_signature(draw, signature) for signature in signatures],
        "awaited": _awaited(draw, signatures),
        "shown": shown_of(draw, names_open=names_open),
    }
    return {**document, "mark": sha256_hex(canonical_json(document))[:16], "read_at": now.timestamp()}


def mark_of(draw: Draw) -> str:
    """Changes whenever a screen that follows the draw has something new to show; says nothing else."""
    return str(state_document(draw, now=timezone.now())["mark"])


def spoken_digest(digest: str) -> Document | None:
    """A digest and the eight words that it is read aloud by; nothing before it exists."""
    return {"digest": digest, "words": list(fairdraw.spoken(digest))} if digest else None


def _phase(draw: Draw, seats: Sequence[Seat], signatures: Sequence[Signature]) -> Document:
    """By what has happened and not by the state's name, so that a draw that was stopped stays where it stopped."""
    number, since = _step(draw, seats, signatures)
    return {"number": number, "label": phase_words()[number - 1], "since": _moment(since)}


def _step(draw: Draw, seats: Sequence[Seat], signatures: Sequence[Signature]) -> tuple[int, datetime | None]:
    if draw.in_force_at:
        return IN_FORCE, draw.in_force_at
    if draw.has_result:
        return (SIGNING, signatures[0].at) if signatures else (DRAWING, draw.result_at)
    if draw.dice_at:
        return OPENING, draw.dice_at
    if draw.copies_checked_at:
        return THROWING, draw.copies_checked_at
    bound = [seat.committed_at for seat in seats if seat.committed_at]
    if bound:
        return BINDING, min(bound)
    return (FREEZING, draw.frozen_at) if draw.frozen_at else (SEATING, draw.opened_at)


def _ending(draw: Draw) -> Document | None:
    """An abort or a void. Until the second person agrees only the fact that it was proposed is said."""
    if draw.is_aborted:
        return {"kind": "aborted", "reason": draw.abort_reason, "at": _moment(draw.aborted_at)}
    if draw.is_voided:
        return {"kind": "voided", "reason": draw.void_reason, "at": _moment(draw.voided_at)}
    if draw.may_be_aborted and draw.abort_proposed_by_id:
        return {"kind": "abort_proposed", "reason": "", "at": None}
    if draw.may_be_voided and draw.void_proposed_by_id:
        return {"kind": "void_proposed", "reason": "", "at": None}
    return None


def _participants(draw: Draw) -> list[str]:
    parties = draw.campaign.parties.select_related("department")
    return [party.department.name for party in parties if party.department_id != draw.department.pk]


def _announcement(draw: Draw) -> Document | None:
    held = announcement_of(draw)
    if held is None:
        return None
    return {"place": held.place, "held_at": _moment(held.held_at), "watching": held.watching}


def _seat(seat: Seat) -> Document:
    """A card. What a witness has opened is public: everybody compares it with what was committed."""
    heard: int = getattr(seat, "heard", 0)
    return {
        "party": seat.party,
        "name": seat.name,
        "unit": seat.unit,
        "capacity": seat.capacity,
        "committed": bool(seat.commitment),
        "commitment": seat.commitment,
        "opened": bool(seat.secret),
        "secret": seat.secret,
        "from_copy": seat.opened_from_copy,
        "objections": heard,
    }


def _dice(draw: Draw) -> Document:
    """How many people have typed and whether they differ; never a digit before two agree."""
    entries = [] if draw.dice_at else list(draw.dice_entries.order_by("typed_at", "pk"))
    return {
        "typed": AGREE if draw.dice_at else len(entries),
        "typed_at": _moment(draw.dice_at or (entries[-1].typed_at if entries else None)),
        "differ": _differ(entries),
        "digits": draw.dice,
        "public_words": draw.public_words,
        "public_value": draw.public_value,
    }


def _differ(entries: Iterable[DiceEntry]) -> bool:
    return len({(entry.digits, entry.public_value) for entry in entries}) > 1


def _counts(draw: Draw) -> Document | None:
    """From the report that was fixed with the freeze; nothing before it."""
    if not draw.forecast:
        return None
    labels, reasons = strata_labels(draw), dict(Exclusion.choices)
    sizes = draw.forecast["sizes"]
    return {
        "register": draw.forecast["register_total"],
        "frame": draw.forecast["frame"],
        "take": sum(size["take"] for size in sizes),
        "inspectors": sum(draw.forecast["inspectors"].values()),
        "barred": draw.forecast["barred"],
        "excluded": [
            {"reason": code, "label": str(reasons.get(code, code)), "count": count}
            for code, count in sorted(draw.forecast["excluded"].items())
        ],
        "strata": [
            {
                "code": size["stratum"],
                "label": labels.get(size["stratum"], size["stratum"]),
                "size": size["size"],
                "take": size["take"],
                "reserve": size["reserve"],
            }
            for size in sizes
        ],
    }


def _opening(draw: Draw) -> Document:
    return {"system": draw.system_secret, "seed": draw.seed, "key": draw.key}


def _signature(draw: Draw, signature: Signature) -> Document:
    """By seat and capacity: whose account signed for an office is nobody's business in the hall."""
    return {
        "seat": signature.seat,
        "capacity": signature.capacity,
        "outcome": signature.outcome,
        "outcome_label": str(Outcome(signature.outcome).label),
        "text": signature.text,
        "required": signature.seat in draw.signatories,
        "at": _moment(signature.at),
    }


def _awaited(draw: Draw, signatures: Iterable[Signature]) -> list[Document]:
    """Who has to sign and has not."""
    if not draw.may_be_signed:
        return []
    labels = {seat.value: str(seat.label) for seat in SignatureSeat}
    missing = [seat for seat in draw.signatories if seat not in {one.seat for one in signatures}]
    return [{"seat": seat, "label": labels.get(seat, seat)} for seat in missing]


def _moment(at: datetime | None) -> str | None:
    """In the clock of the room."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
