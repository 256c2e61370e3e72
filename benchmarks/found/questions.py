"""What people ask of the list, each as the page asks it and as the shortest statement by hand would."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from benchmarks.found.invented import BRAND, ELSEWHERE, REGIONS, names, region_of
from mingcha.domain.registers import queries, rules
from mingcha.domain.registers.models import Position, Subject
from mingcha.domain.registers.queries import Slice, Wanted

A_PAGE = 50
TODAY = date(2026, 11, 22)
FIELDS = [field.column for field in Subject._meta.concrete_fields if field.name not in {"search", "initials"}]
SELECT = f"SELECT {', '.join(FIELDS)} FROM registers_subject WHERE "
ORDER = f" ORDER BY region_id, code LIMIT {A_PAGE + 1}"
# Where few rows hold a word the hand-written statement asks the index and sorts; where many do, it walks.
BY_INDEX = {
    "postgresql": SELECT
    + "array_to_tsvector(string_to_array(search, ' ')) @@ %s::tsquery ORDER BY region_id || '', code"
    f" LIMIT {A_PAGE + 1}",
    "sqlite": SELECT
    + "id IN (SELECT rowid FROM registers_subject_words WHERE registers_subject_words MATCH %s)"
    + ORDER,
}
IN_NAME = SELECT + "name LIKE %s" + ORDER
IN_INITIALS = SELECT + "initials LIKE %s" + ORDER


@dataclass(frozen=True)
class Question:
    """The call that the page makes, and the statement with its values that is as quick as it gets."""

    ours: Callable[[], Slice]
    bare: str
    values: list[object]


def page(text: str = "", *, at: Position | None = None, address: str = "", **wanted: object) -> Slice:
    """As the register list asks."""
    every = Subject.objects.filter(region_id__gte="990000", region_id__lte="999999")
    rows = queries.narrowed(every, Wanted(**wanted), departments=[], on=TODAY)  # type: ignore[typeddict-item]
    return queries.slice_of(rows, among=every, words=rules.words_of(text), address=address, at=at, size=A_PAGE)


def kinds(repeats: int) -> dict[str, list[Question]]:
    """The questions by kind, the same at every run."""
    chance = random.Random(2026)
    rare = [chance.choice(list(names(200, number % REGIONS)))[:5] for number in range(repeats)]
    places = [region_of(chance.randrange(REGIONS))[1] for _ in range(repeats)]
    brands = ["".join(chance.choices(BRAND, k=2)) for _ in range(repeats)]
    initials = [rules.search_words(name)[1] for name in rare]
    return {
        "name part, rare (five characters)": [_rare(text) for text in rare],
        "name part, two characters of a brand": [_rare(text) for text in brands],
        "name part, a county's name (its rows stand together)": [_rare(text) for text in places],
        f"name part, {ELSEWHERE} (one name in a hundred)": [_common(ELSEWHERE)] * repeats,
        "name part, 有限公司 (every second name)": [_common("有限公司")] * repeats,
        "name part, one character": [_common(text) for text in chance.choices(BRAND, k=repeats)],
        "pinyin initials, rare (five letters)": [_rare(text) for text in initials],
        "pinyin initials, yxgs (every second name)": [_common("yxgs", IN_INITIALS)] * repeats,
    }


def _rare(text: str) -> Question:
    pairs = rules.words_of(text).pairs.split()  # type: ignore[union-attr]
    quoted = [f"'{pair}'" if connection.vendor == "postgresql" else f'"{pair}"' for pair in pairs]
    joined = (" & " if connection.vendor == "postgresql" else " ").join(quoted)
    return Question(lambda: page(text), BY_INDEX[connection.vendor], [joined])


def _common(text: str, bare: str = IN_NAME) -> Question:
    return Question(lambda: page(text), bare, [f"%{text}%"])


def pages(number: int, repeats: int) -> dict[str, list[Question]]:
    """Page `number` of some filtered lists, reached by going on so many times; each is asked several times."""
    lists: dict[str, tuple[Wanted, str]] = {
        "no filter": ({}, ""),
        "state": ({"state": "OPEN"}, "state = 'OPEN' AND "),
        "state and risk": ({"state": "OPEN", "risk": "C"}, "state = 'OPEN' AND risk = 'C' AND "),
    }
    found = {}
    for name, (wanted, condition) in lists.items():
        at: Position | None = None
        for _ in range(number - 1):
            at = page(at=at, **wanted).next or at
        assert at is not None
        bare = SELECT + condition + "(region_id, code) > (%s, %s)" + ORDER
        question = Question(lambda at=at, wanted=wanted: page(at=at, **wanted), bare, [at.region, at.code])
        found[f"{name}, page {number:,}"] = [question] * repeats
    return found
