"""The report of a freeze is a stored mapping: what is shown, printed and marked of it does not follow its keys."""

import pytest

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import public_facts, state_document
from mingcha.domain.draws.queries.record import Edition, facts_of
from mingcha.web.desk.draw_words import forecast_words
from tests.conftest import NOON
from tests.factories import draws as make

pytestmark = pytest.mark.django_db

# Shorter keys first is what PostgreSQL makes of them, the longer first what another store may.
REASONS = ["closed", "inspected-this-year", "no-stratum", "waived"]


def shown(draw: Draw, order: list[str]) -> list[object]:
    forecast = dict(draw.forecast)
    forecast["excluded"] = {reason: REASONS.index(reason) + 1 for reason in order}
    forecast["inspectors"] = dict(sorted(forecast["inspectors"].items(), reverse=order[0] != REASONS[0]))
    draw.forecast = forecast
    return [
        forecast_words(draw, forecast),
        state_document(draw, now=NOON),
        public_facts(draw, now=NOON)["exclusions"],
        facts_of(draw, Edition.PUBLIC, names=False, site="https://example.invalid"),
    ]


def test_the_console_the_wall_the_portal_and_the_record_show_the_reasons_in_one_order(cast):
    draw = make.draw_at(cast, "SIGNED")
    first = shown(draw, REASONS)
    assert shown(draw, REASONS[::-1]) == first
    assert [label for label, _count in first[0]["excluded"]] == [
        label for label, _count in first[3]["register"]["excluded"]
    ]
    assert len(first[0]["inspectors"]) == 2
