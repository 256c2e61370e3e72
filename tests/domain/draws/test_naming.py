"""Whose code the public reads whole: one rule for the printed record and for /v/NUMBER (personal data)."""

import pytest

from mingcha.domain.draws import actions
from mingcha.domain.draws.queries import state_document
from mingcha.domain.draws.queries.naming import code_for_all
from mingcha.domain.registers.models import Category, Subject
from tests.domain.draws.test_record import Edition, sheet
from tests.factories import draws
from tests.factories.organisation import unguarded

PERSON = "110101199003070038"  # the example of the register's own rules: nobody's


@pytest.mark.parametrize("category", [Category.ENTERPRISE, Category.SCHOOL, Category.PROJECT, ""])
def test_the_code_of_an_organisation_is_public(category):
    assert code_for_all("91990000MA0000001X", category) == "91990000MA0000001X"


def test_the_credit_code_of_a_trader_is_public_and_any_other_number_of_a_trader_veiled():
    assert code_for_all("92990000MA00000018", Category.TRADER) == "92990000MA00000018"
    assert code_for_all("92990000MA0000001X", Category.TRADER) == "929900************"
    assert code_for_all("990000600012345", Category.TRADER) == "990000*********"


def test_the_number_of_somebody_without_a_licence_is_veiled():
    assert code_for_all("92990000MA00000018", Category.UNLICENSED) == "929900************"
    assert code_for_all("A12", Category.UNLICENSED) == "A12"  # nothing is left of it to veil


def test_an_identity_number_is_veiled_wherever_it_stands():
    assert code_for_all(PERSON, Category.ENTERPRISE) == "110101************"


@pytest.mark.parametrize(
    "code",
    ["110101199003070030", "110101199013070038", "110101199002310038", "91990000MA0000001X", "990000000000001", ""],
    ids=["wrong check", "no such month", "no such day", "credit code", "register number", "nothing"],
)
def test_what_has_no_birthday_and_check_is_no_identity_number(code):
    assert code_for_all(code, Category.ENTERPRISE) == code


@pytest.mark.django_db
def test_the_public_record_and_the_page_veil_the_same_codes(cast, browse):
    """A personal code is whole in the archive edition alone."""
    draw = draws.draw_at(cast, "IN_FORCE")
    first, second = draw.subjects.filter(reserve=False).order_by("pk")[:2]
    with unguarded():
        Subject.objects.filter(pk=first.subject_id).update(category=Category.UNLICENSED)
    veiled = first.code[:6] + "*" * (len(first.code) - 6)
    page = browse().get(f"/v/{draw.number}/names/").content.decode().replace(" ", "")
    printed = sheet(draw, Edition.PUBLIC)
    for shown in (page, printed):
        assert first.name in shown and second.name in shown
        assert first.code not in shown and veiled in shown
        assert second.code in shown
    assert first.code in sheet(draw, Edition.ARCHIVE)


@pytest.mark.django_db
def test_the_hall_shows_somebody_without_a_licence_by_name_and_veils_the_code(cast, noon):
    draw = draws.draw_at(cast, "IN_FORCE")
    first, second = draw.subjects.filter(reserve=False).order_by("pk")[:2]
    with unguarded():
        Subject.objects.filter(pk=first.subject_id).update(category=Category.UNLICENSED)
    for row, code in ((first, code_for_all(first.code, Category.UNLICENSED)), (second, second.code)):
        actions.show_subject(draw, code=row.code, by=cast.handler, at=noon)
        draw.refresh_from_db()
        shown = state_document(draw, now=noon)["shown"]
        assert (shown["name"], shown["code"], shown["rank"]) == (row.name, code, row.rank)


@pytest.mark.django_db
def test_a_change_names_nobody_by_a_personal_code(cast, browse, noon):
    draw = draws.draw_at(cast, "IN_FORCE")
    drawn = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[0]
    with unguarded():
        Subject.objects.filter(pk=drawn.subject_id).update(category=Category.UNLICENSED)
    used = actions.propose_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    actions.decide_reserve(used, agreed=True, by=cast.approver, at=noon)
    page = browse().get(f"/v/{draw.number}/").content.decode()
    changes = page[page.index("抽取之后的变动") :]
    assert drawn.name in changes and drawn.code not in changes
    assert used.reserve.code in changes
