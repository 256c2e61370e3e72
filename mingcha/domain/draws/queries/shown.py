"""「找一家企业」: the place of one firm in a draw, from the frozen files, as the hall shows it."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries.aftermath import later_in
from mingcha.domain.draws.queries.files import file_of
from mingcha.domain.draws.queries.lists import strata_labels
from mingcha.domain.draws.queries.naming import code_for_all
from mingcha.domain.draws.queries.public import when_public
from mingcha.domain.plans.models import Exclusion
from mingcha.domain.registers.models import Subject

KEPT_SECONDS = 3600  # longer than a ceremony; a result never changes

Shown = dict[str, Any]


def shown_of(draw: Draw, *, names_open: bool) -> Shown | None:
    """The firm that the host has put on the screen: drawn, reserve, missed, excluded, absent, replaced,
    entered; or sealed."""
    code = draw.shown_code
    if not code or not draw.has_result:
        return None
    if not names_open:
        return {
            "code": code_for_all(code, ""),
            "verdict": "sealed",
            "label": _("尚未公开"),
            "reason": when_public(draw),
        }
    kept_as = f"draw-shown:{draw.number}:{draw.result_sha256}:{code}"
    kept: Shown | None = cache.get(kept_as)
    if kept is None:
        kept = _look_up(draw, code)
        cache.set(kept_as, kept, KEPT_SECONDS)
    return {**kept, **_since(draw, code)}


def _since(draw: Draw, code: str) -> Shown:
    """What holds now, where a reserve has taken a place since: never kept, the place and the ticket stay."""
    later = later_in(draw).get(code)
    return {"verdict": later.kind, "label": later.label, "reason": later.sentence} if later else {}


def code_as_listed(draw: Draw, code: str) -> str:
    """As the frozen tables write it: register numbers may have small letters, people type what they like."""
    listed = any(_line_of(_content(draw, name), code)[0] for name in ("frame.tsv", "excluded.tsv")) if code else False
    return code if listed else code.upper()


def _look_up(draw: Draw, code: str) -> Shown:
    frame = _content(draw, "frame.tsv")
    place, stratum = _line_of(frame, code)
    if place:
        return {**_who(draw, code), **_standing(draw, frame, code, place, stratum)}
    _line, reason = _line_of(_content(draw, "excluded.tsv"), code)
    if reason:
        told = str(dict(Exclusion.choices).get(reason, reason))
        return {**_who(draw, code), "verdict": "excluded", "label": _("被排除"), "reason": told}
    return {"code": code_for_all(code, ""), "name": "", "verdict": "absent", "label": _("不在名录"), "reason": ""}


def _standing(draw: Draw, frame: bytes, code: str, place: int, stratum: str) -> Shown:
    """Its number among all, its ticket, its rank in the stratum and the line there."""
    size = next(size for size in draw.forecast["sizes"] if size["stratum"] == stratum)
    last = draw.subjects.filter(stratum=stratum, rank=size["take"], reserve=False).first()
    ticket = _ticket(draw.key, code.encode())
    rank = _rank(frame, draw.key, stratum, (ticket, code.encode()))
    verdict, label = _verdict(rank, take=size["take"], reserve=size["reserve"])
    return {
        "place": place,
        "of": draw.forecast["frame"],
        "stratum": strata_labels(draw).get(stratum, stratum),
        "ticket": ticket.hex(),
        "rank": rank,
        "size": size["size"],
        "take": size["take"],
        "line": last.ticket if last else "",
        "verdict": verdict,
        "label": label,
        "reason": "",
    }


def _verdict(rank: int, *, take: int, reserve: int) -> tuple[str, str]:
    if rank <= take:
        return "drawn", _("抽中")
    return ("reserve", _("备选")) if rank <= take + reserve else ("missed", _("未抽中"))


def _rank(frame: bytes, key: str, stratum: str, own: tuple[bytes, bytes]) -> int:
    """How many of the stratum come before it, and it: one pass without a sort."""
    return 1 + sum((_ticket(key, other), other) < own for other in _members(frame, stratum))


def _members(frame: bytes, stratum: str) -> Iterator[bytes]:
    wanted = stratum.encode()
    for line in frame.splitlines():
        code, where, _rest = line.split(b"\t", 2)
        if where == wanted:
            yield code


def _ticket(key: str, code: bytes) -> bytes:
    return sha256(key.encode() + b":" + code).digest()


def _line_of(table: bytes, code: str) -> tuple[int, str]:
    """The line, from 1, whose first column is this code, and its second column; 0 when there is none."""
    wanted = f"{code}\t".encode()
    at = 0 if table.startswith(wanted) else table.find(b"\n" + wanted) + 1
    if not at and not table.startswith(wanted):
        return 0, ""
    line = table[at : table.index(b"\n", at)].decode().split("\t")
    return table.count(b"\n", 0, at) + 1, line[1]


def _content(draw: Draw, name: str) -> bytes:
    found = file_of(draw, name)
    return bytes(found.content) if found else b""


def _who(draw: Draw, code: str) -> Shown:
    """The name as the result has it, or as the register has it now; the code as anybody may read it."""
    if draw.is_rehearsal:
        return {"code": code, "name": _("演练企业 %s") % code.partition("-")[2]}
    within = Subject.objects.filter(region__code__startswith=draw.department.region.prefix, code=code)
    name, category = within.values_list("name", "category").first() or ("", "")
    drawn = draw.subjects.filter(code=code).first()
    return {"code": code_for_all(code, category), "name": drawn.name if drawn else name}
