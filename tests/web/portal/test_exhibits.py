"""What anybody sees of the photos, papers and recordings of a draw."""

import pytest

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import ExhibitKind
from tests.factories import draws
from tests.factories.exhibits import attach, content_for

pytestmark = pytest.mark.django_db
WORDS = {kind: f"说明{kind.value}" for kind in ExhibitKind}


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def with_all(cast, phase, **how):
    """One of each kind, all of different bytes."""
    draw = draws.room_at(cast, phase, **how).draw
    for number, kind in enumerate(ExhibitKind):
        content = content_for(kind)[0] + (b"" if kind == "DICE" else bytes([number]))
        attach(draw, kind, by=cast.handler, words=WORDS[kind], content=content)
    return draw


def page(browse, draw, rest=""):
    return browse().get(f"/v/{draw.number}/{rest}")


def dice_of(draw) -> str:
    return f"dice/{draw.exhibits.get(kind='DICE').pk}/"


def squeezed(answer) -> str:
    return answer.content.decode().replace(" ", "")


# proves S3-15
def test_a_public_draw_lists_kind_words_and_the_whole_digest(cast, browse):
    draw = with_all(cast, "IN_FORCE")
    shown = squeezed(page(browse, draw))
    for exhibit in draw.exhibits.exclude(kind="OTHER"):
        assert exhibit.sha256 in shown
        assert exhibit.get_kind_display() in shown
        assert (exhibit.words in shown) == (exhibit.kind != "RECORDING")


def test_of_other_material_nothing_is_said_and_of_nobody_s_upload_the_name(cast, browse):
    draw = with_all(cast, "IN_FORCE")
    shown = squeezed(page(browse, draw))
    assert draw.exhibits.get(kind="OTHER").sha256 not in shown
    assert WORDS[ExhibitKind.OTHER] not in shown
    assert not [exhibit for exhibit in draw.exhibits.all() if exhibit.file_name in shown]


def test_the_dice_are_open_to_all_and_match_the_digest_beside_them(cast, browse):
    draw = with_all(cast, "IN_FORCE")
    dice = draw.exhibits.get(kind="DICE")
    assert dice_of(draw) in page(browse, draw).content.decode()
    assert dice.kept_sha256 in squeezed(page(browse, draw))
    answer = page(browse, draw, dice_of(draw))
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", ["NOTARY", "PAPER", "RECORDING", "OTHER"])
def test_nothing_with_names_or_faces_is_open(cast, browse, kind):
    draw = with_all(cast, "IN_FORCE")
    pk = draw.exhibits.get(kind=kind).pk
    assert page(browse, draw, f"dice/{pk}/").status_code == 404
    assert browse().get(f"/desk/draws/exhibits/{pk}/").status_code == 302


# proves S4-03
@pytest.mark.parametrize(("phase", "how"), [("SIGNED", {}), ("IN_FORCE", {"list_timing": "AT_START"})])
def test_while_the_list_is_sealed_so_is_every_exhibit(cast, browse, phase, how):
    draw = with_all(cast, phase, **how)
    shown = squeezed(page(browse, draw))
    for exhibit in draw.exhibits.all():
        assert exhibit.sha256 not in shown
        assert exhibit.words not in shown
    assert page(browse, draw, dice_of(draw)).status_code == 404


def test_a_sealed_draw_s_dice_are_not_found_under_a_public_number_nor_by_another_method(cast, browse, noon):
    campaign = draws.county(cast)
    sealed = actions.open_rehearsal(campaign, by=cast.handler, at=noon)
    attach(sealed, by=cast.handler)
    public = draws.draw_at(cast, "IN_FORCE", campaign)
    attach(public, by=cast.handler)
    assert b"".join(page(browse, public, dice_of(public)).streaming_content)
    assert page(browse, public, dice_of(sealed)).status_code == 404
    assert browse().post(f"/v/{public.number}/{dice_of(public)}").status_code == 405


def test_a_draw_without_exhibits_says_nothing_of_them(cast, browse):
    assert "现场材料" not in page(browse, draws.draw_at(cast, "IN_FORCE")).content.decode()
