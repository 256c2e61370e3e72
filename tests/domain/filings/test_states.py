"""A filing goes forward, and may come back until it is accepted."""

import itertools

import pytest

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.states import OPEN, SENDABLE, WORKFLOW, FilingState
from mingcha.kit.errors import Refused


@pytest.mark.parametrize(("old", "new"), list(WORKFLOW))
def test_every_listed_move_passes(old, new):
    filing = Filing(state=old)
    filing.move_to(new)
    assert filing.state == new


@pytest.mark.parametrize(
    ("old", "new"), [pair for pair in itertools.product(FilingState, FilingState) if pair not in set(WORKFLOW)]
)
def test_every_other_move_is_refused(old, new):
    with pytest.raises(Refused):
        Filing(state=old).move_to(new)


def test_what_is_accepted_or_withdrawn_is_never_open_again():
    assert {FilingState.ACKNOWLEDGED, FilingState.WITHDRAWN}.isdisjoint({*OPEN, *SENDABLE})
    assert {old for old, _new in WORKFLOW} == set(OPEN)
