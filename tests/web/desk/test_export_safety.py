"""A long export writes what was asked for and told, or nothing; and lies ready for nobody else."""

import io
import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import Grant, Role, User
from mingcha.domain.registers import actions
from mingcha.domain.registers.actions import export_files
from mingcha.domain.registers.models import Register, RegisterExport
from mingcha.domain.registers.rules.exports import MOST_TRIES
from mingcha.web.desk import jobs
from tests.factories import organisation as people
from tests.factories import registers as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_at_once(monkeypatch, settings, tmp_path):
    """Every workbook waits for the worker, in a place of the test's own."""
    monkeypatch.setattr("mingcha.domain.registers.rules.names.MOST_AT_ONCE", 0)
    settings.MEDIA_ROOT = tmp_path


def post(browser, query: str = ""):
    return browser.post(f"{reverse('desk:subject_export')}?{query}", {"form": "xlsx"})


def asked(browser, query: str = "") -> RegisterExport:
    assert post(browser, query).status_code == 302
    return RegisterExport.objects.get()


def written(export: RegisterExport, now=None) -> RegisterExport:
    jobs.write_exports(now or timezone.now())
    return RegisterExport.objects.get(pk=export.pk)


def rows_in(export: RegisterExport) -> int:
    with export.file.open() as file:
        return len(load_workbook(io.BytesIO(file.read())).get_sheet_by_index(0).to_python()) - 1


def pages(browser, export: RegisterExport) -> list[int]:
    answers = [browser.get(reverse(f"desk:export_{name}", args=[export.pk])) for name in ("detail", "progress", "file")]
    for answer in answers:
        b"".join(answer)  # to the end, as a browser does: only then the file is closed
    return [answer.status_code for answer in answers]


def files() -> list[str]:
    return sorted(path.name for path in Path(default_storage.path("exports")).rglob("*") if path.is_file())


@pytest.fixture
def tagged(cast) -> Register:
    """Five firms, one of them in a register."""
    firms = make.subjects(5)
    register = actions.open_register(cast.market, kind="TAG", name="示范标签", by=cast.handler, at=timezone.now())
    actions.enter_subjects(register, [firms[0].code], by=cast.handler, at=timezone.now())
    return register


def drop(register: Register, by: User) -> None:
    actions.drop_register(register, by=by, at=timezone.now())


def test_a_register_that_goes_while_an_export_waits_is_refused_in_words_and_widens_nothing(cast, browse, tagged):
    browser = browse(cast.handler)
    export = asked(browser, f"register={tagged.pk}")
    drop(tagged, cast.handler)
    export = written(export)
    assert (export.is_ready, files()) == (False, [])
    assert "名录库已删除或不能再查看" in browser.get(reverse("desk:export_detail", args=[export.pk])).content.decode()


def test_a_register_that_goes_while_it_is_read_is_refused_too(cast, browse, tagged, monkeypatch):
    export = asked(browse(cast.handler), f"register={tagged.pk}")
    real = jobs.workbook

    def slowly(lines):
        file = real(lines)
        drop(tagged, cast.handler)
        return file

    monkeypatch.setattr(jobs, "workbook", slowly)
    export = written(export)
    assert (export.is_ready, files()) == (False, [])
    assert "没有生成" in export.word


@pytest.mark.parametrize("is_wider", [True, False])
def test_who_reads_of_other_departments_by_now_is_told_to_ask_again(cast, browse, tagged, is_wider):
    export = asked(browse(cast.handler))
    with unguarded():
        if is_wider:
            Grant.objects.create(user=cast.handler, role=Role.SUPERVISOR, region=cast.stranger.department.region)
        else:
            cast.handler.grants.all().delete()
    export = written(export)
    assert (export.is_ready, "可查看的部门变了" in export.word) == (False, True)


def test_the_trail_tells_how_many_rows_there_were_when_they_were_written(cast, browse, tagged):
    export = asked(browse(cast.handler), f"register={tagged.pk}")
    other = make.subject(77)
    actions.enter_subjects(tagged, [other.code], by=cast.handler, at=timezone.now())
    export = written(export)
    told = Entry.objects.filter(event="registers.register_exported").order_by("pk")
    assert [entry.details["rows"] for entry in told] == [1, 2]
    assert {entry.details["query"] for entry in told} == {f"register={tagged.pk}"}
    assert (rows_in(export), export.written) == (2, 2)


def test_what_grew_beyond_a_workbook_or_shrank_to_nothing_meanwhile_is_refused_in_words(
    cast, browse, tagged, monkeypatch
):
    export = asked(browse(cast.handler))
    monkeypatch.setattr("mingcha.domain.registers.rules.names.MOST_IN_WORKBOOK", 4)
    export = written(export)
    assert (export.is_ready, "改为导出 CSV" in export.word) == (False, True)


@pytest.mark.parametrize("query", ["category=NONSENSE", "since=2026-13-45", "register=999999", "q=——"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_by_a_filter_that_makes_no_sense_takes_nothing_out(cast, browse, tagged, query, form):
    answer = browse(cast.handler).post(f"{reverse('desk:subject_export')}?{query}", {"form": form})
    assert (answer.status_code, "看不懂或已失效" in answer.content.decode()) == (409, True)
    assert not RegisterExport.objects.exists()
    assert not Entry.objects.filter(event="registers.register_exported").exists()


def test_a_long_chinese_filter_is_kept_whole(cast, browse):
    make.subject(1, name="示" * 60, address="示" * 70)
    export = asked(browse(cast.handler), urlencode({"q": "  " + "示" * 60 + "  ", "address": "示" * 70}))
    assert len(export.query) > 1_000
    assert rows_in(written(export)) == 1


def test_a_file_is_not_for_who_lost_the_right(cast, browse, tagged):
    browser, export = browse(cast.handler), asked(browse(cast.handler))
    export = written(export)
    assert pages(browser, export) == [200, 200, 200]
    with unguarded():
        cast.handler.grants.all().delete()
    assert pages(browser, export) == [403, 403, 403]


def test_a_file_is_not_for_who_moved_to_where_less_is_read_but_for_who_reads_more(cast, browse, tagged):
    browser, export = browse(cast.handler), asked(browse(cast.handler))
    export = written(export)
    with unguarded():
        Grant.objects.create(user=cast.handler, role=Role.SUPERVISOR, region=cast.region)
    assert pages(browser, export) == [200, 200, 200]
    with unguarded():
        cast.handler.grants.all().delete()
        Grant.objects.create(user=cast.handler, role=Role.LEGAL_REVIEWER, department=cast.fire)
    assert pages(browser, export) == [200, 200, 404]
    page = browser.get(reverse("desk:export_detail", args=[export.pk])).content.decode()
    assert ("不能再下载" in page, "下载 XLSX" in page) == (True, False)


def test_an_export_asked_for_again_by_another_right_is_another_export(cast, browse, tagged):
    browser = browse(cast.handler)
    post(browser)
    with unguarded():
        Grant.objects.create(user=cast.handler, role=Role.SUPERVISOR, region=cast.region)
    post(browser)
    post(browser)
    first, second = RegisterExport.objects.order_by("pk")
    assert set(first.departments) < set(second.departments)


class Killed(BaseException):
    """As a process that ends: nothing catches it."""


def killed(*_args: object, **_options: object) -> None:
    raise Killed


def test_a_worker_killed_while_the_file_is_put_away_leaves_no_list_behind(cast, browse, tagged, monkeypatch):
    export = asked(browse(cast.handler))
    with monkeypatch.context() as broken:
        broken.setattr(export_files.os, "fsync", killed)
        with pytest.raises(Killed):
            jobs.write_exports(timezone.now())
    assert [Path(name).suffix for name in files()] == [".part"]
    with monkeypatch.context() as broken:
        broken.setattr(RegisterExport, "save", _killed_at_the_end(RegisterExport.save))
        with pytest.raises(Killed):
            jobs.write_exports(timezone.now())
    export = written(export)
    assert len(files()) == 3 and rows_in(export) == 5
    jobs.discard_old_exports(timezone.now())
    assert len(files()) == 3  # somebody may be writing them still
    for path in Path(default_storage.path("exports")).iterdir():
        os.utime(path, (0, 0))
    jobs.discard_old_exports(timezone.now())
    assert files() == [Path(export.file.name).name]
    jobs.discard_old_exports(timezone.now() + timedelta(hours=30))
    assert files() == []


def _killed_at_the_end(save):
    def until_then(export: RegisterExport, **options: object) -> None:
        if export.ended_at is not None:
            raise Killed
        save(export, **options)

    return until_then


def test_an_export_that_kills_its_worker_again_and_again_is_given_up_in_words_and_holds_up_nobody(
    cast, browse, tagged, monkeypatch
):
    poison = asked(browse(cast.handler))
    post(browse(cast.approver))
    other = RegisterExport.objects.exclude(pk=poison.pk).get()
    real = jobs.exported_rows
    monkeypatch.setattr(
        jobs, "exported_rows", lambda user, search: killed() if user == cast.handler else real(user, search)
    )
    for _start in range(MOST_TRIES):
        with pytest.raises(Killed):
            jobs.write_exports(timezone.now())
    other.refresh_from_db()
    assert other.is_ready
    poison = written(poison)
    assert (poison.is_ready, poison.ended_at is None) == (False, False)
    page = browse(cast.handler).get(reverse("desk:export_detail", args=[poison.pk])).content.decode()
    assert "试了 3 次，每次都中断" in page


def test_an_export_of_somebody_whose_account_is_closed_is_not_written(cast, browse, tagged):
    clerk = people.user("clerk", Role.HANDLER, within=cast.market)
    export = asked(browse(clerk))
    with unguarded():
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert not written(export).is_ready
