"""When an outlet is tried again, what may be entered of it and what its answer must be. Pure: no query, no clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.outlets.models import Delivery
from mingcha.kit.errors import Refused

MOST_TRIES = 8
# After the first, second … try; the last one is kept for every further try.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
LONGEST_PAUSE = timedelta(days=1)
A_TRY = PAUSES[0]  # however long an outlet takes, a try that was begun is over after that
LONGEST_ADDRESS = 500
LONGEST_NUMBER = 120
LONGEST_FAULT = 500


def pause_after(tries: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many tries; longer if the outlet asked for it, but never more than a day."""
    usual = PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
    return min(max(usual, asked or usual), LONGEST_PAUSE)


def first_try_at(stale: Iterable[Delivery], *, at: datetime) -> datetime:
    """At once; but while a try of what it takes the place of may be on the line, the newer one waits for its end.

    Else the older content could arrive last. One that waits for that reason itself makes the next wait as well.
    """
    on_the_line = any(row.is_waiting and (row.tries or _is_later(row.next_try_at, at)) for row in stale)
    return at + A_TRY if on_the_line else at


def again_at(delivery: Delivery, *, at: datetime) -> datetime:
    """When somebody wants it sent again: at once, or when a try that may be on the line is over."""
    if not delivery.is_waiting or delivery.next_try_at is None:
        return at
    return max(at, min(delivery.next_try_at, at + A_TRY))


def _is_later(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment > at


def is_hopeless(tries: int) -> bool:
    """Nobody answers any more: somebody has to look."""
    return tries >= MOST_TRIES


def check_holds(title: str, *, holds: bool) -> None:
    """An edition that was replaced meanwhile must not take the place of the one that replaced it."""
    if not holds:
        raise Refused(_("“%s”已经不再施行，不送公示渠道") % title)


def check_due(delivery: Delivery | None, *, title: str, at: datetime) -> Delivery:
    """Refuse to send what was put up, sent back, overtaken, or what another worker has just taken (None: holds it)."""
    if delivery is None or not delivery.is_waiting or delivery.next_try_at is None or delivery.next_try_at > at:
        raise Refused(_("“%s”现在不用送：已经送过，或者还没有到时间") % title)
    return delivery


def check_sendable_again(delivery: Delivery) -> None:
    """Only what is still to be put up is sent again."""
    if delivery.is_delivered:
        raise Refused(_("“%s”在这个渠道已经公布，不用再送") % delivery.title)
    if delivery.is_overtaken:
        raise Refused(_("“%s”已有新内容，送新的一份") % delivery.title)


def check_enterable(delivery: Delivery, *, has_interface: bool) -> None:
    """By hand goes only what nobody sends: no interface, sent back or given up; an address that was missing is added.

    What still goes by itself nobody can declare put up: it would never be sent.
    """
    if delivery.is_overtaken:
        raise Refused(_("“%s”已有新内容，登记新的一份") % delivery.title)
    if delivery.is_delivered and delivery.public_address:
        raise Refused(_("“%s”在这个渠道的公布地址已经登记") % delivery.title)
    if delivery.is_waiting and has_interface:
        raise Refused(_("“%s”由接口自动送，渠道退回或者多次没有送到时才由人登记") % delivery.title)


def check_correctable(delivery: Delivery, *, address: str) -> None:
    """What a person entered may be wrong; what the outlet itself gave in its receipt no person replaces."""
    if not (delivery.is_delivered and delivery.public_address):
        raise Refused(_("“%s”还没有公布地址，先登记") % delivery.title)
    if delivery.entered_by is None:
        raise Refused(_("“%s”的公布地址是渠道的回执给的，由渠道改正") % delivery.title)
    if address == delivery.public_address:
        raise Refused(_("和已经登记的公布地址一样，填改正后的地址"), field="address")


def check_put_up_on(delivery: Delivery, on: date, *, today: date) -> None:
    """It was put up after it was made and not in the future."""
    if on > today:
        raise Refused(_("公布日期在今天之后，填实际公布的那一天"), field="on")
    made = timezone.localdate(delivery.prepared_at)
    if on < made:
        raise Refused(_("公布日期早于这份清单形成的 %s，填实际公布的那一天") % made.isoformat(), field="on")


def check_address(address: str) -> None:
    """An address that a visitor can open."""
    if not is_address(address):
        raise Refused(_("公布地址应以 https:// 或 http:// 开头，从浏览器地址栏整行复制"), field="address")


def check_number(number: str) -> None:
    """It fits."""
    if len(number) > LONGEST_NUMBER:
        raise Refused(_("编号超过 %d 个字，填渠道给的编号") % LONGEST_NUMBER, field="number")


def is_address(address: str) -> bool:
    """http or https, a host, no account in it, printable and not too long."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = address.isprintable() and not any(sign in address for sign in " \"'<>\\")
    good = parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc
    return good and plain and len(address) <= LONGEST_ADDRESS
