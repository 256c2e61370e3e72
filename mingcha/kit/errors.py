"""The one way a rule says no."""


class Refused(Exception):
    """The act is not possible now; the message is the sentence the person reads, in Chinese."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        """`field` names the form field at fault, when there is one."""
        super().__init__(reason)
        self.reason = str(reason)
        self.field = field


class Forbidden(Refused):
    """This person may not do this here, whatever the state."""
