"""The sheet of a draw: hostile names, the same bytes, where its codes lead, its place in the bundle."""

import io
import zipfile
from datetime import timedelta

import pytest
import segno
from django.core.cache import cache

from mingcha.domain.draws import actions
from mingcha.domain.draws.queries import Edition, bundle_of, record_of
from mingcha.domain.draws.queries.record import facts_of
from mingcha.domain.registers.models import Subject
from mingcha.kit import paper
from tests.factories import draws
from tests.factories.organisation import unguarded
from tests.reading import text_of

pytestmark = pytest.mark.django_db

SITE = "https://mingcha.example"


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test sets its own sheets."""
    cache.clear()


def test_hostile_and_rare_names_stand_there_as_they_are(cast):
    campaign = draws.county(cast)
    ends = ['#import"x":*', "$x$@y\\z", "𬱖䶮㛃·", "*粗*_斜_", "甲" * 150, "A" * 190]
    with unguarded():
        for number, subject in enumerate(Subject.objects.all()):
            subject.name = f"{number}{ends[number % len(ends)]}"
            subject.save()
    draw = draws.draw_at(cast, "RESULT", campaign)
    for edition in Edition:
        said = text_of(record_of(draw, edition, names=True, site=SITE))
        assert [row.name for row in draw.subjects.all() if row.name not in said] == []


# ---- the same bytes --------------------------------------------------------------------------------------------


def test_the_same_draw_and_signatures_give_the_same_bytes(cast, noon):
    made = draws.room_at(cast, "RESULT")
    first = record_of(made.now(), Edition.PUBLIC, names=True, site=SITE)
    cache.clear()
    assert record_of(made.now(), Edition.PUBLIC, names=True, site=SITE) == first
    actions.sign(made.draw, seat="agency", outcome="SIGNED", by=cast.approver, at=noon + timedelta(hours=1))
    assert record_of(made.now(), Edition.PUBLIC, names=True, site=SITE) != first


def test_a_sheet_is_set_once_and_kept_by_its_facts(cast, monkeypatch):
    draw = draws.draw_at(cast, "RESULT")
    first = record_of(draw, Edition.PUBLIC, names=True, site=SITE)
    monkeypatch.setattr("mingcha.domain.draws.queries.record.typeset", lambda *_a, **_k: b"set again")
    assert record_of(draw, Edition.PUBLIC, names=True, site=SITE) == first
    assert record_of(draw, Edition.PUBLIC, names=False, site=SITE) == b"set again"


def test_the_codes_to_scan_lead_to_this_draw_on_this_site(cast):
    draw = draws.draw_at(cast, "RESULT")
    scan = facts_of(draw, Edition.PUBLIC, names=True, site=SITE)["scan"]
    addresses = [f"{SITE}/v/{draw.number}", f"{SITE}/draws/{draw.number}/bundle.zip"]
    assert [code["address"] for code in scan] == addresses
    for code, address in zip(scan, addresses, strict=True):
        drawn = io.BytesIO()
        segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False)
        assert code["svg"] == drawn.getvalue().decode()


# ---- in the bundle ---------------------------------------------------------------------------------------------


def test_the_bundle_holds_the_public_edition_without_an_address(cast):
    draw = draws.draw_at(cast, "IN_FORCE")
    with zipfile.ZipFile(io.BytesIO(bundle_of(draw))) as archive:
        said = text_of(archive.read("record.pdf"))
    assert "公开版" in said
    assert f"/v/{draw.number}" in said
    assert "http" not in said
    assert not any(person.name in said for row in draw.subjects.all() for person in row.inspectors.all())


def test_a_draw_can_be_checked_where_the_fonts_are_missing(cast, tmp_path, monkeypatch, caplog):
    draw = draws.draw_at(cast, "RESULT")
    monkeypatch.setattr(paper, "FONTS", tmp_path)
    with zipfile.ZipFile(io.BytesIO(bundle_of(draw))) as archive:
        assert "record.pdf" not in archive.namelist()
        assert "result.tsv" in archive.namelist()
    assert "缺少打印字体" in caplog.text
