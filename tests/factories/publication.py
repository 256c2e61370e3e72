"""Published rows without the life before them: for pages that only read."""

from datetime import datetime

from mingcha.domain.organisation.models import Department
from mingcha.domain.publication.models import Publication
from mingcha.domain.publication.rules import digest_of
from tests.conftest import NOON
from tests.factories.organisation import code_for, unguarded


def shown(
    kind: str, within: Department, number: int, content: dict[str, object], *, at: datetime = NOON, **values: object
) -> Publication:
    """Something of a kind that the public sees since `at`."""
    fields = {"about": f"factory.{kind}:{number}", "title": f"示范公示{number}", **values}
    with unguarded():
        return Publication.objects.create(
            kind=kind,
            department=within,
            content=content,
            digest=digest_of(content),
            state="PUBLISHED",
            published_at=at,
            **fields,
        )


def result(
    within: Department, number: int = 1, *, name: str = "", clean: bool = True, at: datetime = NOON, **values: object
) -> Publication:
    """A published result about an invented firm."""
    code = str(values.pop("subject_code", code_for(number, prefix="91")))
    name = name or f"示范企业{number:03d}"
    code_and_word = ("01", "未发现问题") if clean else ("05", "发现问题已责令改正")
    content = {
        "plan": "2026年度抽查计划",
        "campaign": "示范抽查",
        "campaign_type": "部门抽查",
        "draw": "DRAW-2026-0001",
        "department": within.name,
        "subject": {"code": code, "name": name},
        "inspected_on": "2026-11-20",
        "findings": [
            {
                "number": 1,
                "item_code": "M-01",
                "item": "示范事项 M-01",
                "result_code": code_and_word[0],
                "result": code_and_word[1],
            }
        ],
        "inspectors": [{"name": "示范人员001", "certificate": "ZF***********01"}],
    }
    return shown(
        "RESULT",
        within,
        number,
        content,
        at=at,
        title=f"{name}检查结果（{within.short_name}）",
        subject_code=code,
        subject_name=name,
        found_nothing=clean,
    )
