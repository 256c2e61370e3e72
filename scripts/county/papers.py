"""What stands around the lists: a rulebook, a joint list, power lists, benchmarks, the superior system's list."""

from collections.abc import Mapping

from demo.departments import INSPECTING
from demo.items import items_of
from demo.rulebook import CHAPTERS, TITLE
from mingcha.domain.catalogue.actions.discretion import write_benchmarks
from mingcha.domain.catalogue.actions.powers import load_powers
from mingcha.domain.catalogue.actions.reconciliation import receive_outside_list
from mingcha.domain.catalogue.actions.rulebooks import (
    approve_rulebook,
    authorise_rulebook,
    draft_rulebook,
    publish_rulebook,
    review_rulebook,
    submit_rulebook,
    write_chapter,
)
from mingcha.domain.catalogue.models import InspectionItem, Law
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.rules.reconciliation import OutsideRow
from mingcha.kit.digests import sha256_hex
from scripts.county.lists import file_paper, publish_joint_list
from scripts.county.setting import Setting

# Powers that no item carries yet: the coverage meter shows them.
UNCOVERED = {"yingji": ("对矿山企业安全生产的行政检查",), "nongye": ("对农机维修经营者的行政检查",)}


def publish_papers(setting: Setting, laws: Mapping[str, Law], *, days: int) -> None:
    """Each by the people whose work it is, so many days from today."""
    publish_rulebook_of(setting, "shijian", days=days)
    publish_joint_list(setting, sector="市场监管", lead="shijian", authority="县级行政检查权", days=days)
    for department in INSPECTING:
        load_powers_of(setting, department.code, days=days)
    write_benchmarks_of(setting, laws, days=days)
    reconcile(setting, "shijian", days=days + 2)


def publish_rulebook_of(setting: Setting, department: str, *, days: int) -> None:
    """The department's own rulebook, through the steps that the county's rules name."""
    handler, head = setting.handler(department), setting.head(department)
    draft = draft_rulebook(setting.departments[department], title=TITLE, by=handler, at=setting.at(days, 9))
    for chapter in draft.chapters.all():
        text, settings = CHAPTERS[chapter.code]
        write_chapter(chapter, text=text, settings=settings, by=handler, at=setting.at(days, 10))
    rulebook = submit_rulebook(draft, by=handler, at=setting.at(days, 11))
    if rulebook.state == "LEGAL_REVIEW":
        rulebook = review_rulebook(rulebook, by=setting.users["fazhi"], at=setting.at(days, 14))
    rulebook = approve_rulebook(rulebook, opinion="同意", by=head, at=setting.at(days, 16))
    if rulebook.state == "AUTHORISATION":
        rulebook = authorise_rulebook(
            rulebook, opinion="同意施行", by=setting.users["fazhiban"], at=setting.at(days + 1, 9)
        )
    if not rulebook.is_in_force:
        file_paper(setting, rulebook, number=21, by=handler, at=setting.at(days + 1, 10))
        publish_rulebook(rulebook, by=head, at=setting.at(days + 1, 15))


def load_powers_of(setting: Setting, department: str, *, days: int) -> None:
    """A power for every item, and those that no item carries."""
    rows = ["权力编码,权力名称,市场监管领域,对应事项编码"]
    for number, item in enumerate(items_of(department), 1):
        rows.append(f"{department.upper()}-JC-{number:03d},{item.title},是,{item.code}")
    for number, title in enumerate(UNCOVERED.get(department, ()), 901):
        rows.append(f"{department.upper()}-JC-{number:03d},{title},否,")
    load_powers(
        setting.departments[department],
        content="\n".join(rows).encode(),
        file_name="权力清单.csv",
        source="明察示范县权力清单（虚构）",
        whole=True,
        by=setting.handler(department),
        at=setting.at(days, 11),
    )


def write_benchmarks_of(setting: Setting, laws: Mapping[str, Law], *, days: int) -> None:
    """The degrees of one violation."""
    write_benchmarks(
        setting.departments["shijian"],
        item_code="shijian-01",
        violation="未将营业执照置于住所或者主要经营场所醒目位置",
        degrees={
            "MINOR": ("首次发现并当场改正", "责令改正，不予处罚"),
            "ORDINARY": ("责令改正后逾期不改", "处三千元以下罚款中较低幅度"),
            "GRAVE": ("再次违反，或者拒不改正", "处三千元以下罚款中较高幅度"),
        },
        law=laws["中华人民共和国市场主体登记管理条例"],
        article="第四十八条",
        since=setting.day(days),
        by=setting.handler("shijian"),
        at=setting.at(days, 15),
    )


def reconcile(setting: Setting, department: str, *, days: int) -> None:
    """The superior system's list of the department, which says a few things differently."""
    place = setting.departments[department]
    _missing, ratio, frequency, *rest = items_in_force(department=place).order_by("code")
    rows = [
        _outside(ratio, place.uscc, ratio_text="10%"),
        _outside(frequency, place.uscc, frequency_text="每年2次"),
        *(_outside(item, place.uscc) for item in rest),
    ]
    receive_outside_list(
        place,
        rows=rows,
        source="上级监管系统导出（虚构）.xlsx",
        sha256=sha256_hex("\n".join(map(str, rows))),
        by=setting.handler(department),
        at=setting.at(days, 10),
    )


def _outside(item: InspectionItem, organisation: str, *, ratio_text: str = "", frequency_text: str = "") -> OutsideRow:
    return OutsideRow(
        position=item.pk,
        code=item.code,
        title=item.title,
        organisation_code=organisation,
        basis=item.legal_basis,
        method=item.get_method_display(),
        ratio_text=ratio_text or item.ratio_text,
        frequency_text=frequency_text or item.frequency_text,
    )
