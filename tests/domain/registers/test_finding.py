"""Finding subjects, and walking through a list of them."""

import pytest
from django.db import connection

from mingcha.domain.registers import actions, queries, rules
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import searching, walking
from tests.factories import organisation as place
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
NAMES = {
    "A001": "江西青禾粮油有限公司",
    "A002": "上海百货商店",
    "A003": "于都县海上餐厅",
    "A004": "ＫＦＣ（上海）餐厅",
    "A005": "𬱖䶮㛃商行",
    "A006": "阿依古丽·买买提小吃店",
    "B007": "油禾商行（油粮青禾）",
}


@pytest.fixture
def shops(cast):
    for code, name in NAMES.items():
        make.subject(code=code, name=name, place=cast.region, address=f"示范街 {code[-1]} 号")


@pytest.fixture(params=["by the index", "walking"])
def way(request, monkeypatch):
    """Both ways must find the same."""
    if request.param == "walking":
        monkeypatch.setattr(searching, "is_common", lambda words: True)
    return request.param


def asked(text: str, **more) -> walking.Slice:
    every = Subject.objects.all()
    wanted = {"address": "", "at": None, "size": 50, **more}
    return queries.slice_of(wanted.pop("rows", every), among=every, words=rules.words_of(text), **wanted)


def codes(found: walking.Slice) -> str:
    return " ".join(row.code for row in found.rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上海", "A002 A004"),
        ("海上", "A003"),
        ("油", "A001 B007"),
        ("店", "A002 A006"),
        ("青禾", "A001 B007"),
        ("粮油有限", "A001"),
        ("禾粮青", ""),
        ("(上海)", "A002 A004"),
        ("kfc上海", "A004"),
        ("KFC", "A004"),
        ("䶮", "A005"),
        ("𬱖䶮㛃", "A005"),
        ("买买提", "A006"),
        ("古丽买买", "A006"),
        ("qhly", "A001"),
        ("QHLY", "A001"),
        ("hlyyxgs", "A001"),
        ("yxg", "A001"),
        ("a00", "A001 A002 A003 A004 A005 A006"),
        ("A005", "A005"),
        ("B0", "B007"),
        ("没有", ""),
        ("·", "A001 A002 A003 A004 A005 A006 B007"),
    ],
)
def test_a_part_of_the_name_the_initials_or_the_beginning_of_the_code_find_and_nothing_else(shops, way, text, found):
    assert codes(asked(text)) == found


def test_pairs_that_stand_apart_are_no_part_of_the_name(shops, way):
    make.subject(code="C001", name="青禾店禾粮店粮油店")
    assert codes(asked("青禾粮油")) == "A001"


@pytest.mark.parametrize(
    "text", ["'", '"', "\\", "a'b", "$", "青禾' | '店", '店" OR "油', "NEAR(a)", "a*", "\x00", "%"]
)
def test_no_sign_in_a_question_breaks_it(shops, way, text):
    asked(text)


def test_a_changed_or_deleted_name_is_followed_by_the_index(shops, cast, noon):
    row = Subject.objects.get(code="A001")
    entry = {field: getattr(row, field) for field in rules.SubjectEntry.__annotations__} | {"name": "云岭茶行"}
    actions.amend_subject(row, entry=entry, reason="更名", seen=row.changed_at, by=cast.handler, at=noon)
    assert (codes(asked("青禾")), codes(asked("岭茶")), codes(asked("ylch"))) == ("B007", "A001", "A001")
    with place.unguarded():
        Subject.objects.filter(code="B007").delete()
    assert codes(asked("青禾")) == ""


def test_an_address_is_looked_for_within_what_else_was_asked(shops):
    assert codes(asked("", address="街 3")) == "A003"
    assert codes(asked("上海", address="4 号")) == "A004"
    assert codes(asked("上海", address="3 号")) == ""


def test_a_search_by_address_says_where_it_stopped_and_goes_on_from_there(shops, monkeypatch):
    monkeypatch.setattr(searching, "ADDRESSES", 3)
    monkeypatch.setattr(searching, "_few", lambda rows, bound: False)
    found = asked("", address="7 号")
    assert (codes(found), found.is_unfinished, str(found.next)) == ("", True, "990000.A003")
    found = asked("", address="7 号", at=found.next)
    found = asked("", address="7 号", at=found.next)
    assert (codes(found), found.is_unfinished, found.next) == ("B007", False, None)


def test_a_common_word_that_stands_far_behind_is_found_all_the_same(cast, way, monkeypatch):
    monkeypatch.setattr(walking, "WALKS", (2, 4))
    make.subjects(9, place=cast.region)
    make.subject(code="Z1", name="末尾商店", place=cast.region)
    assert codes(asked("末尾")) == "Z1"


# ---- pages -----------------------------------------------------------------------------------------------------


@pytest.fixture
def rows(cast):
    other = place.region("990101", "另一县")
    for number in range(7):
        make.subject(code=f"A{number}", name=f"甲店{number}", place=cast.region)
    for number in range(4):
        make.subject(code=f"A{number}", name=f"甲店{number}", place=other)
    return [*(f"990000.A{n}" for n in range(7)), *(f"990101.A{n}" for n in range(4))]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 10, 11, 50])
@pytest.mark.parametrize("text", ["", "甲店"])
def test_every_row_comes_once_forwards_and_once_backwards(rows, way, size, text, monkeypatch):
    monkeypatch.setattr(walking, "WALKS", (2, 4))
    forth, at = [], None
    while True:
        found = asked(text, at=at, size=size)
        assert len(found.rows) <= size
        forth += [f"{row.region_id}.{row.code}" for row in found.rows]
        if found.next is None:
            break
        at = found.next
    assert forth == rows
    back = [f"{row.region_id}.{row.code}" for row in found.rows]
    while found.previous is not None:
        found = asked(text, at=found.previous, size=size)
        back = [f"{row.region_id}.{row.code}" for row in found.rows] + back
    assert back == rows


def test_a_position_that_no_row_has_any_more_still_is_a_place_in_the_list(rows):
    found = asked("", at=rules.position_of("990000.A5zzz"), size=2)
    assert [row.code for row in found.rows] == ["A6", "A0"]


@pytest.mark.parametrize(
    "text", ["", "1", "990000", "990000.", "99000.A1", "990000.A'1", "９９００００.A1", "990000.A1\n"]
)
def test_what_is_no_position_is_none(text):
    assert rules.position_of(text) is None


def test_numbers_are_counted_where_that_is_cheap(rows):
    number = queries.number_of(Subject.objects.filter(code="A1"))
    assert (number.value, number.is_exact) == (2, True)


def test_an_estimate_has_two_figures():
    assert [searching.in_two_figures(n) for n in (0, 7, 98, 104, 12_345, 9_987_654)] == [
        0,
        7,
        98,
        100,
        12_000,
        10_000_000,
    ]


def test_postgresql_estimates_what_it_would_take_seconds_to_count(rows):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registers_subject")
    counts = connection.vendor != "postgresql"
    assert queries.number_of(Subject.objects.all(), exact_up_to=5) == queries.Number(11, is_exact=counts)


def test_of_what_can_hold_nobody_there_are_none(cast):
    assert queries.number_of(Subject.objects.filter(pk__in=[])) == queries.Number(0)
    assert {number.value for _state, _word, number in queries.counts_about(Subject.objects.none())} == {0}
