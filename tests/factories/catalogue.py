"""Item lists of the demo county, written and approved as its people would."""

from collections.abc import Sequence
from datetime import datetime

from mingcha.domain.catalogue.actions import bring_into_force, draft_list, enter_item
from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.rules import CheckpointText
from mingcha.domain.organisation.models import User
from tests.conftest import NOON

CHECKPOINTS: Sequence[CheckpointText] = (
    ("营业执照在明显位置公示", "看门厅和前台，执照与登记一致。", True),
    ("实际经营范围与登记一致", "对照许可证和进货票据。", False),
)


def draft(by: User, at: datetime = NOON) -> ItemList:
    """The next edition of the drafter's department."""
    assert by.department is not None
    return draft_list(by.department, by=by, at=at)


def enter(item_list: ItemList, code: str = "M-01", *, by: User, at: datetime = NOON, **changes) -> InspectionItem:
    """An item that lacks nothing, but for what is changed."""
    given = {
        "title": f"示范事项 {code}",
        "legal_basis": "《示范条例》第一条",
        "item_class": "GENERAL",
        "object_kind": "企业",
        "checkpoints": CHECKPOINTS,
        "method": "ON_SITE",
        "content": "登记事项",
        "ratio_text": "3%",
        "frequency_text": "每年1次",
    }
    return enter_item(item_list, code, **{**given, **changes}, by=by, at=at)


def list_in_force(
    drafter: User, approver: User, codes: Sequence[str] = ("M-01", "M-02"), at: datetime = NOON
) -> ItemList:
    """The first edition of the drafter's department, in force with these items."""
    edition = draft(drafter, at)
    for code in codes:
        enter(edition, code, by=drafter, at=at)
    return bring_into_force(edition, by=approver, at=at)
