"""The views that people keep, and what leaves a register as a file."""

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions, queries, rules
from mingcha.domain.registers.models import SavedView
from mingcha.kit.errors import Forbidden, Refused

TABLE = "subjects"


def save(by, at, name="甲", **more):
    kept = {"query": "risk=D", "columns": ["code"], "is_shared": False, **more}
    return actions.save_view(TABLE, name=name, **kept, by=by, at=at)


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [(" ", "", "没有填名称"), ("长" * 41, "", "超过 40"), ("甲", "q=" + "x" * 1000, "条件太长")],
)
def test_a_view_that_cannot_be_kept_says_why(name, query, words):
    with pytest.raises(Refused, match=words):
        rules.check_view(name, query)


@pytest.mark.parametrize(("rows", "form", "words"), [(0, "csv", "没有符合条件"), (100_001, "xlsx", "改为导出 CSV")])
def test_a_file_that_helps_nobody_is_refused(rows, form, words):
    with pytest.raises(Refused, match=words):
        rules.check_export(rows, form=form)
    rules.check_export(100_000, form="xlsx")
    rules.check_export(10_000_000, form="csv")


@pytest.mark.django_db
def test_ones_own_view_leaves_no_trace_a_shared_one_does(cast, noon):
    save(cast.handler, noon)
    assert not Entry.objects.filter(event__startswith="registers.view").exists()
    view = save(cast.handler, noon, is_shared=True)
    actions.drop_view(view, by=cast.handler, at=noon)
    told = list(
        Entry.objects.filter(event__startswith="registers.view").order_by("number").values_list("event", flat=True)
    )
    assert told == ["registers.view_shared", "registers.view_dropped"]
    assert not SavedView.objects.exists()


@pytest.mark.django_db
def test_nobody_drops_a_colleagues_view_or_keeps_one_without_reading(cast, noon):
    view = save(cast.handler, noon, is_shared=True)
    with pytest.raises(Forbidden):
        actions.drop_view(view, by=cast.approver, at=noon)
    with pytest.raises(Forbidden):
        save(cast.inspector, noon)
    with pytest.raises(Forbidden):
        actions.choose_columns(TABLE, columns=["code"], by=cast.inspector)
    with pytest.raises(Forbidden):
        actions.note_export(TABLE, form="csv", rows=1, query="", by=cast.inspector, at=noon)


@pytest.mark.django_db
def test_the_habit_is_no_view(cast, noon):
    actions.choose_columns(TABLE, columns=["code", "risk"], by=cast.handler)
    actions.choose_columns(TABLE, columns=["risk"], by=cast.handler)
    assert queries.habit_of(cast.handler, TABLE).columns == ["risk"]
    assert queries.habit_of(cast.approver, TABLE) is None
    assert not queries.views_of(cast.handler, TABLE).exists()
