"""Several refusals at once."""

import pytest

from mingcha.kit.errors import Forbidden, Refused, SeveralRefused, refuse_together


def saying(fault: Exception | None):
    def check() -> None:
        if fault is not None:
            raise fault

    return check


def test_nothing_wrong_refuses_nothing():
    refuse_together(saying(None), saying(None))


def test_one_fault_is_refused_as_it_is():
    fault = Refused("名称重复", field="title")
    with pytest.raises(Refused) as refusal:
        refuse_together(saying(None), saying(fault))
    assert refusal.value is fault
    assert refusal.value.faults == (fault,)


def test_several_are_said_in_one_sentence_each_with_its_field():
    first, second, third = Refused("甲", field="a"), Refused("乙", field="b"), Refused("丙")
    with pytest.raises(SeveralRefused) as refusal:
        refuse_together(saying(first), lambda: refuse_together(saying(second), saying(third)))
    assert refusal.value.faults == (first, second, third)
    assert refusal.value.reason == "甲；乙；丙"


def test_a_missing_right_ends_it():
    with pytest.raises(Forbidden):
        refuse_together(saying(Refused("甲")), saying(Forbidden("没有权限")))


def test_a_fault_of_the_program_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        refuse_together(saying(ZeroDivisionError()))
