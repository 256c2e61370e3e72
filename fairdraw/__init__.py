"""The draw protocol `fairdraw/1`: nobody can choose or foresee the outcome, anybody can repeat it.

Standard library only. Section numbers in docstrings are those of the protocol. Every refusal is a `Refused`
with one sentence for people.
"""

from fairdraw.bundle import Bundle, open_bundle, pack
from fairdraw.ceremony import (
    Ceremony,
    check_public_value,
    check_secret,
    commitment,
    freeze_digest,
    read_ceremony,
    seed_of,
    write_ceremony,
)
from fairdraw.errors import Refused
from fairdraw.forecast import (
    LikelyPair,
    Predictability,
    PredictableGroup,
    PredictableStratum,
    Rehearsed,
    Understaffed,
    default_slack,
    likeliest_pairs,
    predictability,
    understaffed,
)
from fairdraw.frame import (
    BarredRow,
    ExcludedRow,
    FrameRow,
    Inputs,
    RosterRow,
    check_files,
    check_freezable,
    write_barred,
    write_excluded,
    write_frame,
    write_roster,
)
from fairdraw.notation import digest_of
from fairdraw.result import Assignment, Outcome, draw, result_of
from fairdraw.rules import ObjectMode, Rules, Stratum, TeamMode, write_rules
from fairdraw.signatures import SignatureRow, write_signatures
from fairdraw.spoken import spoken
from fairdraw.substitutes import Substitution, substitutes
from fairdraw.tickets import Place, key_of, ticket
from fairdraw.verify import Report, verify

__all__ = [
    "Assignment",
    "BarredRow",
    "Bundle",
    "Ceremony",
    "ExcludedRow",
    "FrameRow",
    "Inputs",
    "LikelyPair",
    "ObjectMode",
    "Outcome",
    "Place",
    "Predictability",
    "PredictableGroup",
    "PredictableStratum",
    "Refused",
    "Rehearsed",
    "Report",
    "RosterRow",
    "Rules",
    "SignatureRow",
    "Stratum",
    "Substitution",
    "TeamMode",
    "Understaffed",
    "check_files",
    "check_freezable",
    "check_public_value",
    "check_secret",
    "commitment",
    "default_slack",
    "digest_of",
    "draw",
    "freeze_digest",
    "key_of",
    "likeliest_pairs",
    "open_bundle",
    "pack",
    "predictability",
    "read_ceremony",
    "result_of",
    "seed_of",
    "spoken",
    "substitutes",
    "ticket",
    "understaffed",
    "verify",
    "write_barred",
    "write_ceremony",
    "write_excluded",
    "write_frame",
    "write_roster",
    "write_rules",
    "write_signatures",
]
