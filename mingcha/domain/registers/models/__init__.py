"""两库: who may be inspected and who may inspect; how they got in; what was already looked at."""

from mingcha.domain.registers.models.batches import BatchKind, ImportBatch, StagedRow, Verdict
from mingcha.domain.registers.models.confirmations import RegisterConfirmation, Standing
from mingcha.domain.registers.models.inspectors import (
    Avoidance,
    AvoidanceReason,
    Inspector,
    Leave,
    Pool,
    PoolMember,
    Qualification,
    StaffCategory,
    Training,
)
from mingcha.domain.registers.models.links import (
    CreditClass,
    ItemLink,
    JournalNote,
    LinkException,
    LinkRule,
    Register,
    RegisterEntry,
    RegisterKind,
    Relief,
    Signal,
    SignalKind,
)
from mingcha.domain.registers.models.sharing import DataDelivery, DataRequest, SavedView
from mingcha.domain.registers.models.subjects import Category, CodeType, Position, Risk, Subject, Words
from mingcha.domain.registers.models.visits import Dispute, VisitNote

__all__ = [
    "Avoidance",
    "AvoidanceReason",
    "BatchKind",
    "Category",
    "CodeType",
    "CreditClass",
    "DataDelivery",
    "DataRequest",
    "Dispute",
    "ImportBatch",
    "Inspector",
    "ItemLink",
    "JournalNote",
    "Leave",
    "LinkException",
    "LinkRule",
    "Pool",
    "PoolMember",
    "Position",
    "Qualification",
    "Register",
    "RegisterConfirmation",
    "RegisterEntry",
    "RegisterKind",
    "Relief",
    "Risk",
    "SavedView",
    "Signal",
    "SignalKind",
    "StaffCategory",
    "StagedRow",
    "Standing",
    "Subject",
    "Training",
    "Verdict",
    "VisitNote",
    "Words",
]
