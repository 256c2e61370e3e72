"""Item lists of the demo county, written and walked through their steps as its people would."""

from collections.abc import Sequence
from datetime import date, datetime

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.queries import filings_of
from mingcha.domain.catalogue.rules import CheckpointText
from mingcha.domain.filings.actions import acknowledge, attach_scan, send_filing
from mingcha.domain.filings.rules import ScanFile
from mingcha.domain.organisation.models import Body, Department, Region, Role, User
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import profiles_of
from tests.conftest import NOON
from tests.factories import organisation as people
from tests.factories import policy
from tests.factories.organisation import unguarded

CHECKPOINTS: Sequence[CheckpointText] = (
    CheckpointText("营业执照在明显位置公示", "看门厅和前台，执照与登记一致。", True, "在明显位置", "第八条"),
    CheckpointText("实际经营范围与登记一致", "对照许可证和进货票据。"),
)
SCAN = ScanFile(b"%PDF-1.7\n%%EOF\n", "盖章件.pdf")


def bare_rules(place: Region) -> None:
    """Rules that name no step at all, for a place without any: a list needs its drafter and its head only."""
    with unguarded():
        if not profiles_of(place).exists():
            Profile.objects.create(
                code="bare", name="没有特别规定", region=place, effective_from=date(2000, 1, 1), state="IN_FORCE"
            )


def rules_naming(place: Region, **bodies: Sequence[str]) -> None:
    """Rules that name these bodies under these keys and nothing else: rules_naming(region, item_list_approvers=[…])."""
    clauses = [
        policy.clause(key, list(codes), "codes", quote=f"由{key}办理", clause="一").model_dump(
            mode="json", exclude_defaults=True
        )
        for key, codes in bodies.items()
    ]
    bare_rules(place)
    with unguarded():
        Profile.objects.filter(region=place).update(clauses=clauses)


def body(code: str, department: Department, *, place: Region | None = None, sector: str = "") -> None:
    """Say which department plays a body of the rules in its region."""
    with unguarded():
        Body.objects.create(region=place or department.region, code=code, department=department, sector=sector)


def draft(by: User, at: datetime = NOON) -> ItemList:
    """The next edition of the drafter's department."""
    assert by.department is not None
    return actions.draft_list(by.department, by=by, at=at)


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
        "sector": "市场监管",
        "office": "登记科",
        "personnel": "持执法证",
    }
    return actions.enter_item(item_list, code, **{**given, **changes}, by=by, at=at)


def list_in_force(
    drafter: User, approver: User, codes: Sequence[str] = ("M-01", "M-02"), at: datetime = NOON
) -> ItemList:
    """The first edition of the drafter's department, in force with these items."""
    edition = draft(drafter, at)
    for code in codes:
        enter(edition, code, by=drafter, at=at)
    return bring_into_force(edition, by=approver, at=at)


def bring_into_force(edition: ItemList, *, by: User, at: datetime = NOON) -> ItemList:
    """Walk a draft through every step that the rules of its place name; `by` is the head of the department."""
    bare_rules(edition.department.region)
    edition = actions.submit_list(edition, by=edition.drafted_by, at=at)
    if edition.state == "LEGAL_REVIEW":
        edition = actions.review_list(edition, by=legal_reviewer(edition.department), at=at)
    edition = actions.approve_list(edition, by=by, at=at)
    if edition.state == "FILING":
        file_everything(edition, at=at)
        edition = actions.publish_list(edition, by=by, at=at)
    return edition


def file_everything(paper, *, at: datetime = NOON) -> None:
    """Every filing of a paper sent, and answered with a number by whoever receives it."""
    for number, filing in enumerate(filings_of(paper), start=1):
        receiver = recipient(filing.recipient) if filing.recipient else paper.drafted_by
        attach_scan(filing, scan=SCAN, by=paper.drafted_by, at=at)
        send_filing(filing, by=paper.drafted_by, at=at)
        acknowledge(filing, number=f"备案{number}号", scan=None if filing.recipient else SCAN, by=receiver, at=at)


def legal_reviewer(department: Department) -> User:
    """Whoever does the legal review in a department."""
    return _person(f"legal-{department.code}", Role.LEGAL_REVIEWER, department)


def recipient(department: Department) -> User:
    """Whoever receives filings and authorises papers in a department."""
    return _person(f"receive-{department.code}", Role.FILING_RECIPIENT, department)


def _person(username: str, role: str, department: Department) -> User:
    found = User.objects.filter(username=username).first()
    return found or people.user(username, role, within=department)
