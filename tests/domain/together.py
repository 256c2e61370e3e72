"""A program: several people press the same button at once, on real connections, in a database of its own.

Tests run inside one transaction on one connection, so they cannot do this; and the trail's triggers forbid to empty a
database after a test that committed. Started by test_together.py; prints what became of every press as JSON.
"""

import json
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from mingcha.domain.audit import queries, rules  # noqa: E402
from mingcha.domain.audit.actions import record  # noqa: E402
from mingcha.domain.audit.models import DayHead  # noqa: E402
from mingcha.domain.draws import actions  # noqa: E402
from mingcha.domain.draws.models import Draw  # noqa: E402
from mingcha.domain.inspections.actions import (  # noqa: E402
    ask_reserve,
    ask_substitute,
    dispatch_visits,
    replace_inspector,
    replace_subject,
)
from mingcha.domain.inspections.models import Assignment, Visit  # noqa: E402
from mingcha.domain.organisation.models import Grant, Role  # noqa: E402
from mingcha.domain.plans.actions import draft_plan  # noqa: E402
from mingcha.domain.plans.models import Campaign  # noqa: E402
from mingcha.domain.registers.actions import link_subject  # noqa: E402
from mingcha.domain.registers.models import ItemLink, Subject  # noqa: E402
from mingcha.kit.action import action  # noqa: E402
from tests.factories import draws, organisation, registers  # noqa: E402

Act = Callable[[], object]
NOON = draws.NOON
A_MOMENT = 0.4  # for the second to come to where it has to wait


def at_once(*acts: Act) -> list[str]:
    """`ok`, or the kind of the exception, of each; sorted."""
    start, became = threading.Barrier(len(acts)), []

    def press(act: Act) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            act()
            became.append("ok")
        except Exception as fault:  # whatever it was, it is the answer
            became.append(type(fault).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(became)


def linking(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """A change of links under way when the freeze comes is in its frame; one that comes during it finds the hold.

    All firms but one are linked to an item of the market department; as soon as the fire department links its own item
    to a firm, that one is in nobody's scope.
    """
    *firms, outsider = Subject.objects.filter(state="OPEN").order_by("code")
    for firm in firms:
        registers.link(firm, cast.market)
    link = lambda: link_subject(firms[0], cast.fire, "M-01", by=cast.fire_handler, at=NOON)  # noqa: E731 — pressed below
    made = draws.room(cast, campaign)
    told: dict[str, object] = {"link first": meanwhile(link, lambda: draws.freeze(made, NOON))}
    excluded = bytes(made.draw.files.get(name="excluded.tsv").content).decode()
    told["out of scope"] = f"{outsider.code}\tnot-in-scope" in excluded
    aborted(made)
    with organisation.unguarded():
        ItemLink.objects.filter(department=cast.fire).delete()
    made = draws.room(cast, campaign)
    told["freeze first"] = meanwhile(lambda: draws.freeze(made, NOON), link)
    aborted(made)
    with organisation.unguarded():
        ItemLink.objects.all().delete()
    return told


def meanwhile(first: Act, second: Act) -> list[str]:
    """The second comes when the first has done everything and its transaction has not ended yet."""
    is_done = threading.Event()

    @action
    def slowly() -> None:
        try:
            first()
        finally:
            is_done.set()
        time.sleep(A_MOMENT)

    def later() -> None:
        is_done.wait()
        second()

    return at_once(slowly, later)


def aborted(made: draws.Room) -> None:
    actions.propose_abort(made.draw, reason="停电", by=made.cast.handler, at=NOON)
    actions.confirm_abort(made.draw, by=made.cast.discipline, at=NOON)


def ceremony(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """Every phase pressed by several people at once."""
    told: dict[str, object] = {}
    opening = lambda: actions.open_draw(campaign, by=cast.handler, at=NOON, pairing_code=lambda: draws.PAIRING)  # noqa: E731 — pressed below
    told["open"] = at_once(opening, opening)
    draw = Draw.objects.get(state="SEATS")
    made = draws.Room(cast, draw)
    draws.announced(draw, cast, NOON)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name)
    told["freeze"] = at_once(*[lambda: draws.freeze(made, NOON)] * 3)
    told["commit"] = at_once(lambda: made.commit(0), lambda: made.commit(1), lambda: made.commit(1))
    told["copies"] = at_once(*[lambda: draws.check_copies(made, NOON)] * 2)
    people = (cast.handler, cast.approver, cast.second_handler)
    typing = [lambda by=by: actions.enter_dice(draw, digits=draws.DICE, by=by, at=NOON) for by in people]
    told["dice"] = at_once(*typing)
    abort = lambda: actions.propose_abort(draw, reason="停电", by=cast.handler, at=NOON)  # noqa: E731 — pressed below
    told["last opening"] = at_once(lambda: made.open(0), lambda: made.open(1), lambda: made.open(1), abort)
    told["result"] = [made.now().state, made.now().files.filter(name="result.tsv").count()]
    draws.sign_both(made, NOON)
    told["dispatch"] = at_once(*[lambda: dispatch_visits(draw, by=cast.handler, at=NOON)] * 2)
    return told


def changes(cast: SimpleNamespace) -> dict[str, object]:
    """After the dispatch: the same substitute and the same reserve asked for and decided by several people at once."""
    drawn, told = Draw.objects.get(state="IN_FORCE").subjects.filter(reserve=False, stratum="rest")[0], {}
    leaves = drawn.inspectors.filter(department=cast.market)[0].inspector
    handlers = (cast.handler, cast.second_handler)
    asking = [lambda by=by: ask_substitute(drawn, leaves=leaves, reason_text="住院", by=by, at=NOON) for by in handlers]
    told["substitute"] = at_once(*asking)
    row = drawn.substitutions.get()
    told["approval"] = at_once(*[lambda: replace_inspector(row, agreed=True, by=cast.approver, at=NOON)] * 2)
    told["who goes"] = Assignment.objects.standing().filter(inspection__visit__drawn=drawn).count()
    moving = [lambda by=by: ask_reserve(drawn, reason="MOVED", reason_text="迁出", by=by, at=NOON) for by in handlers]
    told["reserve"] = at_once(*moving)
    used = drawn.replacements.get()
    told["replacement"] = at_once(*[lambda: replace_subject(used, agreed=True, by=cast.approver, at=NOON)] * 2)
    told["visits"] = Visit.objects.filter(drawn=used.reserve).count()
    return told


def crossing(cast: SimpleNamespace) -> list[str]:
    """One leaves a trace and then names the department; the other holds the department and then leaves a trace."""

    @action
    def trace_first() -> None:
        record("organisation.signed_in", by=cast.handler, at=NOON)
        time.sleep(0.6)
        Grant.objects.create(user=cast.auditor, role=Role.LEGAL_REVIEWER, department=cast.market)

    def department_first() -> None:
        time.sleep(0.2)
        draft_plan(cast.market, year=2026, title="示范计划", by=cast.handler, at=NOON)

    return at_once(trace_first, department_first)


def traces(cast: SimpleNamespace) -> list[object]:
    """Four people of two chains leave ten traces each; then every chain is walked."""
    people = (cast.handler, cast.approver, cast.second_handler, cast.fire_handler)
    write = [lambda by=by: [record("organisation.signed_in", by=by, at=NOON) for _number in range(10)] for by in people]
    return [at_once(*write), rules.breaks(queries.chain_names(), queries.entries_on_chain, DayHead.objects.all())]


def main() -> None:
    organisation.GUARD.current = SimpleNamespace(lifted=0)
    cast = organisation.cast()
    campaign = draws.county(cast)
    told = {**linking(cast, campaign), **ceremony(cast, campaign), **changes(cast)}
    print(json.dumps({**told, "crossing": crossing(cast), "traces": traces(cast)}))


if __name__ == "__main__":
    main()
