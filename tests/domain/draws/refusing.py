"""What every refused act of the ceremony is held to."""

from collections.abc import Callable

import pytest

from mingcha.kit.errors import Refused


def refused(words: str, act: Callable[..., object], *args: object, **kwargs: object) -> Refused:
    """The act is refused with a sentence that holds these words; returns the refusal."""
    with pytest.raises(Refused, match=words) as caught:
        act(*args, **kwargs)
    return caught.value
