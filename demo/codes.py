"""统一社会信用代码 (GB 32100-2015) of bodies that do not exist: the region part 990000 belongs to no place."""

REGION = "990000"

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

PUBLIC_BODY = "11"
COMPANY = "91"
SOLE_TRADER = "92"
COOPERATIVE = "93"


def organisation_code(body: str) -> str:
    """Eight characters with the check character of GB 11714."""
    total = sum(weight * int(character, 36) for weight, character in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    return body + "0123456789X0"[(11 - total % 11)]


def credit_code(kind: str, body: str) -> str:
    """The eighteen characters for a kind of body and its own eight characters, both check characters right."""
    first = kind + REGION + organisation_code(body)
    total = sum(_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return first + _ALPHABET[-total % 31]
