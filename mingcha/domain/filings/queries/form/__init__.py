"""《备案表》 of a filing: what is handed in, to whom, by which clause, with room for both seals; set by form.typ."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries.form.sheets import Sheet, content_sheets
from mingcha.kit.paper import typeset

TEMPLATE = Path(__file__).with_name("form.typ")

__all__ = ["Sheet", "content_sheets", "facts_of", "form_of"]


def form_of(filing: Filing) -> bytes:
    """The paper as PDF. The same filing gives the same bytes, until it is answered."""
    return typeset(TEMPLATE, facts_of(filing), at=filing.prepared_at)


def facts_of(filing: Filing) -> Mapping[str, object]:
    """Everything the paper says."""
    rule = filing.rule
    return {
        "title": filing.title,
        "head": _head(filing),
        "rule": {
            "place": rule.get("place", ""),
            "words": rule.get("words", ""),
        },
        "sheets": [
            {
                "title": sheet.title,
                "header": list(sheet.header),
                "rows": [list(row) for row in sheet.rows],
                "widths": sheet.widths,
                "wide": sheet.is_wide,
            }
            for sheet in content_sheets(filing.content)
        ],
        "digest": filing.digest,
        "department": filing.department.name,
        "recipient": filing.recipient.name if filing.recipient is not None else filing.get_body_display(),
        "answer": _answer(filing),
    }


def _head(filing: Filing) -> Sequence[tuple[str, str]]:
    rows = [
        (_("报备部门"), filing.department.name),
        (_("统一社会信用代码"), filing.department.uscc),
        (_("接收机构"), filing.body_name),
        (_("种类"), filing.get_kind_display()),
        (_("年度"), str(filing.year)),
        (_("形成时间"), timezone.localtime(filing.prepared_at).strftime("%Y-%m-%d %H:%M")),
    ]
    if filing.due_on is not None:
        rows.append((_("期限"), filing.due_on.isoformat()))
    return rows


def _answer(filing: Filing) -> Mapping[str, str]:
    """The number, once there is one; before, the line stays empty for the pen."""
    accepted = next((receipt for receipt in filing.receipts.all() if receipt.accepted), None)
    if accepted is None:
        return {"number": "", "on": "", "remark": ""}
    on = timezone.localtime(accepted.received_at).strftime("%Y-%m-%d %H:%M")
    return {"number": accepted.number, "on": on, "remark": accepted.remark}
