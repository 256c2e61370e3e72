"""Section 3: commitments, openings and the seed, against hashes of the very lines the protocol names."""

import json

import pytest

from fairdraw import (
    Refused,
    check_secret,
    commitment,
    digest_of,
    freeze_digest,
    key_of,
    read_ceremony,
    seed_of,
    write_ceremony,
)
from fairdraw.ceremony import broken
from fairdraw.notation import canonical, sha
from fairdraw.rules import read_rules
from tests.fairdraw.worlds import SECRETS, bundle_files, plain_world

FILES = bundle_files(plain_world())
RULES = read_rules(FILES["rules.json"])
DIGEST = "d" * 64


def test_a_commitment_hashes_draw_rules_party_and_secret() -> None:
    assert commitment("1号", DIGEST, "w1", "ab") == sha(f"fairdraw/1/commit\n1号\n{DIGEST}\nw1\nab\n")


def test_the_freeze_digest_lists_the_commitments_by_party() -> None:
    expected = sha(f"fairdraw/1/freeze\n1\n{DIGEST}\n2\nsystem\naa\nw1\nbb\n")
    assert freeze_digest("1", DIGEST, {"w1": "bb", "system": "aa"}) == expected


def test_the_seed_mixes_all_secrets_and_the_public_value() -> None:
    lines = f"fairdraw/1/seed\n1\n{DIGEST}\n2\nsystem\naa\nw1\nbb\n"
    assert seed_of("1", DIGEST, {"w1": "bb", "system": "aa"}, None) == sha(f"{lines}-\n")
    assert seed_of("1", DIGEST, {"w1": "bb", "system": "aa"}, "0f") == sha(f"{lines}0f\n")


def test_the_key_is_the_first_half_of_its_hash() -> None:
    assert key_of("5eed") == sha("fairdraw/1/key\n5eed\n")[:32]


@pytest.mark.parametrize(
    ("party", "secret"),
    [("system", "0" * 64), ("w1", "a" * 32), ("w12", "a" * 64), ("dice", "0" * 20)],
)
def test_a_secret_of_the_right_form_is_kept(party: str, secret: str) -> None:
    assert check_secret(party, secret) == secret


@pytest.mark.parametrize(
    ("party", "secret"),
    [
        ("system", "0" * 63),
        ("system", "A" * 64),
        ("w1", "a" * 31),
        ("w1", "a" * 65),
        ("w1", "a" * 32 + "\n"),
        ("w1", None),
        ("dice", "0" * 19),
        ("dice", "0" * 19 + "a"),
        ("dice", "٠" * 20),  # Arabic digits are digits to Python, not to the protocol
        ("w0", "a" * 32),
        ("mayor", "a" * 64),
    ],
)
def test_a_secret_of_another_form_is_refused(party: str, secret: object) -> None:
    with pytest.raises(Refused):
        check_secret(party, secret)


def test_two_equal_secrets_are_refused() -> None:
    with pytest.raises(Refused, match="随机数相同"):
        write_ceremony({}, {**SECRETS, "w1": "a" * 64, "w2": "a" * 64}, None)


def test_a_ceremony_comes_back_as_it_was_written() -> None:
    ceremony = read_ceremony(FILES["ceremony.json"], RULES)
    assert ceremony.reveals == SECRETS
    assert write_ceremony(ceremony.commitments, ceremony.reveals, None) == FILES["ceremony.json"]


def test_an_opening_that_breaks_its_commitment_is_found() -> None:
    digest = digest_of(FILES["rules.json"])
    changed = FILES["ceremony.json"].replace(b"2" * 40, b"2" * 39 + b"3")
    assert broken(read_ceremony(FILES["ceremony.json"], RULES), RULES, digest) == []
    assert broken(read_ceremony(changed, RULES), RULES, digest) == ["w2"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c.pop("public_value"), "恰好含有"),
        (lambda c: c["commitments"].update(dice="0" * 64), "commitments"),
        (lambda c: c["commitments"].pop("w2"), "commitments"),
        (lambda c: c["commitments"].update(w2="x"), "commitments 中 w2"),
        (lambda c: c["commitments"].update(w2=None), "commitments 中 w2"),
        (lambda c: c["reveals"].pop("dice"), "reveals"),
        (lambda c: c["reveals"].update(w3="a" * 32), "reveals"),
        (lambda c: c["reveals"].update(w2=["a"]), "见证人 w2"),
        (lambda c: c["reveals"].update(dice=12345678901234567890), "骰子"),
        (lambda c: c.update(public_value="0f"), "公共随机数应与规则一致"),
        (lambda c: c.update(public_value="0F"), "公共随机数应为"),
        (lambda c: c.update(public_value="0" * 129), "公共随机数应为"),
        (lambda c: c.update(public_value=5), "公共随机数应为"),
    ],
)
def test_a_ceremony_that_does_not_fit_the_rules_is_refused(change, words: str) -> None:
    value = json.loads(FILES["ceremony.json"])
    change(value)
    with pytest.raises(Refused, match=words):
        read_ceremony(canonical(value), RULES)
