"""Finding subjects among millions: by a part of the name, the initials, the beginning of the code, the address.

Two ways lead to the first rows in the list's order, and neither is quick for every word. The index gives all rows that
hold a rare word at once; of a common word it would give millions, where walking along the list meets enough of them in
a moment. The database's own estimate says which way to take. A walk ends after so many rows, because a word may be
common and yet stand nowhere near (the name of a county in the register of a nation): then the index is asked after all.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import Position, Subject, Words
from mingcha.domain.registers.queries.subjects import counts_by_state
from mingcha.domain.registers.queries.walking import SORTED, Rows, Slice, cut, further, spans, taken, walked
from mingcha.domain.registers.states import SubjectState

# So many rows the index may give: where reading and sorting them takes as long as meeting 50 of them on a walk, which
# is at the root of 50 times the rows of the register (of ten million, of 300,000).
FEW = {"postgresql": 20_000, "sqlite": 4_000}
COUNTED = 50_000  # so many rows are counted by state one by one
ADDRESSES = 40_000  # so many a search by address looks at before it asks whether to go on


@dataclass(frozen=True)
class Number:
    """How many rows; where counting them would take seconds, about how many."""

    value: int
    is_exact: bool = True


def slice_of(rows: Rows, *, among: Rows, words: Words | None, address: str, at: Position | None, size: int) -> Slice:
    """The next rows from a position; `rows` are those of `among` (the whole list) that the other filters leave."""
    rows = rows.defer("search", "initials")
    if address:
        return _by_address(matching(rows, words), address, among=among, at=at, size=size)
    if words is None:
        return cut(taken(spans(rows, at), at, size), at, size)
    if is_common(words):
        found = walked(rows.filter(_side_by_side(words)), among, at, size)
        if found is not None:
            return cut(found, at, size)
    return cut(taken(spans(rows.filter(_by_index(words)), at), at, size, order=SORTED), at, size)


def search_public_subjects(words: Words, *, at: Position | None, size: int) -> Slice:
    """What everybody may look for: firms of whatever region."""
    every = Subject.objects.all()
    return slice_of(every, among=every, words=words, address="", at=at, size=size)


def matching(rows: Rows, words: Words | None) -> Rows:
    """All the rows that hold these words, by whichever way is the shorter; in no order."""
    if words is None:
        return rows
    return rows.filter(_side_by_side(words) if is_common(words) else _by_index(words))


def is_common(words: Words) -> bool:
    """Are they in so many rows that walking along the list meets enough of them soon?"""
    if connection.vendor == "postgresql":
        return estimate(Subject.objects.filter(_in_index(words))) > FEW[connection.vendor]
    statement, values = _keys(words)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement} LIMIT {FEW['sqlite'] + 1})", values)
        return bool(cursor.fetchone()[0] > FEW["sqlite"])


def number_of(rows: Rows, *, exact_up_to: int = 5_000) -> Number:
    """A count, or what PostgreSQL expects in two figures; SQLite's registers are small enough to be counted."""
    if connection.vendor != "postgresql":
        return Number(rows.order_by().count())
    expected = estimate(rows)
    if expected > exact_up_to:
        return Number(in_two_figures(expected), is_exact=False)
    counted = rows.order_by()[: 2 * exact_up_to].count()
    return Number(counted, is_exact=counted < 2 * exact_up_to)


def counts_about(rows: Rows) -> list[tuple[str, StrOrPromise, Number]]:
    """Every state with its word and its number; of a register that takes long to count, about how many."""
    if connection.vendor != "postgresql" or estimate(rows) <= COUNTED:
        return [(state, word, Number(number)) for state, word, number in counts_by_state(rows)]
    return [(state.value, state.label, number_of(rows.filter(state=state))) for state in SubjectState]


def estimate(rows: Rows) -> int:
    """How many rows PostgreSQL expects: a millisecond, where counting millions takes seconds."""
    plan = rows.order_by().values("pk").explain(format="json")
    return int(json.loads(plan)[0]["Plan"]["Plan Rows"]) if plan else 0  # no plan for what can hold nobody


def in_two_figures(number: int) -> int:
    """12,345 → 12,000: an estimate promises no more."""
    unit = 10 ** max(0, len(str(number)) - 2)
    return round(number / unit) * unit


# ---- which rows ------------------------------------------------------------------------------------------------


class _Holds(Func):
    """The words of a subject hold a query; written as PostgreSQL's index has it, or the index would not be used."""

    template = "array_to_tsvector(string_to_array(%(expressions)s, ' ')) @@ "
    output_field = BooleanField()

    def __init__(self, query: str) -> None:
        super().__init__(F("search"))
        self.query = query

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, Any]:
        text, values = super().as_sql(*args, **kwargs)
        return f"({text}%s::tsquery)", (*values, self.query)


def _by_index(words: Words) -> Q:
    """What the index says, and of several pairs whether they stand together; a code may begin like this as well."""
    found = _in_index(words)
    return found & _side_by_side(words) if " " in words.pairs else found


def _side_by_side(words: Words) -> Q:
    """The pairs one after the other, which is the text itself."""
    return Q(GreaterThan(StrIndex("search", Value(words.pairs or words.folded)), 0)) | _begins(words)


def _in_index(words: Words) -> Q:
    """Every pair somewhere in the words; of one character, a pair that begins with it."""
    if connection.vendor == "postgresql":
        pairs = " & ".join(f"'{pair}'" for pair in words.pairs.split())
        return Q(_Holds(pairs or f"'{words.folded}':*")) | _begins(words)
    # One list of keys from both indexes: SQLite reads the whole table for an OR of two conditions of this kind.
    return Q(pk__in=RawSQL(*_keys(words)))


def _keys(words: Words) -> tuple[str, list[str]]:
    """SQLite's statement for the keys of what its index holds, or of codes that begin like this."""
    statement = "SELECT rowid FROM registers_subject_words WHERE registers_subject_words MATCH %s"
    values = [" ".join(f'"{pair}"' for pair in words.pairs.split()) or f'"{words.folded}"*']
    for code in _codes(words):  # codes are ASCII, so none that begins like this follows DEL
        statement += " UNION ALL SELECT id FROM registers_subject WHERE code >= %s AND code < %s"
        values += [code, f"{code}\x7f"]
    return statement, values


def _begins(words: Words) -> Q:
    begins = Q()
    for code in _codes(words):
        begins |= Q(code__startswith=code)
    return begins


def _codes(words: Words) -> list[str]:
    """What may begin a code, as typed and in capitals."""
    return sorted({words.code, words.code.upper()}) if words.code else []


def _few(rows: Rows, bound: int) -> bool:
    if connection.vendor == "postgresql":
        return estimate(rows) <= bound
    return rows.order_by()[: bound + 1].count() <= bound


def _by_address(rows: Rows, address: str, *, among: Rows, at: Position | None, size: int) -> Slice:
    """No index knows addresses: few rows are looked through at once, many a stretch of the list at a time."""
    found = rows.filter(address__contains=address)
    if _few(rows, ADDRESSES):
        return cut(taken(spans(found, at), at, size, order=SORTED), at, size)
    end = further(among, at, ADDRESSES)
    seen = taken(spans(found, at, end), at, size)
    if len(seen) > size or end is None:
        return cut(seen, at, size)
    rest = cut(seen, at, size)
    if end.is_backwards:
        return replace(rest, previous=end, is_unfinished=True)
    return replace(rest, next=end, is_unfinished=True)
