"""The seed ceremony of section 3: commitments, openings, the freeze digest and the seed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fairdraw.errors import Refused
from fairdraw.notation import NONE, canonical, check_digest, check_keys, read_canonical, tagged
from fairdraw.rules import DICE, SYSTEM, Rules

CEREMONY_FILE = "ceremony.json"

_WITNESS = re.compile(r"w[1-9][0-9]*")
_SYSTEM_SECRET = re.compile(r"[0-9a-f]{64}")
_WITNESS_SECRET = re.compile(r"[0-9a-f]{32,64}")
_DICE_DIGITS = re.compile(r"[0-9]{20}")
_PUBLIC_VALUE = re.compile(r"[0-9a-f]{1,128}")


@dataclass(frozen=True)
class Ceremony:
    """`ceremony.json`, parsed: hex commitments and secrets by party, the public value or None."""

    commitments: Mapping[str, str]
    reveals: Mapping[str, str]
    public_value: str | None


def commitment(draw: str, rules_digest: str, party: str, secret: str) -> str:
    """What a party publishes before the dice (section 3, step 1): 64 hex characters."""
    return tagged("commit", draw, rules_digest, party, secret)


def freeze_digest(draw: str, rules_digest: str, commitments: Mapping[str, str]) -> str:
    """The digest over all commitments that is read aloud before the dice (section 3, step 1)."""
    return tagged("freeze", draw, rules_digest, str(len(commitments)), *_flat(commitments))


def seed_of(draw: str, rules_digest: str, reveals: Mapping[str, str], public_value: str | None) -> str:
    """The seed of all secrets, the dice among them, and the public value (section 3, step 5)."""
    value = NONE if public_value is None else public_value
    return tagged("seed", draw, rules_digest, str(len(reveals)), *_flat(reveals), value)


def check_secret(party: str, secret: object) -> str:
    """The secret if it has the form of its party; otherwise raises Refused (section 3, steps 1 and 2)."""
    if party == SYSTEM:
        return _matching(secret, _SYSTEM_SECRET, "系统的随机数应为 64 位小写十六进制")
    if party == DICE:
        return _matching(secret, _DICE_DIGITS, "骰子的点数应为 20 位十进制数字")
    if _WITNESS.fullmatch(party):
        return _matching(secret, _WITNESS_SECRET, f"见证人 {party} 的随机数应为 32 至 64 位小写十六进制")
    raise Refused("参与方只能是 system、dice 或 w1、w2……。")


def check_public_value(value: object) -> str:
    """A public value as it is mixed in: 1 to 128 lower-case hex characters; otherwise raises Refused."""
    return _matching(value, _PUBLIC_VALUE, "公共随机数应为 1 至 128 位小写十六进制")


def write_ceremony(commitments: Mapping[str, str], reveals: Mapping[str, str], public_value: str | None) -> bytes:
    """The bytes of `ceremony.json` (section 6); raises Refused when a value has not its form."""
    _check_values(commitments, reveals, public_value)
    return canonical({"commitments": dict(commitments), "reveals": dict(reveals), "public_value": public_value})


def read_ceremony(content: bytes, rules: Rules) -> Ceremony:
    """`ceremony.json` with exactly the parties of the rules; whether commitments hold is asked of `broken`."""
    value = read_canonical(content, CEREMONY_FILE)
    fields = check_keys(value, ("commitments", "reveals", "public_value"), CEREMONY_FILE)
    commitments = check_keys(fields["commitments"], rules.committing, f"{CEREMONY_FILE} 的 commitments")
    reveals = check_keys(fields["reveals"], rules.parties, f"{CEREMONY_FILE} 的 reveals")
    public_value = fields["public_value"]
    _check_values(commitments, reveals, public_value)
    if (public_value is None) != (rules.public_value is None):
        raise Refused(f"{CEREMONY_FILE}：公共随机数应与规则一致——规则没有公共随机数时为 null，有时必须填写。")
    return Ceremony(
        commitments={party: str(commitments[party]) for party in rules.committing},
        reveals={party: str(reveals[party]) for party in rules.parties},
        public_value=None if public_value is None else str(public_value),
    )


def broken(ceremony: Ceremony, rules: Rules, rules_digest: str) -> list[str]:
    """The parties whose opening does not match their commitment, sorted."""
    return [
        party
        for party in rules.committing
        if commitment(rules.draw, rules_digest, party, ceremony.reveals[party]) != ceremony.commitments[party]
    ]


def _check_values(commitments: Mapping[str, object], reveals: Mapping[str, object], public_value: object) -> None:
    for party, value in sorted(commitments.items()):
        check_digest(value, f"{CEREMONY_FILE} 的 commitments 中 {party}")
    for party, secret in sorted(reveals.items()):
        check_secret(party, secret)
    if len(set(reveals.values())) != len(reveals):
        raise Refused(f"{CEREMONY_FILE}：有两个参与方的随机数相同，每个随机数都必须独立产生。")
    if public_value is not None:
        check_public_value(public_value)


def _matching(value: object, form: re.Pattern[str], sentence: str) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise Refused(f"{sentence}。")
    return value


def _flat(parties: Mapping[str, str]) -> list[str]:
    """party1, value1, party2, value2 … with the parties sorted."""
    return [text for party in sorted(parties) for text in (party, parties[party])]
