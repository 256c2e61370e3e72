"""What people ask of the list, each as the page asks it and as a statement by hand does."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection

from benchmarks.found.invented import BRAND, ELSEWHERE, REGIONS, names, region_of
from mingcha.domain.registers import queries, rules
from mingcha.domain.registers.models import Position, Subject
from mingcha.domain.registers.queries import Slice, Wanted

A_PAGE = 50
TODAY = date(2026, 11, 22)
FIELDS = [str(field.column) for field in Subject._meta.concrete_fields if field.name not in {"search", "initials"}]
SELECT = f"SELECT {', '.join(FIELDS)} FROM registers_subject WHERE "
ORDER = f" ORDER BY region_id, code LIMIT {A_PAGE + 1}"
# What one writes who does not know beforehand how common a word is: the same condition, the planner chooses the way.
IN_WORDS = {
    "postgresql": SELECT + "array_to_tsvector(string_to_array(search, ' ')) @@ %s::tsquery" + ORDER,
    "sqlite": SELECT
    + "id IN (SELECT rowid FROM registers_subject_words WHERE registers_subject_words MATCH %s)"
    + ORDER,
}


@dataclass(frozen=True)
class Question:
    """The call that the page makes, and the statement by hand with its values."""

    ours: Callable[[], Slice]
    bare: str
    values: list[str]


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
    asked = {
        "name part, rare (five characters)": rare,
        "name part, two characters of a brand": brands,
        "name part, a county's name (its rows stand together)": places,
        f"name part, {ELSEWHERE} (one name in a hundred)": [ELSEWHERE] * repeats,
        "name part, 有限公司 (every second name)": ["有限公司"] * repeats,
        "name part, one character": chance.choices(BRAND, k=repeats),
        "pinyin initials, rare (five letters)": initials,
        "pinyin initials, yxgs (every second name)": ["yxgs"] * repeats,
    }
    return {kind: [_looked_for(text) for text in texts] for kind, texts in asked.items()}


def _looked_for(text: str) -> Question:
    words = rules.words_of(text)
    assert words is not None
    in_postgres = connection.vendor == "postgresql"
    pairs = [f"'{pair}'" if in_postgres else f'"{pair}"' for pair in words.pairs.split()]
    one = f"'{words.folded}':*" if in_postgres else f'"{words.folded}"*'
    return Question(
        lambda: page(text), IN_WORDS[connection.vendor], [(" & " if in_postgres else " ").join(pairs) or one]
    )


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
        question = Question(partial(page, at=at, **wanted), bare, [at.region, at.code])
        found[f"{name}, page {number:,}"] = [question] * repeats
    return found
