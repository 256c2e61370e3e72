"""How a phone shows its seat, and a screen that it stands in the hall: signed cookies, no account."""

from datetime import timedelta
from hmac import compare_digest

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from mingcha.domain.draws.models import Draw, Seat
from mingcha.domain.draws.queries import seat_of

SALT = "ceremony.seat"
HALL_SALT = "ceremony.hall"
LASTS = timedelta(days=7)


def cookie_of(draw: Draw) -> str:
    return f"seat-{draw.number}"


def hall_cookie_of(draw: Draw) -> str:
    return f"hall-{draw.number}"


def proof_in(request: HttpRequest, draw: Draw) -> tuple[Seat | None, str]:
    """The seat of this phone and its token; no seat when it has none here."""
    token = _signed(request, cookie_of(draw), SALT)
    return (seat_of(draw, token), token) if token else (None, "")


def claims_seat(request: HttpRequest, draw: Draw) -> bool:
    """Does the phone show anything at all that says it has a seat here?"""
    return cookie_of(draw) in request.COOKIES


def is_hall(request: HttpRequest, draw: Draw) -> bool:
    """Was this screen opened with the pairing code?"""
    shown = _signed(request, hall_cookie_of(draw), HALL_SALT)
    return bool(shown) and compare_digest(shown.encode(), draw.pairing_code.encode())


def in_the_room(request: HttpRequest, draw: Draw) -> bool:
    return is_hall(request, draw) or proof_in(request, draw)[0] is not None


def remember_seat(answer: HttpResponse, draw: Draw, token: str) -> HttpResponse:
    return _remember(answer, cookie_of(draw), token, SALT)


def remember_hall(answer: HttpResponse, draw: Draw) -> HttpResponse:
    return _remember(answer, hall_cookie_of(draw), draw.pairing_code, HALL_SALT)


def _signed(request: HttpRequest, name: str, salt: str) -> str:
    try:
        return request.get_signed_cookie(name, default="", salt=salt) or ""
    except BadSignature:
        return ""


def _remember(answer: HttpResponse, name: str, value: str, salt: str) -> HttpResponse:
    answer.set_signed_cookie(
        name,
        value,
        salt=salt,
        max_age=LASTS,
        path="/w/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
