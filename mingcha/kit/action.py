"""`@action` marks the only functions that may change rows."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused

LOCKED = "database is locked"
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass
class Act:
    """The outermost action that is running: has it written (the tests' guard notes that), has it left a trace?"""

    name: str
    wrote: bool = False
    traced: bool = False


_current: ContextVar[Act | None] = ContextVar("current_action", default=None)


def current_action() -> Act | None:
    """The outermost running action, or None."""
    return _current.get()


def mark_traced() -> None:
    """Called by audit.record: the running action has left its trace."""
    act = _current.get()
    if act is not None:
        act.traced = True


class NoTrace(AssertionError):
    """An action changed rows and left no entry in the trail: a fault in the action, not in the input."""


def action(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Run in one transaction, as the only code that may write; an action called by an action joins it."""

    @wraps(function)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        if _current.get() is not None:
            return function(*args, **kwargs)
        act = Act(name=f"{function.__module__}.{function.__qualname__}")
        token = _current.set(act)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if act.wrote and not act.traced:
                    raise NoTrace(f"{act.name} changed rows without a trace")
                return result
        except OperationalError as fault:
            if LOCKED in str(fault):  # SQLite has one writer at a time, and this one has waited long enough
                raise Refused(_("另一批数据正在写入，这一步没有做；稍等片刻，再点一次")) from fault
            raise
        finally:
            _current.reset(token)

    return run
