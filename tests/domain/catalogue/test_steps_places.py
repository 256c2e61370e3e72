"""One item change walked from draft to filed and published, under three shipped profiles."""

from typing import NamedTuple

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.queries import edition_in_force, filings_of, local_creation_closed_by, reasons_allowed
from mingcha.domain.catalogue.rules import fields_of
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Role
from mingcha.domain.policy.actions import adopt_profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import organisation as people
from tests.factories import policy

S = ListState


class Place(NamedTuple):
    """A jurisdiction with its shipped rules, and the way that these give a department's list."""

    region: str
    name: str
    way: list[str]
    recipient: str
    clause: str
    reasons: list[str]


PLACES = {
    "yudu-2020": Place(
        "360731",
        "于都县",
        ["LEGAL_REVIEW", "APPROVAL", "FILING"],
        "JUSTICE",
        "法府建办字〔2020〕1号 一（二）",
        ["LAW", "REFORM", "PRACTICE"],
    ),
    "taian-2019": Place(
        "370900", "泰安市", ["APPROVAL", "FILING"], "MARKET", "泰政字〔2019〕80号", ["LAW", "REFORM", "PRACTICE"]
    ),
    "chenzhou-2018": Place(
        "431000", "郴州市", ["APPROVAL", "FILING"], "SECTOR_LEAD", "郴政办发〔2018〕39号", ["LAW", "PRACTICE"]
    ),
}


@pytest.fixture(params=PLACES)
def place(request, db):
    """The place with its rules in force, a department that inspects and the one that receives."""
    found = PLACES[request.param]
    region = people.region(found.region, found.name)
    adopt_profile(policy.profile_text(request.param), by=SYSTEM, at=NOON)
    bureau = people.department("bureau", "文旅局", 61, region)
    receiver = people.department("receiver", "接收单位", 62, region)
    make.body(found.recipient, receiver, sector="市场监管" if found.recipient == "SECTOR_LEAD" else "")
    handler = people.user("wenlv", Role.HANDLER, within=bureau)
    return found, bureau, handler, people.user("juzhang", Role.APPROVER, within=bureau)


def write(edition: ItemList, ratio: str, *, by) -> None:
    """An item with this ratio: where the superior list rules it comes from there, and is completed here."""
    given = {"title": "娱乐场所检查", "legal_basis": "《娱乐场所管理条例》第三十二条", "method": "ON_SITE"}
    outside = {**given, "ratio_text": ratio, "frequency_text": "1次/年"}
    more = {"item_class": "GENERAL", "object_kind": "娱乐场所", "content": "实名登记", "sector": "市场监管"}
    whole = {**outside, **more, "office": "执法科", "personnel": "持执法证", "checkpoints": make.CHECKPOINTS}
    if local_creation_closed_by(edition.department, on=NOON.date()):
        item = actions.take_over_item(edition, "W-01", **outside, source="省平台导出", by=by, at=NOON)
        actions.amend_item(item, **whole, by=by, at=NOON)
    elif (item := edition.items.filter(code="W-01").first()) is not None:
        actions.amend_item(item, **whole, by=by, at=NOON)
    else:
        actions.enter_item(edition, "W-01", **whole, by=by, at=NOON)


def walk(edition: ItemList, *, by, head) -> list[str]:
    """Through every step, noting each state that it stood in."""
    edition = actions.submit_list(edition, by=by, at=NOON)
    states = [edition.state]
    if edition.state == S.LEGAL_REVIEW:
        reviewer = make.legal_reviewer(edition.department)
        edition = actions.review_list(edition, opinion="依据有效", by=reviewer, at=NOON)
        states.append(edition.state)
    edition = actions.approve_list(edition, by=head, at=NOON)
    states.append(edition.state)
    with pytest.raises(Refused, match="还差"):
        actions.publish_list(edition, by=head, at=NOON)
    make.file_everything(edition)
    assert actions.publish_list(edition, by=head, at=NOON).is_in_force
    return states


# proves S0-08, S0-10, S1-07, S1-18, S1-49, S2-07
def test_one_item_change_is_walked_from_draft_to_filed_and_published_under_the_rules_of_its_place(place):
    found, bureau, handler, head = place
    first = actions.draft_list(bureau, by=handler, at=NOON)
    write(first, "3%", by=handler)
    assert walk(first, by=handler, head=head) == found.way
    second = actions.draft_list(bureau, by=handler, at=NOON)
    write(second, "不低于5%", by=handler)
    assert reasons_allowed(bureau, on=NOON.date()) == found.reasons
    actions.explain_item(second, "W-01", reason="PRACTICE", note="投诉举报多", by=handler, at=NOON)
    assert walk(second, by=handler, head=head) == found.way
    first.refresh_from_db()
    assert (first.state, edition_in_force(bureau)) == ("SUPERSEDED", second)
    (filing,) = filings_of(second)
    assert (filing.body, filing.recipient.code, filing.is_acknowledged) == (found.recipient, "receiver", True)
    assert filing.rule["place"].startswith(found.clause)
    (row,) = filing.content["调整情况"]
    assert (row["调整类型"], row["调整前"], row["调整后"], row["调整原因"], row["调整依据"]) == (
        "比例",
        "3%",
        "不低于5%",
        "监管实际",
        "投诉举报多",
    )
    assert [row["市场监管领域"] for row in filing.content["一般检查事项清单"]] == ["是"]
    assert filing.content["重点检查事项清单"] == []
    events = list(trail_of(second).values_list("event", flat=True))
    assert events[-1] == "catalogue.in_force"
    assert ("catalogue.reviewed" in events) == ("LEGAL_REVIEW" in found.way)


# proves S1-07
def test_a_reason_that_the_place_does_not_know_is_refused(place):
    found, bureau, handler, head = place
    first = actions.draft_list(bureau, by=handler, at=NOON)
    write(first, "3%", by=handler)
    walk(first, by=handler, head=head)
    second = actions.draft_list(bureau, by=handler, at=NOON)
    write(second, "5%", by=handler)
    for reason in ("LAW", "REFORM", "PRACTICE"):
        if reason in found.reasons:
            actions.explain_item(second, "W-01", reason=reason, note="有依据", by=handler, at=NOON)
        else:
            with pytest.raises(Refused, match="选一个调整原因"):
                actions.explain_item(second, "W-01", reason=reason, note="有依据", by=handler, at=NOON)


# proves S1-02
def test_where_the_superior_list_rules_items_come_from_there_only(place):
    found, bureau, handler, _head = place
    draft = actions.draft_list(bureau, by=handler, at=NOON)
    write(draft, "3%", by=handler)
    item = draft.items.get()
    same = {**fields_of(item), "checkpoints": make.CHECKPOINTS}
    acts = [
        lambda: make.enter(draft, "W-02", by=handler),
        lambda: actions.amend_item(item, **{**same, "ratio_text": "90%"}, by=handler, at=NOON),
        lambda: actions.remove_item(item, by=handler, at=NOON),
    ]
    for act in acts:
        if found.name == "于都县":
            with pytest.raises(Refused, match="法府建办字〔2020〕1号 一（一）"):
                act()
        else:
            act()
    if found.name == "于都县":
        assert actions.amend_item(item, **{**same, "office": "市场科"}, by=handler, at=NOON).office == "市场科"
        actions.leave_out_item(item, source="省平台导出", by=handler, at=NOON)
        assert not draft.items.exists()
