"""The public rulebooks."""

import pytest

from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from tests.conftest import NOON
from tests.factories import registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def rulebook(cast) -> Rulebook:
    with unguarded():
        made = Rulebook.objects.create(
            department=cast.market,
            edition=1,
            title="市场监管随机抽查实施细则",
            drafted_by=cast.handler,
        )
        for position, (code, text) in enumerate((("BASIS", "依据示范条例"), ("APPROVAL", "由分管负责人批准")), start=1):
            settings = {"approver": "R05"} if code == "APPROVAL" else {}
            RulebookChapter.objects.create(rulebook=made, code=code, position=position, text=text, settings=settings)
        Rulebook.objects.filter(pk=made.pk).update(state="IN_FORCE", in_force_at=NOON)
    return made


def test_a_rulebook_in_force_is_read_chapter_by_chapter(browse, rulebook):
    assert "市场监管随机抽查实施细则" in browse().get("/rulebooks/").content.decode()
    page = browse().get(f"/rulebooks/{rulebook.pk}/").content.decode()
    assert "1. 检查依据" in page and "依据示范条例" in page and "由分管负责人批准" in page
    assert "部门负责人" in page  # what the chapter settles for the work


def test_a_rulebook_that_is_not_in_force_is_not_public(cast, browse, rulebook):
    with unguarded():
        draft = Rulebook.objects.create(department=cast.fire, edition=1, title="草稿", drafted_by=cast.handler)
    assert browse().get(f"/rulebooks/{draft.pk}/").status_code == 404
    assert "草稿" not in browse().get("/rulebooks/").content.decode()


# proves S0-33
def test_a_department_with_people_and_no_rulebook_stands_in_plain_sight(cast, browse, rulebook):
    registers.inspector(cast.market)
    assert "尚未公布细则" not in browse().get("/rulebooks/").content.decode()
    registers.inspector(cast.fire)
    page = browse().get("/rulebooks/").content.decode()
    assert "以下单位尚未公布细则" in page and cast.fire.name in page


def test_the_pages_of_rulebooks_take_no_post_and_no_rubbish(db, browse, rulebook):
    for address in ("/rulebooks/", f"/rulebooks/{rulebook.pk}/"):
        assert browse().post(address).status_code == 405
    assert browse().get("/rulebooks/?page=abc").status_code == 200
