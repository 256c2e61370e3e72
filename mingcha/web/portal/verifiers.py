"""The two programs with which anybody repeats a draw without us: one page for a browser, one program for Python."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

PAGE, PROGRAM = "fairdraw.html", "fairdraw.pyz"


class VerifierDigests(NamedTuple):
    """SHA-256 of the files as they are handed out: `page` of fairdraw.html, `program` of fairdraw.pyz."""

    page: str
    program: str


@require_GET
def verifier_page(request: HttpRequest) -> HttpResponse:
    """build/fairdraw.html, to be saved: opened from here it would be one more page of this site."""
    return _handed_out(PAGE, "text/html; charset=utf-8")


@require_GET
def verifier_program(request: HttpRequest) -> HttpResponse:
    """build/fairdraw.pyz, to be saved."""
    return _handed_out(PROGRAM, "application/octet-stream")


def verifier_digests() -> VerifierDigests | None:
    """What to print beside the links; None where set-up has not built both files."""
    places = [_place(name) for name in (PAGE, PROGRAM)]
    if not all(place.is_file() for place in places):
        return None
    return VerifierDigests(*(_digest(place, place.stat().st_mtime_ns) for place in places))


def _handed_out(name: str, kind: str) -> HttpResponse:
    place = _place(name)
    if not place.is_file():
        raise Http404
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(place.read_bytes(), content_type=kind, headers={"Content-Disposition": disposition})


def _place(name: str) -> Path:
    return Path(settings.ROOT) / "build" / name


@lru_cache(maxsize=4)
def _digest(place: Path, changed: int) -> str:
    """Read once for each build; `changed` only tells one build from the next."""
    return sha256(place.read_bytes()).hexdigest()
