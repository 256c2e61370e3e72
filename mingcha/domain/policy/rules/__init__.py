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
from mingcha.domain.policy.rules.comparison import Pair, compare
from mingcha.domain.policy.rules.profiles import Document, ProfileFile, read_profile
from mingcha.domain.policy.rules.scenario import Answer, Said, Scenario, quoted, said_by, take_of
from mingcha.domain.policy.rules.scenario_answers import QUESTIONS, answers_under
from mingcha.domain.policy.rules.shipped import FIVE, five_profiles, papers, shipped_profiles
from mingcha.domain.policy.rules.units import Sector
from mingcha.domain.policy.rules.wording import sentence_of, words_of

__all__ = [
    "FIVE",
    "KINDS",
    "QUESTIONS",
    "Answer",
    "Calendar",
    "Clause",
    "CountedDay",
    "Document",
    "DueDay",
    "Pair",
    "ProfileFile",
    "Said",
    "Scenario",
    "Sector",
    "answers_under",
    "check_adoptable",
    "check_amendable",
    "check_changes_something",
    "check_declarable",
    "clause_of",
    "clauses_of",
    "compare",
    "days_differ",
    "days_until",
    "end_of_day",
    "five_profiles",
    "has_clause",
    "is_workday",
    "label_of",
    "papers",
    "quoted",
    "read_profile",
    "said_by",
    "sentence_of",
    "shipped_profiles",
    "take_of",
    "unsaid_by",
    "word_of",
    "words_of",
    "working_days_after",
    "working_days_before",
]
