"""A paper is laid ready, sealed, handed in, answered; what was answered stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from mingcha.domain.audit.models import Entry
from mingcha.domain.filings import actions, jobs
from mingcha.domain.filings.models import Filing, Receipt
from mingcha.domain.filings.queries import filings_about, filings_visible_to
from mingcha.domain.filings.rules import ScanFile
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import filings as make
from tests.factories import policy
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(cast):
    make.body("JUSTICE", cast.justice)
    return make.recipient(cast.justice)


@pytest.fixture
def filing(cast, receiver) -> Filing:
    return make.prepared(cast.region, cast.market, by=cast.handler)


def fresh(filing: Filing) -> Filing:
    return Filing.objects.get(pk=filing.pk)


# proves S0-10
# proves S2-07
def test_a_filing_knows_recipient_content_digest_and_clause(cast, filing):
    assert filing.recipient == cast.justice
    assert filing.digest == sha256_hex(canonical_json(make.CONTENT))
    assert filing.rule["place"] == "法府建办字〔2020〕1号 一（二）"
    assert filing.year == 2026
    assert Entry.objects.filter(event="filings.prepared").count() == 1


# proves S0-10
# proves S1-51
def test_the_recipient_accepts_under_a_number_and_the_receipt_stays(cast, noon, filing, receiver):
    sent = actions.send_filing(filing, by=cast.handler, at=noon)
    assert (sent.sent_by, sent.sent_at) == (cast.handler, noon)
    receipt = actions.acknowledge(sent, number=" 备〔2026〕7号 ", remark="齐全", by=receiver, at=noon)
    assert (receipt.number, receipt.received_by, receipt.received_at) == ("备〔2026〕7号", receiver, noon)
    assert fresh(filing).is_acknowledged
    assert not filings_about(cast.region).exclude(state="ACKNOWLEDGED").exists()


def test_a_return_says_why_and_the_filing_may_be_sent_again(cast, noon, filing, receiver):
    actions.send_filing(filing, by=cast.handler, at=noon)
    actions.return_filing(filing, reason="缺附件3", by=receiver, at=noon)
    actions.send_filing(filing, by=cast.handler, at=noon)
    actions.acknowledge(filing, number="8", by=receiver, at=noon)
    assert [(each.accepted, each.remark) for each in filing.receipts.all()] == [(False, "缺附件3"), (True, "")]


def test_a_double_press_does_nothing_twice(cast, noon, filing, receiver):
    actions.send_filing(filing, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="不能再报送"):
        actions.send_filing(filing, by=cast.handler, at=noon)
    actions.acknowledge(filing, number="8", by=receiver, at=noon)
    with pytest.raises(Refused, match="不能接收或退回"):
        actions.acknowledge(filing, number="9", by=receiver, at=noon)
    with pytest.raises(Refused, match="不能接收或退回"):
        actions.return_filing(filing, reason="晚了", by=receiver, at=noon)
    assert Receipt.objects.count() == 1


def test_only_those_who_file_send_and_only_those_who_receive_answer(cast, noon, filing, receiver):
    for stranger in (cast.stranger, cast.approver, cast.fire_handler, receiver):
        with pytest.raises(Forbidden):
            actions.send_filing(filing, by=stranger, at=noon)
    actions.send_filing(filing, by=cast.handler, at=noon)
    for stranger in (cast.stranger, cast.handler, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.acknowledge(filing, number="1", by=stranger, at=noon)
        with pytest.raises(Forbidden):
            actions.return_filing(filing, reason="缺", by=stranger, at=noon)


# proves S1-51
def test_a_body_without_an_account_answers_on_paper_and_its_scan_is_needed(cast, noon):
    outside = make.sent(cast.region, cast.market, by=cast.handler, body="ESTABLISHMENT")
    assert outside.recipient is None
    with pytest.raises(Refused, match="上传对方回执的扫描件"):
        actions.acknowledge(outside, number="编办备1号", by=cast.handler, at=noon)
    with pytest.raises(Forbidden):
        actions.acknowledge(outside, number="编办备1号", scan=make.SCAN, by=cast.stranger, at=noon)
    receipt = actions.acknowledge(outside, number="编办备1号", scan=make.SCAN, by=cast.handler, at=noon)
    assert receipt.scan_sha256 == sha256_hex(make.PDF)
    assert Path(receipt.scan.path).read_bytes() == make.PDF


def test_a_body_that_was_named_since_receives_what_is_sent(cast, noon):
    waiting = make.prepared(cast.region, cast.market, by=cast.handler, body="ESTABLISHMENT")
    make.body("ESTABLISHMENT", cast.justice)
    assert actions.send_filing(waiting, by=cast.handler, at=noon).recipient == cast.justice


def test_one_paper_goes_to_the_lead_of_each_sector(cast):
    make.body("SECTOR_LEAD", cast.fire, sector="消防安全")
    make.body("SECTOR_LEAD", cast.justice, sector="法律服务")
    made = [
        make.prepared(cast.region, cast.market, by=cast.handler, body="SECTOR_LEAD", sector=sector)
        for sector in ("消防安全", "法律服务")
    ]
    assert [each.recipient for each in made] == [cast.fire, cast.justice]


def test_the_same_paper_is_not_laid_ready_twice(cast, noon, filing, receiver):
    assert make.prepared(cast.region, cast.market, by=cast.handler) == filing
    with pytest.raises(Refused, match="先撤回那一份"):
        make.prepared(cast.region, cast.market, by=cast.handler, content={"版次": 3})
    actions.send_filing(filing, by=cast.handler, at=noon)
    make.answered(filing, by=receiver)
    assert make.prepared(cast.region, cast.market, by=cast.handler) == filing
    again = make.prepared(cast.region, cast.market, by=cast.handler, content={"版次": 3})
    assert again != filing
    assert [one.state for one in filings_about(cast.region).order_by("pk")] == ["ACKNOWLEDGED", "PREPARED"]


def test_what_nobody_accepted_is_taken_back_with_the_paper(cast, noon, filing, receiver):
    make.body("MARKET", cast.market)
    accepted = make.sent(cast.region, cast.market, by=cast.handler, body="MARKET")
    make.answered(accepted, by=make.recipient(cast.market, "marketrecipient"))
    actions.send_filing(filing, by=cast.handler, at=noon)
    assert actions.withdraw_filings(cast.region, by=cast.handler, at=noon) == 1
    assert fresh(filing).get_state_display() == "已撤回"
    assert list(filings_about(cast.region)) == [accepted]
    assert filing in filings_visible_to(receiver)


# proves S1-08
def test_the_sealed_scan_is_kept_byte_for_byte_with_its_digest(cast, noon, filing):
    sealed = make.sealed(filing, by=cast.handler)
    assert Path(sealed.scan.path).read_bytes() == make.PDF
    assert sealed.scan_sha256 == sha256_hex(make.PDF)
    assert make.sealed(filing, by=cast.handler).scan == sealed.scan
    actions.send_filing(filing, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="扫描件不能再换"):
        make.sealed(filing, by=cast.handler, scan=ScanFile(make.PDF + b"\n", "b.pdf"))
    entry = Entry.objects.get(event="filings.sent")
    assert sealed.scan_sha256 in str(entry.details)


def test_nobody_else_seals(cast, filing, receiver):
    for stranger in (cast.stranger, receiver, cast.fire_handler):
        with pytest.raises(Forbidden):
            make.sealed(filing, by=stranger)


def test_a_file_that_no_row_names_is_swept_after_a_day_and_no_other(cast, noon, filing):
    sealed = make.sealed(filing, by=cast.handler)
    folder = Path(settings.MEDIA_ROOT) / "filings"
    lost, new = folder / "lost.pdf", folder / "new.pdf"
    for path, age in ((lost, 25), (new, 1), (Path(sealed.scan.path), 25)):
        path.touch()
        moment = (noon - timedelta(hours=age)).timestamp()
        os.utime(path, (moment, moment))
    jobs.sweep_scans(noon)
    assert sorted(folder.iterdir()) == sorted([new, Path(sealed.scan.path)])


# proves S1-08
def test_where_the_rules_want_the_seal_nothing_is_sent_without(cast, noon, receiver):
    rules = policy.demo_profile()
    said = policy.clause("filing_forms", ["SEALED_SCAN", "ELECTRONIC"], "codes", quote="加盖公章纸质扫描版和电子版")
    with unguarded():
        rules.clauses = [*rules.clauses, said.model_dump(mode="json")]
        rules.save()
    filing = make.prepared(cast.region, cast.market, by=cast.handler)
    with pytest.raises(Refused, match="还没有盖章扫描件"):
        actions.send_filing(filing, by=cast.handler, at=noon)
    make.sealed(filing, by=cast.handler)
    assert actions.send_filing(filing, by=cast.handler, at=noon).is_sent


@pytest.fixture
def nil_rules(cast):
    """The demo county's rules know nil returns; its lists go to the market regulator."""
    make.body("MARKET", cast.justice)
    return policy.demo_profile()


def nil(cast, noon, **changes) -> Filing:
    given = {"body": "MARKET", "year": 2026, "since": 2025, "changed": False, "by": cast.handler, "at": noon}
    return actions.file_nil_return(cast.market, **{**given, **changes})


# proves S1-08
def test_a_nil_return_is_sealed_and_filed_like_a_list(cast, noon, nil_rules):
    made = nil(cast, noon)
    assert (made.kind, made.recipient, made.year) == ("NIL_RETURN", cast.justice, 2026)
    assert "如无动态调整" in made.rule["words"]
    with pytest.raises(Refused, match="还没有盖章扫描件"):
        actions.send_filing(made, by=cast.handler, at=noon)
    make.sealed(made, by=cast.handler)
    assert actions.send_filing(made, by=cast.handler, at=noon).is_sent


# proves S1-08
def test_a_nil_return_is_refused_when_the_list_changed_or_was_filed(cast, noon, nil_rules):
    with pytest.raises(Refused, match="不是“无调整”"):
        nil(cast, noon, changed=True)
    nil(cast, noon)
    with pytest.raises(Refused, match="不用再报"):
        nil(cast, noon)
    with pytest.raises(Refused, match="事项清单不向这个机构报备"):
        nil(cast, noon, body="ESTABLISHMENT")
    with pytest.raises(Refused, match="第一版清单 2025 年才施行，2024 年"):
        nil(cast, noon, year=2024)
    with pytest.raises(Refused, match="还没有施行过抽查事项清单"):
        nil(cast, noon, year=2024, since=None)
    with pytest.raises(Forbidden):
        nil(cast, noon, by=cast.approver)


def test_nobody_files_a_nil_return_with_itself(cast, noon):
    make.body("MARKET", cast.market)
    policy.demo_profile()
    with pytest.raises(Refused, match="不用向自己报送"):
        nil(cast, noon)


def test_no_nil_return_where_the_rules_know_none(cast, noon, nil_rules):
    with unguarded():
        nil_rules.clauses = [each for each in nil_rules.clauses if each["key"] != "nil_return"]
        nil_rules.save()
    with pytest.raises(Refused, match="没有“无调整也须报送”"):
        nil(cast, noon)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE filings_filing SET digest = 'x'",
        "UPDATE filings_filing SET title = 'x'",
        "UPDATE filings_filing SET content = '{}'",
        "UPDATE filings_filing SET scan_sha256 = 'x'",
        "UPDATE filings_filing SET state = 'PREPARED'",
        "DELETE FROM filings_filing",
        "UPDATE filings_receipt SET number = 'x'",
        "DELETE FROM filings_receipt",
    ],
)
def test_the_database_itself_keeps_what_was_handed_in_and_answered(cast, filing, receiver, noon, tampering):
    actions.send_filing(filing, by=cast.handler, at=noon)
    make.answered(filing, by=receiver)
    with unguarded(), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tampering)


def test_before_it_is_sent_a_filing_may_still_change_its_seal(cast, filing):
    make.sealed(filing, by=cast.handler)
    other = make.sealed(filing, by=cast.handler, scan=ScanFile(make.PDF + b"\n", "b.pdf"))
    assert other.scan_sha256 == sha256_hex(make.PDF + b"\n")
