"""Addresses and forms that no page of ours makes: every page answers them, none breaks."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mingcha.domain.organisation.models import Grant, Role
from tests.factories import inspections as world_of
from tests.factories import organisation, publication, registers

HUGE = "9" * 30
LONG = "9" * 5000  # more digits than Python turns into a number
WORDS = ("abc", "-1", "0", HUGE, "١٢", "a\x00b", "\u202e%'\"--", "9999-12-31", "0001-01-01", "字" * 20)
NAMES = (
    *("page", "q", "state", "kind", "year", "campaign", "department", "region", "colour", "class", "code"),
    *("show", "area", "risk", "person", "event", "about", "on", "found", "next"),
)
QUERIES = [urlencode(dict.fromkeys(NAMES, word)) for word in WORDS]
QUERIES += [f"{name}={'9' * 3900}" for name in ("page", "year", "campaign")] + [f"q={LONG}"]
IDS = {
    "int": ("0", HUGE, "9" * 19, LONG),
    "str": ("\x00", "a\x00b", "字" * 300, ".."),
    "slug": ("x" * 300, "-", "_", "0"),
}


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address as a text with a gap for each argument, and the kinds of the arguments."""
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from patterns(found, route)
        elif isinstance(found, URLPattern):
            start, *pieces = route.split("<")
            rest = [piece.split(">", 1)[1] for piece in pieces]
            yield "/" + "{}".join([start, *rest]), [piece.split(":")[0] for piece in pieces]


PAGES = list(patterns(get_resolver()))
LISTS = [route for route, kinds in PAGES if not kinds]
DETAILS = [(route, kinds) for route, kinds in PAGES if kinds]


@pytest.fixture
def everyone(cast, browse) -> list[Client]:
    """A citizen, an inspector and an account with every role, in a county with one of everything."""
    there = world_of.world(cast)
    world_of.confirmed(there)
    registers.batch(cast.market, by=cast.handler)
    publication.result(cast.market)
    mighty = organisation.user("mighty")
    with organisation.unguarded():
        Grant.objects.bulk_create(Grant(user=mighty, role=role, region=cast.region) for role in Role)
    clients = [browse(), browse(cast.inspector), browse(mighty)]
    for client in clients:
        client.raise_request_exception = False
    return clients


def test_no_list_breaks_on_what_stands_behind_the_question_mark(everyone):
    asked = [(client, f"{route}?{query}") for client in everyone for route in LISTS for query in QUERIES]
    assert [address[:120] for client, address in asked if client.get(address).status_code >= 500] == []


def test_no_page_breaks_on_an_id_that_was_never_given(everyone):
    asked = [
        (client, route.format(*(quote(IDS[kind][turn]) for kind in kinds)))
        for client in everyone
        for route, kinds in DETAILS
        for turn in range(4)
    ]
    assert [address[:120] for client, address in asked if client.get(address).status_code >= 500] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/w/", "/login/", "/w/none/commit/"])
def test_a_form_with_a_nul_is_refused_in_words(browse, address):
    answer = browse().post(address, {"pairing_code": "ABCD\x00", "username": "a\x00"})
    assert answer.status_code == 400
    assert "空字符" in answer.content.decode()


@pytest.mark.django_db
def test_an_endless_account_name_is_refused_before_it_is_recorded(browse):
    answer = browse().post("/login/", {"username": "x" * 300, "password": "x" * 12})
    assert answer.status_code == 200
    assert "60" in answer.content.decode()
    assert not AccessAttempt.objects.exists()


def test_what_staff_and_witnesses_saw_is_not_kept_by_the_browser(cast, browse):
    assert browse(cast.handler).get("/desk/")["Cache-Control"] == "private, no-store"
    assert browse().get("/w/")["Cache-Control"] == "private, no-store"
    assert not browse().get("/").has_header("Cache-Control")
