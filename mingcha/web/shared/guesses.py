"""Wrong codes are counted by where they were typed and by the address that they came from (ADR 0022).

A wrong code takes one of a number of places, which is free again after a while; who has taken them all waits for the
first to be free. The count is kept in the database, so that all processes of a server share it.
"""

from datetime import timedelta
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address

from axes.helpers import get_client_ip_address
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

MOST = 30  # a full hall behind one address mistypes less often
WITHIN = timedelta(minutes=10)
STORE = "guesses"
NETWORK_BITS = 64  # of an IPv6 address, the part that a household or an office is given; the rest it chooses


def minutes_to_wait(request: HttpRequest, place: str) -> int:
    """How long this visitor tries no more codes at this place; 0 when one may be tried."""
    taken = caches[STORE].get_many(_places(request, place))
    if len(taken) < MOST:
        return 0
    left = min(taken.values()) - timezone.now().timestamp()
    return max(1, -int(-left // 60))


def note_wrong(request: HttpRequest, place: str) -> None:
    """One more wrong code. Taking a place is a single insertion: many tries at once take many places.

    A database that is busy writes nothing: it has then made the visitor wait, and is not asked for the next place.
    """
    store = caches[STORE]
    free_at = (timezone.now() + WITHIN).timestamp()
    places = _places(request, place)
    taken = store.get_many(places)
    for one in places:
        if one not in taken and (store.add(one, free_at, WITHIN.total_seconds()) or store.get(one) is None):
            return


def pass_of(*about: str) -> str:
    """Goes with a code that is scanned or followed, not typed: 128 bits that only this server makes."""
    return salted_hmac("mingcha.pass", "\n".join(about), algorithm="sha256").hexdigest()[:32]


def holds_pass(given: str, *about: str) -> bool:
    """Whoever shows it has been given the code and guesses nothing: no stranger can make such a visitor wait."""
    return bool(given) and compare_digest(given.encode(), pass_of(*about).encode())


def _places(request: HttpRequest, place: str) -> list[str]:
    """Names that tell nobody the address."""
    name = salted_hmac("mingcha.guesses", f"{place}\n{_network(request)}", algorithm="sha256").hexdigest()[:32]
    return [f"{name}-{number}" for number in range(MOST)]


def _network(request: HttpRequest) -> str:
    address = get_client_ip_address(request) or ""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(int(known) >> (128 - NETWORK_BITS))
    return str(known)
