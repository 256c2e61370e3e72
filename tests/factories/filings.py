"""Filings of the demo county: a paper of market, the bodies that receive, and people who answer."""

from datetime import datetime

from mingcha.domain.filings.actions import acknowledge, attach_scan, prepare_filing, send_filing
from mingcha.domain.filings.models import Filing, Receipt
from mingcha.domain.filings.rules import ScanFile
from mingcha.domain.organisation.models import Body, Department, Role, User
from tests.conftest import NOON
from tests.factories import organisation as make
from tests.factories import policy

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SCAN = ScanFile(PDF, "盖章扫描件.pdf")
CONTENT = {"版次": 2, "事项数": 1, "事项": [{"编码": "M-01", "名称": "示范事项", "调整": "新增"}]}


def body(code: str, department: Department, *, sector: str = "", contact: str = "") -> Body:
    """Say who plays a body in the demo county."""
    with make.unguarded():
        return Body.objects.create(
            region=make.region(), code=code, department=department, sector=sector, contact=contact
        )


def recipient(department: Department, username: str = "recipient") -> User:
    """Somebody who receives for a department."""
    return make.user(username, Role.FILING_RECIPIENT, within=department)


def prepared(
    about, department: Department, *, body: str = "JUSTICE", by: User, at: datetime = NOON, **changes
) -> Filing:
    """A filing laid ready; `about` is any row."""
    given = {
        "kind": "ITEM_LIST",
        "title": "市场监管局事项清单第2版",
        "content": CONTENT,
        "clause": policy.clause(
            "item_change_filed_with", [body], "codes", quote="报送至县司法局汇总", clause="一（二）"
        ),
    }
    return prepare_filing(about, department=department, body=body, **{**given, **changes}, by=by, at=at)


def sent(about, department: Department, *, by: User, at: datetime = NOON, **changes) -> Filing:
    return send_filing(prepared(about, department, by=by, at=at, **changes), by=by, at=at)


def answered(filing: Filing, *, by: User, number: str = "备〔2026〕1号", at: datetime = NOON) -> Receipt:
    """Accepted; with the scan of the receipt, which a body without an account cannot do without."""
    return acknowledge(filing, number=number, scan=SCAN, by=by, at=at)


def sealed(filing: Filing, *, by: User, at: datetime = NOON, scan: ScanFile = SCAN) -> Filing:
    return attach_scan(filing, scan=scan, by=by, at=at)
