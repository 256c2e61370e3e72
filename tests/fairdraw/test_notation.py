"""Section 1: hashes, identifiers, numbers and canonical JSON, each against a value made outside this package."""

import hashlib

import pytest

from fairdraw.errors import Refused
from fairdraw.notation import canonical, check_number, check_text, is_identifier, read_canonical, tagged


def test_the_tagged_hash_is_the_sha256_of_the_lines_the_protocol_names() -> None:
    expected = hashlib.sha256("fairdraw/1/commit\na\n你\n".encode()).hexdigest()
    assert tagged("commit", "a", "你") == expected


@pytest.mark.parametrize("code", ["0", "A-b_c.9", "-a", "--", "x" * 64])
def test_an_identifier_is_up_to_64_plain_characters(code: str) -> None:
    assert is_identifier(code)


@pytest.mark.parametrize("code", ["", "-", "x" * 65, "a b", "a\n", "张三", "a/b", "\uff21", "a,b", "*"])
def test_everything_else_is_no_identifier(code: str) -> None:
    assert not is_identifier(code)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, -1, 1_000_000, [1]])
def test_only_a_plain_integer_in_range_is_a_number(value: object) -> None:
    with pytest.raises(Refused, match="应为 0 至 999999 的整数"):
        check_number(value, "某处")


@pytest.mark.parametrize(
    "text", ["a\tb", "a\nb", "\x00", "\x7f", "a\u200bb", "\u202e", "\u2028", "\u2029", "\ud800", "\ufeff"]
)
def test_a_string_with_something_unseen_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="某处"):
        check_text(text, "某处")


def test_canonical_json_sorts_keys_leaves_no_space_and_keeps_chinese() -> None:
    assert canonical({"b": 1, "a": ["中", None]}) == '{"a":["中",null],"b":1}\n'.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",  # no LF
        b"{}\n\n",
        b"{ }\n",
        b'{"b":1,"a":2}\n',
        b'{"a":1,"a":1}\n',  # a duplicate key
        b'{"a":1,"a":2}\n',
        b"\xef\xbb\xbf{}\n",
        b"{}\r\n",
        b'{"a":"\\u4e2d"}\n',  # escaped although it could be written
        b'{"a":1.0}\n',
        b'{"a":1e3}\n',
        b'{"a":NaN}\n',
        b'{"a":Infinity}\n',
        b'{"a":-0}\n',
        b'{"a":' + b"9" * 5000 + b"}\n",
        b"[" * 200_000,
        b"\xff\xfe{}\n",
        b'{"a":"\\ud800"}\n',
    ],
)
def test_a_file_that_is_not_canonical_byte_for_byte_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=r"x\.json"):
        read_canonical(content, "x.json")
