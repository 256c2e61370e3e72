"""Who acts. Accounts are actors too (organisation.User has the same two properties)."""

from dataclasses import dataclass
from typing import Protocol


class Acting(Protocol):
    """Whoever an action is done by."""

    @property
    def chain(self) -> str:
        """The chain of the trail that this actor's entries go to: a department's code, or `public`."""

    @property
    def label(self) -> str:
        """How the trail names the actor, as a copy that outlives the account."""


@dataclass(frozen=True)
class Actor:
    """Someone without an account: the system itself, a witness with a pairing code."""

    chain: str
    label: str


SYSTEM = Actor(chain="public", label="系统")
