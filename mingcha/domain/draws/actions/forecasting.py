"""Rehearsal seeds: who is likeliest to go where, worked out in the background before the freeze (draw-protocol §2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import fairdraw
from mingcha.domain.audit.actions import record
from mingcha.domain.draws import queries
from mingcha.domain.draws.actions.freezing import compose
from mingcha.domain.draws.models import Draw, PredictabilityReport
from mingcha.domain.draws.rules.forecasts import check_forecastable
from mingcha.kit.action import action
from mingcha.kit.actors import Actor
from mingcha.kit.locking import locked

SEEDS = 200
# Witnesses change no table, and nobody may have sat down yet.
PLACEHOLDERS = ("w1", "w2")


@dataclass(frozen=True)
class Composed:
    """What would be frozen now, and the digest over its tables."""

    inputs: fairdraw.Inputs
    digest: str


def compose_inputs(draw: Draw, *, on: date) -> Composed:
    """The tables as the registers give them on this day; refused where a freeze would be. Writes nothing."""
    files, inputs, _sources = compose(draw, PLACEHOLDERS, on=on)
    digests = {name: sha256(files[name]).hexdigest() for name in queries.TABLES}
    return Composed(inputs, queries.inputs_digest(digests))


def rehearsal_keys(digest: str, seeds: int = SEEDS) -> list[str]:
    """Keys that follow from the tables, so that nobody can pick a pleasing report; none is the ceremony's."""
    return [fairdraw.key_of(sha256(f"{digest} {number}".encode()).hexdigest()) for number in range(seeds)]


@action
def keep_forecast(
    draw: Draw, *, inputs_digest: str, rehearsed: fairdraw.Rehearsed | None, by: Actor, at: datetime
) -> PredictabilityReport:
    """Keep what the rehearsals showed, once for the same tables; `rehearsed` is None for more pairs than are rehearsed
    (kept with 0 seeds, so that a page can say so). Only the system does this, no account needs a permission for it."""
    draw = locked(draw)
    check_forecastable(draw)
    known = draw.reports.filter(inputs_digest=inputs_digest).first()
    if known is not None:
        return known
    report = PredictabilityReport.objects.create(
        draw=draw,
        inputs_digest=inputs_digest,
        made_at=at,
        seeds=rehearsed.seeds if rehearsed else 0,
        pairs=_shown(rehearsed) if rehearsed else {},
    )
    details = {"inputs_digest": inputs_digest, "seeds": report.seeds}
    record("draw.forecast_made", draw, by=by, at=at, details=details)
    return report


def _shown(rehearsed: fairdraw.Rehearsed) -> dict[str, object]:
    """As JSON: codes only, `area` empty for none."""
    return {
        "people": rehearsed.people,
        "certain": _people(rehearsed.certain),
        "never": _people(rehearsed.never),
        "likeliest": [
            {
                "role": pair.role,
                "area": pair.area or "",
                "needs": list(pair.needs),
                "inspector": pair.inspector,
                "sent": pair.sent,
                "chances": pair.chances,
                "expected": round(pair.expected, 4),
            }
            for pair in rehearsed.pairs
        ],
    }


def _people(people: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"role": role, "inspector": inspector} for role, inspector in people]
