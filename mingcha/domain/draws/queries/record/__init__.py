"""《随机抽取记录单》 of a draw: one set of facts, two editions, set by sheet.typ.

The archive edition is whole. The public one veils numbers that may be a person's (naming.py) and says of inspectors and
witnesses only the surname.
While the names are closed, either has counts and digests alone.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock

from django.core.cache import cache
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries.record.ceremony import ceremony_facts
from mingcha.domain.draws.queries.record.head import ending_of, head_facts
from mingcha.domain.draws.queries.record.outcome import outcome_facts
from mingcha.domain.draws.queries.record.register import register_facts
from mingcha.domain.draws.queries.record.room import room_facts
from mingcha.domain.draws.queries.record.wording import PLAIN, VEILED, Veil
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused
from mingcha.kit.paper import typeset

TEMPLATE = Path(__file__).with_name("sheet.typ")
KEPT_SECONDS = 24 * 60 * 60
FINGERPRINT = 16  # hex characters at the foot of each page: two sheets that differ anywhere differ there


class Edition(StrEnum):
    """For whom a sheet is."""

    ARCHIVE = "archive"
    PUBLIC = "public"


_one_at_a_time = Lock()  # a long list takes seconds and much memory; nobody gains when two are set at once


def record_of(draw: Draw, edition: Edition, *, names: bool, site: str) -> bytes:
    """The sheet as PDF, kept by its facts. `names`: may this reader see them now? `site`: the address of the QR codes.

    The same draw, with the same signatures, gives the same bytes.
    """
    facts = facts_of(draw, edition, names=names, site=site)
    kept_as = f"record:{sha256_hex(canonical_json(facts))}"
    return _kept(kept_as) or _set(kept_as, facts, at=_last_act(draw))


def _kept(name: str) -> bytes | None:
    found: bytes | None = cache.get(name)
    return found


def _set(name: str, facts: Mapping[str, object], *, at: datetime) -> bytes:
    with _one_at_a_time:
        made = _kept(name) or typeset(TEMPLATE, facts, at=at)
        cache.set(name, made, KEPT_SECONDS)
    return made


def facts_of(draw: Draw, edition: Edition, *, names: bool, site: str) -> Mapping[str, object]:
    """Everything that a sheet says; refused while there is neither a result nor an end to record."""
    over = draw.is_aborted or draw.is_voided
    if not draw.has_result and not over:
        raise Refused(_("抽取 %s 还没有结果，产生结果或者中止后才有记录单") % draw.number)
    veil: Veil = VEILED if edition == Edition.PUBLIC else PLAIN
    open_names = names and draw.has_result
    facts: dict[str, object] = {
        "edition": _("公开版") if edition == Edition.PUBLIC else _("存档版"),
        "number": draw.number,
        **head_facts(draw, open_names=open_names, site=site),
        **register_facts(draw, open_names=open_names),
        **ceremony_facts(draw, veil, open_names=open_names),
        **outcome_facts(draw, veil, open_names=open_names),
        **room_facts(draw, veil),
        "ending": ending_of(draw),
    }
    return {**facts, "fingerprint": sha256_hex(canonical_json(facts))[:FINGERPRINT]}


def _last_act(draw: Draw) -> datetime:
    """The date of the sheet: that of the last thing it tells."""
    signed = draw.signatures.order_by("-at").values_list("at", flat=True).first()
    moments = (draw.opened_at, draw.result_at, draw.in_force_at, draw.aborted_at, draw.voided_at, signed)
    return max(moment for moment in moments if moment is not None)
