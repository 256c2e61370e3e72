"""The digests with their words, the commitments with their openings, the dice, the seed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

import fairdraw
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries.record.wording import Veil, moment


def ceremony_facts(draw: Draw, veil: Veil, *, open_names: bool) -> dict[str, object]:
    """Everything that chance was made of; while the names are closed neither the system's opening nor the seed."""
    return {
        "digests": list(_digests(draw)),
        "parties": list(_parties(draw, veil, open_names=open_names)) if draw.rules_digest else [],
        "copies": _copies(draw),
        "dice": _dice(draw),
        "seed": {"seed": draw.seed, "key": draw.key} if open_names else None,
    }


def _digests(draw: Draw) -> Iterator[dict[str, object]]:
    told = [
        (_("名录与规则摘要"), draw.rules_digest, draw.frozen_at),
        (_("系统封存值"), draw.system_commitment, draw.frozen_at),
        (_("冻结摘要（各方封存后宣读）"), draw.freeze_digest, draw.committed_at),
        (_("结果摘要（签字所签）"), draw.result_sha256, draw.result_at),
    ]
    for label, digest, at in told:
        if digest:
            yield {"label": label, "hex": digest, "words": list(fairdraw.spoken(digest)), "at": moment(at)}


def _parties(draw: Draw, veil: Veil, *, open_names: bool) -> Iterator[dict[str, str]]:
    yield {
        "who": _("系统"),
        "commitment": draw.system_commitment,
        "committed": moment(draw.frozen_at),
        "opening": draw.system_secret if open_names else "",
        **_verdict(draw, "system", draw.system_commitment, draw.system_secret),
    }
    for seat in draw.seats.order_by("taken_at", "pk"):
        yield {
            "who": f"{seat.party} {veil.witness(seat.name)}",
            "commitment": seat.commitment,
            "committed": moment(seat.committed_at),
            "opening": seat.secret,
            **_verdict(draw, seat.party, seat.commitment, seat.secret, from_copy=seat.opened_from_copy),
        }


def _verdict(draw: Draw, party: str, commitment: str, secret: str, *, from_copy: bool = False) -> dict[str, str]:
    """Computed again for the sheet, never copied from a state."""
    if not commitment:
        return {"verdict": _("未封存"), "how": ""}
    if not secret:
        return {"verdict": _("未开封"), "how": ""}
    agrees = fairdraw.commitment(draw.number, draw.rules_digest, party, secret) == commitment
    return {"verdict": _("一致") if agrees else _("不一致"), "how": _("由密封副本开封") if from_copy else ""}


def _copies(draw: Draw) -> str:
    if draw.copies_checked_by is None:
        return ""
    return _("掷骰前，纪检监察人员%(name)s于%(at)s逐份打开各方的密封副本，与封存值一致。") % {
        "name": draw.copies_checked_by.full_name,
        "at": moment(draw.copies_checked_at),
    }


def _dice(draw: Draw) -> dict[str, object] | None:
    if not draw.dice:
        return None
    entries = draw.dice_entries.select_related("typed_by").order_by("typed_at", "pk")
    return {
        "digits": draw.dice,
        "typed_by": [f"{entry.typed_by.full_name}（{moment(entry.typed_at)}）" for entry in entries],
        "public_words": draw.public_words,
        "public_value": draw.public_value,
    }
