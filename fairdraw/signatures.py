"""`signatures.json` of section 6: who stood by what, and what they said about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairdraw.errors import Refused
from fairdraw.notation import canonical, check_digest, check_keys, check_text, read_canonical

OUTCOMES = {"signed": "签字确认", "refused": "拒绝签字", "reserved": "保留意见"}

_NAME = "signatures.json"
_FIELDS = ("seat", "name", "capacity", "outcome", "text", "at")


@dataclass(frozen=True)
class SignatureRow:
    """One seat's word on the result; `outcome` is signed, refused or reserved, `capacity` what the person acts as."""

    seat: str
    name: str
    capacity: str
    outcome: str
    text: str
    at: str


@dataclass(frozen=True)
class Signatures:
    """`signatures.json`, parsed."""

    rules_digest: str
    result_sha256: str
    rows: Sequence[SignatureRow]


def write_signatures(rules_digest: str, result_sha256: str, rows: Sequence[SignatureRow]) -> bytes:
    """The bytes of `signatures.json`; raises Refused when a value has not its form."""
    content = canonical(
        {
            "rules_digest": rules_digest,
            "result_sha256": result_sha256,
            "signatures": [{key: getattr(row, key) for key in _FIELDS} for row in rows],
        }
    )
    read_signatures(content)
    return content


def read_signatures(content: bytes) -> Signatures:
    """The signatures of a canonical `signatures.json`; raises Refused."""
    fields = check_keys(read_canonical(content, _NAME), ("rules_digest", "result_sha256", "signatures"), _NAME)
    signatures = fields["signatures"]
    if not isinstance(signatures, list):
        raise Refused(f"{_NAME} 的 signatures：应为列表。")
    return Signatures(
        check_digest(fields["rules_digest"], f"{_NAME} 的 rules_digest"),
        check_digest(fields["result_sha256"], f"{_NAME} 的 result_sha256"),
        [_checked(value, f"{_NAME} 第 {number} 条签字") for number, value in enumerate(signatures, 1)],
    )


def _checked(value: object, place: str) -> SignatureRow:
    fields = check_keys(value, _FIELDS, place)
    row = SignatureRow(**{key: check_text(fields[key], f"{place} 的 {key}") for key in _FIELDS})
    if row.outcome not in OUTCOMES:
        raise Refused(f"{place} 的 outcome：应为 {'、'.join(OUTCOMES)} 之一。")
    return row
