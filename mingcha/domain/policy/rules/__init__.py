"""What a jurisdiction's papers say and which days are worked: pure functions."""

from mingcha.domain.policy.models import Calendar
from mingcha.domain.policy.rules.calendar import (
    CountedDay,
    DueDay,
    days_until,
    end_of_day,
    is_workday,
    working_days_after,
    working_days_before,
)
from mingcha.domain.policy.rules.checks import (
    check_adoptable,
    check_amendable,
    check_changes_something,
    check_declarable,
    days_differ,
)
from mingcha.domain.policy.rules.clauses import (
    KINDS,
    Clause,
    clause_of,
    clauses_of,
    has_clause,
    label_of,
    unsaid_by,
)
from mingcha.domain.policy.rules.codes import word_of
from mingcha.domain.policy.rules.profiles import Document, ProfileFile, read_profile
from mingcha.domain.policy.rules.units import Sector
from mingcha.domain.policy.rules.wording import sentence_of, words_of

__all__ = [
    "KINDS",
    "Calendar",
    "Clause",
    "CountedDay",
    "Document",
    "DueDay",
    "ProfileFile",
    "Sector",
    "check_adoptable",
    "check_amendable",
    "check_changes_something",
    "check_declarable",
    "clause_of",
    "clauses_of",
    "days_differ",
    "days_until",
    "end_of_day",
    "has_clause",
    "is_workday",
    "label_of",
    "read_profile",
    "sentence_of",
    "unsaid_by",
    "word_of",
    "words_of",
    "working_days_after",
    "working_days_before",
]
