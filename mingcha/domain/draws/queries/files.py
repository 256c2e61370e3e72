"""The bundle of a draw."""

import logging

from django.utils import timezone
from django.utils.translation import gettext as _

import fairdraw
from mingcha.domain.draws.models import Draw, FrozenFile
from mingcha.domain.draws.queries.record import Edition, record_of
from mingcha.kit.errors import Refused
from mingcha.kit.paper import FontsMissing

log = logging.getLogger(__name__)


def file_of(draw: Draw, name: str) -> FrozenFile | None:
    """One file of the bundle, as it was fixed; None when it does not exist (yet)."""
    return draw.files.filter(name=name).first()


def bundle_of(draw: Draw) -> bytes:
    """Everything needed to repeat the draw, as one zip; the same draw and signatures give the same bytes."""
    if not draw.has_result:
        raise Refused(_("抽取 %s 还没有结果，产生结果后才有抽取档案包") % draw.number)
    files = {file.name: bytes(file.content) for file in draw.files.all()}
    return fairdraw.pack({**files, "signatures.json": _signatures(draw), **_record(draw)})


def _record(draw: Draw) -> dict[str, bytes]:
    """The public edition with the names, since the tables beside it hold them; without addresses, the same for all."""
    try:
        return {"record.pdf": record_of(draw, Edition.PUBLIC, names=True, site="")}
    except FontsMissing as fault:
        log.warning("%s: %s", draw.number, fault.reason)  # a draw can be checked without its sheet
        return {}


def _signatures(draw: Draw) -> bytes:
    rows = [
        fairdraw.SignatureRow(
            seat=signature.seat,
            name=signature.name,
            capacity=signature.capacity,
            outcome=signature.outcome.lower(),
            text=signature.text,
            at=timezone.localtime(signature.at).isoformat(timespec="seconds"),
        )
        for signature in draw.signatures.order_by("at", "pk")
    ]
    return fairdraw.write_signatures(draw.rules_digest, draw.result_sha256, rows)
