"""The way of a paper: pure first, then with everyone who is asked. Under the shipped profiles: test_steps_places.py."""

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import ChangeNote, Decision, InspectionItem, ItemList, Step
from mingcha.domain.catalogue.queries import (
    filings_of,
    item_lists_visible_to,
)
from mingcha.domain.catalogue.rules import bodies_left, check_opinion, next_state, standing
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.filings.actions import acknowledge, attach_scan, return_filing, send_filing
from mingcha.domain.organisation.models import Role
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

S = ListState


@pytest.mark.parametrize(
    ("present", "reviewer", "bodies", "recipients", "then"),
    [
        (S.DRAFT, True, ["A"], ["B"], S.LEGAL_REVIEW),
        (S.DRAFT, False, ["A"], ["B"], S.APPROVAL),
        (S.LEGAL_REVIEW, True, [], [], S.LEGAL_REVIEW),
        (S.LEGAL_REVIEW, False, ["A"], ["B"], S.APPROVAL),
        (S.APPROVAL, False, ["A"], ["B"], S.AUTHORISATION),
        (S.APPROVAL, False, [], ["B"], S.FILING),
        (S.APPROVAL, False, [], [], S.IN_FORCE),
        (S.AUTHORISATION, False, ["A"], [], S.AUTHORISATION),
        (S.AUTHORISATION, False, [], ["B"], S.FILING),
        (S.AUTHORISATION, False, [], [], S.IN_FORCE),
        (S.FILING, False, [], ["B"], S.FILING),
        (S.FILING, False, ["A"], [], S.IN_FORCE),
    ],
)
def test_a_paper_goes_to_the_next_step_that_is_asked_for(present, reviewer, bodies, recipients, then):
    assert next_state(present, reviewer=reviewer, bodies_left=bodies, recipients_left=recipients) == then


def test_only_what_was_decided_since_the_last_return_counts():
    said = [
        Decision(step=Step.AUTHORISATION, body="JUSTICE"),
        Decision(step=Step.RETURNED),
        Decision(step=Step.AUTHORISATION, body="LEGAL_OFFICE"),
    ]
    assert standing(said) == said[2:]
    assert standing(said[:1]) == said[:1]
    assert bodies_left(["JUSTICE", "LEGAL_OFFICE"], said, step=Step.AUTHORISATION) == ["JUSTICE"]
    assert bodies_left(["LEGAL_OFFICE"], said, step=Step.LEGAL_REVIEW) == ["LEGAL_OFFICE"]


def test_an_endless_opinion_is_refused():
    check_opinion("同意" * 1000)
    with pytest.raises(Refused, match="写要点"):
        check_opinion("同意" * 1001)


@pytest.fixture
def submitted(cast) -> ItemList:
    """A list that waits for its legal review; two bodies authorise it afterwards, one receives it."""
    make.rules_naming(
        cast.region,
        item_legal_reviewer=["AGENCY_LEGAL"],
        item_list_approvers=["ESTABLISHMENT", "LEGAL_OFFICE"],
        item_change_filed_with=["JUSTICE"],
    )
    make.body("ESTABLISHMENT", cast.discipline_body)
    make.body("LEGAL_OFFICE", cast.fire)
    make.body("JUSTICE", cast.justice)
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    return actions.submit_list(draft, by=cast.handler, at=NOON)


@pytest.fixture
def approved(cast, submitted) -> ItemList:
    """The same, waiting for the two bodies."""
    actions.review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)
    return actions.approve_list(submitted, by=cast.approver, at=NOON)


def authorise(edition: ItemList, department) -> ItemList:
    return actions.authorise_list(edition, opinion="同意", by=make.recipient(department), at=NOON)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_every_named_body_decides_in_any_order(cast, approved, order):
    bodies = [cast.discipline_body, cast.fire]
    assert authorise(approved, bodies[order[0]]).state == "AUTHORISATION"
    assert authorise(approved, bodies[order[1]]).state == "FILING"
    said = approved.decisions.filter(step="AUTHORISATION").values_list("body", flat=True)
    assert set(said) == {"ESTABLISHMENT", "LEGAL_OFFICE"}


def test_a_body_decides_once_and_only_where_it_is_named(cast, approved):
    authorise(approved, cast.fire)
    with pytest.raises(Refused, match="这个机构在这一轮已经签过意见"):
        authorise(approved, cast.fire)
    for other in (cast.justice, cast.market):
        with pytest.raises(Forbidden):
            authorise(approved, other)


# proves S1-49
def test_the_legal_review_is_done_by_a_legal_reviewer_before_the_head(cast, submitted):
    assert submitted.state == "LEGAL_REVIEW"
    with pytest.raises(Refused, match="现在是“法制审核”"):
        actions.approve_list(submitted, by=cast.approver, at=NOON)
    for other in (cast.approver, cast.handler, cast.supervisor, make.legal_reviewer(cast.fire)):
        with pytest.raises(Forbidden):
            actions.review_list(submitted, by=other, at=NOON)
    assert actions.review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON).state == "APPROVAL"


def test_another_body_reviews_where_the_rules_name_it(cast):
    make.rules_naming(cast.region, item_legal_reviewer=["JUSTICE"])
    make.body("JUSTICE", cast.justice)
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    submitted = actions.submit_list(draft, by=cast.handler, at=NOON)
    with pytest.raises(Forbidden):
        actions.review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)
    assert actions.review_list(submitted, by=make.legal_reviewer(cast.justice), at=NOON).state == "APPROVAL"


def test_the_drafter_checks_at_no_step(cast, submitted):
    """Whatever roles the drafter is given meanwhile."""
    acts = [actions.review_list, actions.approve_list, actions.authorise_list]
    roles = [(Role.LEGAL_REVIEWER, cast.market), (Role.APPROVER, cast.market), (Role.FILING_RECIPIENT, cast.fire)]
    others = [make.legal_reviewer(cast.market), cast.approver, make.recipient(cast.fire)]
    for act, (role, department), other in zip(acts, roles, others, strict=True):
        with unguarded():
            cast.handler.grants.update(role=role, department=department)
        with pytest.raises(Refused, match="拟定人不能审核、批准或审定自己拟定的文本"):
            act(submitted, by=cast.handler, at=NOON)
        submitted = act(submitted, by=other, at=NOON)


def test_whoever_wrote_in_it_or_handed_it_in_checks_at_no_step_either(cast, submitted):
    """A colleague wrote an item of another's draft, and is given the reviewer's role on top."""
    back = actions.return_list(submitted, reason="依据不对", by=make.legal_reviewer(cast.market), at=NOON)
    make.enter(back, "M-02", by=cast.second_handler)
    again = actions.submit_list(back, by=cast.handler, at=NOON)
    with unguarded():
        cast.second_handler.grants.update(role=Role.LEGAL_REVIEWER)
    with pytest.raises(Refused, match="写过或提交过"):
        actions.review_list(again, by=cast.second_handler, at=NOON)
    assert actions.review_list(again, by=make.legal_reviewer(cast.market), at=NOON).state == "APPROVAL"


def test_a_text_that_changed_between_two_steps_is_signed_by_nobody(cast, submitted):
    """No page and no action can change it; whoever writes in the database itself stops the way."""
    actions.review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)
    with past_the_guards("catalogue_inspectionitem"):
        InspectionItem.objects.create(
            item_list=submitted, code="M-66", title="夹带", legal_basis="无", item_class="KEY", object_kind="企业"
        )
    with pytest.raises(Refused, match="审核之后文本有变动"):
        actions.approve_list(submitted, by=cast.approver, at=NOON)


def test_nobody_checks_twice_on_one_text(cast, submitted):
    actions.review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)
    with unguarded():
        make.legal_reviewer(cast.market).grants.update(role=Role.APPROVER)
    with pytest.raises(Refused, match="这一轮已经签过意见"):
        actions.approve_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)


@pytest.mark.parametrize("step", ["LEGAL_REVIEW", "APPROVAL", "AUTHORISATION", "FILING"])
def test_whoever_is_asked_may_return_it_with_a_reason_and_the_way_begins_anew(cast, submitted, step):
    people_asked = {
        "LEGAL_REVIEW": make.legal_reviewer(cast.market),
        "APPROVAL": cast.approver,
        "AUTHORISATION": make.recipient(cast.fire),
        "FILING": cast.approver,
    }
    edition = bring_to(submitted, step, cast)
    for other in (cast.handler, cast.fire_approver, cast.stranger):
        with pytest.raises(Forbidden):
            actions.return_list(edition, reason="依据不对", by=other, at=NOON)
    with pytest.raises(Refused, match="没有写退回理由"):
        actions.return_list(edition, reason=" ", by=people_asked[step], at=NOON)
    back = actions.return_list(edition, reason="依据不对", by=people_asked[step], at=NOON)
    assert (back.state, back.approved_by, filings_of(back)) == ("DRAFT", None, [])
    make.enter(back, "M-02", by=cast.handler)
    again = actions.submit_list(back, by=cast.handler, at=NOON)
    assert again.state == "LEGAL_REVIEW"
    assert bring_to(again, "FILING", cast).state == "FILING"


def bring_to(edition: ItemList, state: str, cast) -> ItemList:
    """Forward to a state, each step by whoever is asked."""
    while edition.state != state:
        if edition.state == "LEGAL_REVIEW":
            edition = actions.review_list(edition, by=make.legal_reviewer(cast.market), at=NOON)
        elif edition.state == "APPROVAL":
            edition = actions.approve_list(edition, by=cast.approver, at=NOON)
        else:
            authorise(edition, cast.fire)
            edition = authorise(edition, cast.discipline_body)
    return edition


def test_a_filing_that_comes_back_is_put_right_and_filed_anew(cast, submitted):
    edition = bring_to(submitted, "FILING", cast)
    (filing,) = filings_of(edition)
    send_filing(filing, by=cast.handler, at=NOON)
    return_filing(filing, reason="缺依据条款", by=make.recipient(cast.justice), at=NOON)
    actions.return_list(edition, reason="缺依据条款", by=cast.approver, at=NOON)
    make.enter(edition, "M-02", by=cast.handler)
    actions.submit_list(edition, by=cast.handler, at=NOON)
    edition.refresh_from_db()
    again = bring_to(edition, "FILING", cast)
    (fresh,) = filings_of(again)
    assert fresh.digest != filing.digest
    make.file_everything(again)
    assert actions.publish_list(again, by=cast.approver, at=NOON).is_in_force


def test_a_body_that_is_no_department_here_is_named_before_anybody_waits_for_it(cast):
    make.rules_naming(cast.region, item_list_approvers=["ESTABLISHMENT"])
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    with pytest.raises(Refused, match="要求机构编制部门审核或审定，还没有登记"):
        actions.submit_list(draft, by=cast.handler, at=NOON)


def test_a_recipient_without_an_account_is_filed_with_on_paper(cast):
    make.rules_naming(cast.region, item_change_filed_with=["GOVERNMENT_SERVICE"])
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    actions.submit_list(draft, by=cast.handler, at=NOON)
    edition = actions.approve_list(draft, by=cast.approver, at=NOON)
    (filing,) = filings_of(edition)
    assert filing.recipient is None
    attach_scan(filing, scan=make.SCAN, by=cast.handler, at=NOON)
    send_filing(filing, by=cast.handler, at=NOON)
    acknowledge(filing, number="政务备1号", scan=make.SCAN, by=cast.handler, at=NOON)
    assert actions.publish_list(edition, by=cast.approver, at=NOON).is_in_force


def test_nobody_files_with_itself(cast):
    make.rules_naming(cast.region, item_change_filed_with=["MARKET"])
    make.body("MARKET", cast.market)
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    actions.submit_list(draft, by=cast.handler, at=NOON)
    assert actions.approve_list(draft, by=cast.approver, at=NOON).is_in_force


def test_a_list_of_two_sectors_is_filed_with_both_leads(cast):
    make.rules_naming(cast.region, item_change_filed_with=["SECTOR_LEAD"])
    make.body("SECTOR_LEAD", cast.fire, sector="文化市场")
    make.body("SECTOR_LEAD", cast.justice, sector="农业")
    draft = make.draft(cast.handler)
    make.enter(draft, sector="文化市场", by=cast.handler)
    make.enter(draft, "M-02", sector="农业", by=cast.handler)
    actions.submit_list(draft, by=cast.handler, at=NOON)
    edition = actions.approve_list(draft, by=cast.approver, at=NOON)
    assert [(filing.sector, filing.recipient) for filing in filings_of(edition)] == [
        ("农业", cast.justice),
        ("文化市场", cast.fire),
    ]


def test_a_body_sees_the_papers_laid_before_it_and_no_drafts(cast, submitted):
    receiver = make.recipient(cast.fire)
    assert not item_lists_visible_to(receiver).exists()
    edition = bring_to(submitted, "AUTHORISATION", cast)
    assert list(item_lists_visible_to(receiver)) == [edition]
    assert not item_lists_visible_to(cast.stranger).exists()


def test_the_database_itself_keeps_decisions_and_notes_as_they_were(cast, approved):
    with past_the_guards("catalogue_changenote"):
        ChangeNote.objects.create(item_list=approved, code="M-01", reason="LAW", note="新法")
    for tamper in (
        lambda: Decision.objects.update(opinion="改"),
        lambda: Decision.objects.all()._raw_delete("default"),
        lambda: ChangeNote.objects.update(note="改"),
        lambda: ChangeNote.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
            tamper()
