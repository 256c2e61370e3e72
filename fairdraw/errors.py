"""The one way in which this package says no."""


class Refused(Exception):
    """The input does not hold; the text is one sentence for people, naming the place and what is expected."""
