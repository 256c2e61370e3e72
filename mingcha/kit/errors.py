"""The one way a rule says no."""

from collections.abc import Callable


class Refused(Exception):
    """The act is not possible now; the message is the sentence the person reads, in Chinese."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        """`field` names the form field at fault, when there is one."""
        super().__init__(reason)
        self.reason = str(reason)
        self.field = field

    @property
    def faults(self) -> "tuple[Refused, ...]":
        """Each thing that is wrong by itself, so that a form can say it beside its field."""
        return (self,)


class SeveralRefused(Refused):
    """More than one thing is wrong: all of it is said at once."""

    def __init__(self, faults: "tuple[Refused, ...]") -> None:
        super().__init__("；".join(fault.reason for fault in faults))
        self._faults = faults

    @property
    def faults(self) -> "tuple[Refused, ...]":
        return self._faults


class Forbidden(Refused):
    """This person may not do this here, whatever the state."""


def refuse_together(*checks: Callable[[], None]) -> None:
    """Run every check and refuse once, with everything that is wrong; a missing right ends it at once."""
    faults: list[Refused] = []
    for check in checks:
        try:
            check()
        except Forbidden:
            raise
        except Refused as fault:
            faults += fault.faults
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SeveralRefused(tuple(faults))
