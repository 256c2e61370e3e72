"""一单一细则: item lists, the laws they rest on, rulebooks, joint lists, and what other lists say."""

from mingcha.domain.catalogue.models.alike import SetApart
from mingcha.domain.catalogue.models.decisions import OWN_LEGAL_OFFICE, Decision, Step
from mingcha.domain.catalogue.models.joint import JointItem, JointList
from mingcha.domain.catalogue.models.laws import Circumstance, Discretion, Freeze, ItemBasis, Law, LawLevel
from mingcha.domain.catalogue.models.lists import (
    TEXT_FORM,
    ChangeNote,
    ChangeReason,
    Checkpoint,
    InspectionItem,
    ItemClass,
    ItemList,
    ItemQuerySet,
    KeySector,
    Method,
    Mode,
)
from mingcha.domain.catalogue.models.powers import PowerEntry
from mingcha.domain.catalogue.models.reconciliation import (
    Difference,
    DifferenceKind,
    OutsideItem,
    OutsideList,
    StrayItem,
    Verdict,
)
from mingcha.domain.catalogue.models.rulebooks import Rulebook, RulebookChapter

__all__ = [
    "OWN_LEGAL_OFFICE",
    "TEXT_FORM",
    "ChangeNote",
    "ChangeReason",
    "Checkpoint",
    "Circumstance",
    "Decision",
    "Difference",
    "DifferenceKind",
    "Discretion",
    "Freeze",
    "InspectionItem",
    "ItemBasis",
    "ItemClass",
    "ItemList",
    "ItemQuerySet",
    "JointItem",
    "JointList",
    "KeySector",
    "Law",
    "LawLevel",
    "Method",
    "Mode",
    "OutsideItem",
    "OutsideList",
    "PowerEntry",
    "Rulebook",
    "RulebookChapter",
    "SetApart",
    "Step",
    "StrayItem",
    "Verdict",
]
