"""Large files: kept first, read in rounds by the worker, gone on with after a stop; two people at once."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions
from mingcha.domain.registers.actions import staging
from mingcha.domain.registers.jobs import carry_on_with_imports, discard_old_files
from mingcha.domain.registers.models import ImportBatch, ImportRemark, StagedSubject, Subject
from mingcha.domain.registers.queries import doubted_rows, missing_rows, problem_rows, remarks_of, staged_rows
from mingcha.kit.errors import Forbidden, Refused
from tests.domain.registers.readings import file_of
from tests.factories import registers as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db
HEADING = ["统一社会信用代码", "名称", "信用风险"]


class Killed(BaseException):
    """What a worker feels of kill -9: nothing after it runs."""


def code(number: int) -> str:
    return code_for(number, prefix="91")


def rows(*numbers: int) -> list[list[str]]:
    return [[code(number), f"店{number}", "B"] for number in numbers]


@pytest.fixture
def received(cast, noon):
    def keep(content: bytes, *, by=None, kind: str = "SUBJECTS") -> ImportBatch:
        return actions.receive_file(
            kind, department=cast.market, file_name="名录.csv", file=ContentFile(content), by=by or cast.handler,
            at=noon,
        )  # fmt: skip

    return keep


@pytest.fixture
def small_rounds(monkeypatch):
    monkeypatch.setattr(staging, "ROUND", 2)


@pytest.fixture
def killed_after(monkeypatch, small_rounds):
    """The worker dies before it writes its n-th round."""

    def arrange(number: int):
        write, left = staging._stage_round, [number]

        def dying(*args, **kwargs):
            left[0] -= 1
            if not left[0]:
                raise Killed
            return write(*args, **kwargs)

        monkeypatch.setattr(staging, "_stage_round", dying)
        return lambda: monkeypatch.setattr(staging, "_stage_round", write)

    return arrange


# proves S2-13
def test_a_file_is_kept_first_and_read_and_merged_by_the_worker(cast, noon, received):
    batch = received(file_of(HEADING, *rows(1, 2, 3)))
    assert (batch.state, batch.rows, batch.file.size > 0) == ("RECEIVED", 0, True)
    carry_on_with_imports(noon)
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.share) == ("CHECKED", 3, 1.0)
    actions.ask_merge(batch, by=cast.handler, at=noon)
    assert not Subject.objects.exists()
    carry_on_with_imports(noon)
    batch.refresh_from_db()
    assert (batch.state, Subject.objects.count()) == ("MERGED", 3)
    actions.ask_undo(batch, by=cast.handler, at=noon)
    carry_on_with_imports(noon)
    batch.refresh_from_db()
    assert (batch.state, Subject.objects.count()) == ("UNDONE", 0)


def test_after_a_stop_the_reading_goes_on_where_it_was(noon, received, killed_after):
    content = file_of(HEADING, *rows(1, 2, 3, 4, 5, 1))
    whole = staging.read_batch(received(content), noon)
    batch, mended = received(content), killed_after(2)
    with pytest.raises(Killed):
        staging.read_batch(batch, noon)
    batch.refresh_from_db()
    assert (batch.state, batch.read_to, batch.rows, StagedSubject.objects.filter(batch=batch).count()) == (
        "READING", 3, 2, 2,
    )  # fmt: skip
    mended()
    carry_on_with_imports(noon)
    batch.refresh_from_db()
    assert [row.code for row in staged_rows(batch)] == [row.code for row in staged_rows(whole)]
    assert (batch.state, batch.rows, batch.created, batch.faulty) == ("CHECKED", 6, 5, 1)
    assert [fault.reason for fault in remarks_of(batch, faults=True)] == ["与第 2 行重复"]


def test_a_merge_that_is_killed_leaves_nothing_half_done(cast, noon, received, monkeypatch):
    make.subject(1, name="旧名")
    batch = staging.read_batch(received(file_of(HEADING, *rows(1, 2, 3))), noon)
    actions.ask_merge(batch, by=cast.handler, at=noon)

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("mingcha.domain.registers.actions.merging.record", killed)
        carry_on_with_imports(noon)
    batch.refresh_from_db()
    assert (batch.state, [subject.name for subject in Subject.objects.all()]) == ("MERGING", ["旧名"])
    carry_on_with_imports(noon)
    assert Subject.objects.count() == 3


def test_two_readers_of_one_file_write_each_row_once(noon, received, small_rounds, monkeypatch):
    batch = received(file_of(HEADING, *rows(1, 2, 3, 4)))
    write, overtaking = staging._stage_round, []

    def overtaken(mine, *args, **kwargs):
        if not overtaking:
            overtaking.append(True)
            staging.read_batch(ImportBatch.objects.get(pk=batch.pk), noon)
        return write(mine, *args, **kwargs)

    monkeypatch.setattr(staging, "_stage_round", overtaken)
    late = staging.read_batch(batch, noon)
    assert (late.state, late.created, staged_rows(late).count()) == ("CHECKED", 4, 4)
    assert Entry.objects.filter(event="registers.batch_read").count() == 1


def test_a_reading_that_is_given_up_stops_and_leaves_nothing(cast, noon, received, small_rounds, monkeypatch):
    batch = received(file_of(HEADING, *rows(1, 2, 3, 4)))
    write, dropped = staging._stage_round, []

    def giving_up(mine, *args, **kwargs):
        after = write(mine, *args, **kwargs)
        if not dropped:
            dropped.append(actions.drop_batch(after, by=cast.handler, at=noon))
        return after

    monkeypatch.setattr(staging, "_stage_round", giving_up)
    assert staging.read_batch(batch, noon).state == "DROPPED"
    assert not StagedSubject.objects.filter(batch=batch).exists()


def test_of_two_merges_into_one_register_the_second_is_refused_with_a_sentence(cast, noon, received):
    """Both were read from the same state; the second would do something else than it showed."""
    first, second = (staging.read_batch(received(file_of(HEADING, *rows(1, 2))), noon) for _ in range(2))
    actions.merge_batch(first, by=cast.handler, at=noon)
    before = list(Subject.objects.values())
    actions.ask_merge(second, by=cast.second_handler, at=noon)
    carry_on_with_imports(noon)
    second.refresh_from_db()
    assert (second.state, "有 2 条已被改动" in second.word) == ("CHECKED", True)
    assert list(Subject.objects.values()) == before
    again = staging.read_batch(actions.reread_batch(second, by=cast.handler, at=noon), noon)
    assert (again.created, again.unchanged, again.word) == (0, 2, "")


def test_a_file_that_breaks_in_the_middle_is_refused_with_the_line(noon, received, small_rounds):
    content = file_of(HEADING, *rows(1, 2, 3)) + b'91990000,"x\n'
    batch = staging.read_batch(received(content), noon)
    assert (batch.state, "第 5 行的引号没有成对" in batch.word) == ("REFUSED", True)
    assert not StagedSubject.objects.filter(batch=batch).exists()


def test_a_file_that_is_gone_says_so(noon, received):
    batch = received(file_of(HEADING, *rows(1)))
    batch.file.storage.delete(batch.file.name)
    assert "原文件已经不在" in staging.read_batch(batch, noon).word


def test_whoever_lost_the_right_meanwhile_loads_nothing(cast, noon, received):
    batch = received(file_of(HEADING, *rows(1)))
    with unguarded():
        cast.handler.grants.all().delete()
    assert staging.read_batch(batch, noon).state == "REFUSED"
    assert not StagedSubject.objects.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"<html>", b" \n "])
def test_what_is_no_table_is_not_even_kept(received, content):
    with pytest.raises(Refused):
        received(content)
    assert not ImportBatch.objects.exists()


def test_only_who_keeps_the_register_has_a_file_kept(cast, received):
    with pytest.raises(Forbidden):
        received(file_of(HEADING, *rows(1)), by=cast.approver)


def test_whoever_is_missing_from_the_file_is_named_and_left_alone(cast, noon, received):
    make.subject(1)
    gone, ended = make.subject(2, name="不在文件里"), make.subject(3, state="CLOSED")
    batch = staging.read_batch(received(file_of(HEADING, *rows(1, 4), ["", "没有代码", ""])), noon)
    assert (batch.missing, [row.name for row in missing_rows(batch)]) == (1, ["不在文件里"])
    actions.merge_batch(batch, by=cast.handler, at=noon, good_only=True)
    gone.refresh_from_db()
    ended.refresh_from_db()
    assert (gone.state, ended.state) == ("OPEN", "CLOSED")


def test_a_row_with_a_fault_is_not_missing(noon, received):
    make.subject(1)
    batch = staging.read_batch(received(file_of(HEADING, [code(1), "甲", "E"], *rows(2))), noon)
    assert (batch.faulty, batch.missing) == (1, 0)


# proves S2-13
def test_problem_rows_come_back_in_the_layout_of_the_file_and_load_again(cast, noon, received):
    heading = ["序号", *HEADING]
    content = file_of(heading, ["1", code(1), "甲", "B"], ["2", code(2), "", "E"], ["3", "3.7E+14", "=丙", ""])
    batch = staging.read_batch(received(content), noon)
    first, *problems = problem_rows(batch)
    assert first == ["原行号", *heading, "问题说明"]
    assert [row[:5] for row in problems] == [["3", "2", code(2), "", "E"], ["4", "3", "3.7E+14", "=丙", ""]]
    assert "名称：没有填" in problems[0][5] and "信用风险" in problems[0][5]
    mended = [first, [*problems[0][:3], "乙", "C", problems[0][5]], [*problems[1][:2], code(3), *problems[1][3:]]]
    again = staging.read_batch(received(file_of(*mended)), noon)
    assert (again.state, again.created, again.faulty) == ("CHECKED", 2, 0)
    assert next(problem_rows(again)) == first
    assert [(each.line, each.reason) for each in remarks_of(again, faults=False)] == [(3, "像公式，按文字保存")]
    assert doubted_rows(again) == 1


def test_more_remarks_than_anybody_reads_are_counted_not_kept(noon, received, monkeypatch, small_rounds):
    monkeypatch.setattr(staging, "MOST_REMARKS", 3)
    batch = staging.read_batch(received(file_of(HEADING, *([code(n), "", "E"] for n in range(1, 6)))), noon)
    assert (batch.fault_count, ImportRemark.objects.filter(batch=batch).count()) == (10, 3)


def test_the_sum_row_is_named_where_the_file_is_described(noon, received):
    batch = staging.read_batch(received(file_of(["明察示范县名录"], HEADING, *rows(1), ["合计", "1"])), noon)
    assert batch.found == "CSV，UTF-8 编码，第 2 行为表头，第 4 行疑似合计行"


def test_the_heading_row_may_be_said_and_may_be_none_at_all(cast, noon, received):
    batch = staging.read_batch(received(file_of(*rows(1, 2))), noon)
    assert batch.state == "REFUSED"
    actions.reread_batch(batch, by=cast.handler, at=noon, heading_row=0)
    batch = staging.read_batch(ImportBatch.objects.get(pk=batch.pk), noon)
    assert [entry["heading"] for entry in batch.headings][:2] == ["第 1 列（没有表头）", "第 2 列（没有表头）"]
    chosen = {"第 1 列（没有表头）": "code", "第 2 列（没有表头）": "name", "第 3 列（没有表头）": ""}
    actions.reread_batch(batch, by=cast.handler, at=noon, heading_row=0, columns=chosen)
    batch = staging.read_batch(ImportBatch.objects.get(pk=batch.pk), noon)
    assert (batch.state, batch.created) == ("CHECKED", 2)


@pytest.mark.parametrize(
    ("days", "state", "kept"), [(31, "MERGED", False), (29, "MERGED", True), (31, "CHECKED", True)]
)
def test_the_file_of_an_import_that_is_over_goes_after_a_month(noon, received, days, state, kept):
    batch = received(file_of(HEADING, *rows(1)))
    with unguarded():
        ImportBatch.objects.update(state=state)
    name, storage = batch.file.name, batch.file.storage
    for _again in range(2):
        discard_old_files(noon + timedelta(days=days))
    batch.refresh_from_db()
    assert (bool(batch.file), storage.exists(name), bool(batch.sha256)) == (kept, kept, True)
    assert Entry.objects.filter(event="registers.file_discarded").count() == (not kept)
