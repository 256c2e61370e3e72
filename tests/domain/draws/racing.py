"""A program: ceremonies in which people press against each other, on real connections, in a database of its own.

As tests/domain/together.py; started by test_model.py. Prints one line of JSON a round: what became of every press,
where the draw ended, and what was made how often. After every round the invariants of the model hold.
"""

import json
from types import SimpleNamespace

import django

django.setup()


from mingcha.domain.audit.queries import trail_of  # noqa: E402
from mingcha.domain.draws import actions  # noqa: E402
from mingcha.domain.draws.models import Draw  # noqa: E402
from mingcha.domain.draws.rules.aftermath import UNOPENED_FOR  # noqa: E402
from mingcha.domain.plans.models import Campaign  # noqa: E402
from tests.domain.draws.model.invariants import check_campaigns, check_numbers, check_phase, check_result  # noqa: E402
from tests.domain.together import NOON, at_once  # noqa: E402
from tests.factories import draws, organisation  # noqa: E402

ROUNDS = 3
COUNTED = ("draw.frozen", "draw.dice_confirmed", "draw.result_made", "draw.aborted", "draw.voided", "draw.in_force")


def freezing(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """Two hosts freeze, a third person sits down."""
    made = draws.room_at(cast, "SEATS", campaign)
    freeze = lambda by: lambda: actions.freeze(made.draw, by=by, at=NOON)  # noqa: E731 — pressed below
    became = at_once(freeze(cast.handler), freeze(cast.second_handler), lambda: made.seat_witness("示范丙"))
    return end(made, became)


def abort_against_dice(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """The second typist and the second person of an abort."""
    made = draws.room_at(cast, "CHECKED", campaign)
    actions.enter_dice(made.draw, digits=draws.DICE, by=cast.handler, at=NOON)
    actions.propose_abort(made.draw, reason="停电", by=cast.handler, at=NOON)
    became = at_once(
        lambda: actions.enter_dice(made.draw, digits=draws.DICE, by=cast.approver, at=NOON),
        lambda: actions.confirm_abort(made.draw, by=cast.discipline, at=NOON),
    )
    return end(made, became)


def typing(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """Both typists at once."""
    made = draws.room_at(cast, "CHECKED", campaign)
    became = at_once(
        *[
            lambda by=by: actions.enter_dice(made.draw, digits=draws.DICE, by=by, at=NOON)
            for by in (cast.handler, cast.approver)
        ]
    )
    return end(made, became)


def opening(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """The last witness's phone, and the discipline body with the same seat's sealed copy."""
    made = draws.room_at(cast, "DICE", campaign)
    made.open(0)
    copy = draws.secret_of(made.seats[1].party)
    became = at_once(
        lambda: made.open(1),
        lambda: actions.open_sealed_copy(made.seats[1], secret=copy, by=cast.discipline, at=NOON),
    )
    return end(made, became)


def void_against_force(cast: SimpleNamespace, campaign: Campaign) -> dict[str, object]:
    """The discipline body voids while the host sends people out."""
    made = draws.room_at(cast, "SIGNED", campaign)
    actions.propose_void(made.draw, reason="示范", by=cast.approver, at=NOON)
    became = at_once(
        lambda: actions.confirm_void(made.draw, by=cast.discipline, at=NOON),
        lambda: actions.bring_into_force(made.draw, by=cast.handler, at=NOON),
    )
    return end(made, became)


def end(made: draws.Room, became: list[str]) -> dict[str, object]:
    """What was decided; then the campaign is cleared for the next round."""
    draw = made.now()
    check_phase(draw, list(draw.seats.all()))
    if draw.has_result:
        check_result(draw)
    check_campaigns([draw])
    events = [entry.event for entry in trail_of(draw)]
    told = {
        "became": became,
        "state": draw.state,
        "seats": draw.seats.count(),
        "results": draw.files.filter(name="result.tsv").count(),
        "made": {event: events.count(event) for event in COUNTED},
    }
    if draw.may_be_aborted:
        if draw.abort_proposed_by is None:
            actions.propose_abort(draw, reason="示范", by=made.cast.handler, at=NOON)
        actions.confirm_abort(draw, by=made.cast.discipline, at=NOON)
    elif draw.may_be_voided:
        actions.propose_void(draw, reason="示范", by=made.cast.approver, at=NOON)
        actions.confirm_void(draw, by=made.cast.discipline, at=NOON + UNOPENED_FOR)
    return told


RACES = (freezing, abort_against_dice, typing, opening, void_against_force)


def main() -> None:
    organisation.GUARD.current = SimpleNamespace(lifted=0)
    cast = organisation.cast()
    campaign = draws.county(cast, subjects=30)
    for race in RACES:
        for _round in range(ROUNDS):
            if not Draw.objects.filter(state="IN_FORCE").exists():  # after that nothing more is drawn here
                print(json.dumps({"race": race.__name__, **race(cast, campaign)}))
    check_numbers(list(Draw.objects.order_by("pk")))


if __name__ == "__main__":
    main()
