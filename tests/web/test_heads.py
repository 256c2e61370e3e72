"""HEAD is asked by links, monitors and search engines: every address answers it as it answers GET, without the body."""

import pytest
from django.urls import get_resolver, reverse

from mingcha.domain.draws.models import Draw
from mingcha.domain.organisation.models import Grant, Role
from tests.factories import draws, inspections, organisation
from tests.web.test_hostile_addresses import patterns

pytestmark = pytest.mark.django_db

ROUTES = list(patterns(get_resolver()))
SOMEBODY = {"int": "1", "str": "nobody", "slug": "nobody", "uuid": "00000000-0000-0000-0000-000000000000"}
CHANGES_EACH_TIME = {"Set-Cookie", "Content-Security-Policy", "Content-Length"}


@pytest.fixture
def mighty(cast):
    """An account with every role."""
    user = organisation.user("mighty")
    with organisation.unguarded():
        Grant.objects.bulk_create(Grant(user=user, role=role, region=cast.region) for role in Role)
    return user


def told(answer):
    return answer.status_code, {name: text for name, text in answer.items() if name not in CHANGES_EACH_TIME}


def test_every_address_answers_head_as_it_answers_get(cast, browse, mighty):
    inspections.world(cast)
    for client in (browse(), browse(mighty)):
        client.raise_request_exception = False
        for route, kinds in ROUTES:
            address = route.format(*(SOMEBODY[kind] for kind in kinds))
            seen, head = client.get(address), client.head(address)
            assert told(head) == told(seen), address
            assert b"".join(head) == b"", address
            b"".join(seen)  # a file is open until it is read; closing it by hand would close the test's connection too


def test_the_files_of_a_draw_answer_head_with_the_length_of_the_file(cast, browse):
    draw = draws.draw_at(cast, "IN_FORCE")
    client = browse()
    for name, arguments in (
        ("verification", []),
        ("draw_bundle", []),
        ("draw_file", ["frame.tsv"]),
        ("server_check", []),
        ("drawn_names", []),
    ):
        address = reverse(f"portal:{name}", args=[draw.number, *arguments])
        seen, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b""), name
        assert head["Content-Length"] == str(len(seen.content)), name


def test_head_starts_no_act(cast, browse):
    """A page that takes whatever is not GET for its form would act, and no check of the form's origin is made."""
    campaign = draws.county(cast)
    answer = browse(cast.handler).head(reverse("desk:draw_open", args=[campaign.pk]))
    assert (answer.status_code, Draw.objects.count()) == (200, 0)
