"""The superior system's list beside ours, under the rules of 于都."""

from collections.abc import Sequence

from mingcha.domain.catalogue.actions.reconciliation import decide_differences, receive_outside_list
from mingcha.domain.catalogue.models import Difference, ItemList, OutsideList
from mingcha.domain.catalogue.rules.reconciliation import OutsideRow
from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.policy.actions import adopt_profile
from mingcha.domain.policy.models import Profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.digests import sha256_hex
from tests.conftest import NOON
from tests.factories import laws
from tests.factories.policy import profile_text

SAID = {
    "title": "示范事项 {code}",
    "basis": "《示范条例》第一条",
    "method": "实地检查",
    "ratio_text": "3%",
    "frequency_text": "每年1次",
    "object_kind": "企业",
}


def yudu_rules(place: Region) -> Profile:
    """What 于都 says, as if the county of the tests had said it."""
    text = profile_text("yudu-2020").replace('jurisdiction = "360731"', f'jurisdiction = "{place.code}"')
    return adopt_profile(text, by=SYSTEM, at=NOON)


def row(code: str, department: Department, position: int = 2, **changes: object) -> OutsideRow:
    """A row that says what `laws.item` says of an item of the same code."""
    said = {key: text.format(code=code) for key, text in SAID.items()}
    given = {"organisation_code": department.uscc, "organisation_name": department.name, **said, **changes}
    return OutsideRow(position=position, code=code, **given)


def receive(department: Department, rows: Sequence[OutsideRow], *, by: User, at=NOON, **values) -> OutsideList:
    given = {"source": "2026年导出.xlsx", "sha256": sha256_hex(repr(rows)), **values}
    return receive_outside_list(department, rows=rows, **given, by=by, at=at)


def in_force(department: Department, by: User, codes: Sequence[str] = ("M-01", "M-02")) -> ItemList:
    return laws.item_list(department, by, codes)


def all_six(department: Department, by: User, at=NOON) -> OutsideList:
    """Six kinds of difference: M-01 to M-05 one attribute each, M-06 ours alone, M-08 theirs; M-07 agrees."""
    in_force(department, by, [f"M-0{number}" for number in range(1, 8)])
    return receive(department, differing_rows(department), by=by, at=at)


def differing_rows(department: Department) -> list[OutsideRow]:
    return [
        row("M-01", department, 2, title="改过的名称"),
        row("M-02", department, 3, basis="《新示范条例》第九条"),
        row("M-03", department, 4, method="书面检查、检验检测"),
        row("M-04", department, 5, ratio_text="不低于10%"),
        row("M-05", department, 6, frequency_text="每季度1次"),
        row("M-07", department, 7, title=" 示范事项　Ｍ－07 ", basis="《 示范条例 》第一条", frequency_text="1次/年"),
        row("M-08", department, 8, object_kind="药品零售企业"),
    ]


def decide(outside_list: OutsideList, verdict: str, *, by: User, at=NOON, **wanted: object) -> list[Difference]:
    """Decide on all of them, or on those that are wanted."""
    chosen = outside_list.differences.filter(**wanted).values_list("pk", flat=True)
    return decide_differences(outside_list, list(chosen), verdict=verdict, reason="核对过文件", by=by, at=at)
