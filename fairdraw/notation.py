"""Section 1 of the protocol: text, identifiers, numbers, hashes and canonical JSON."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import NoReturn

from fairdraw.errors import Refused

PROTOCOL = "fairdraw/1"
NONE = "-"

IDENTIFIER = re.compile(r"[0-9A-Za-z._-]{1,64}")
NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")
DIGEST = re.compile(r"[0-9a-f]{64}")
KEY = re.compile(r"[0-9a-f]{32}")
LONGEST_IDENTIFIER = 64
LARGEST_NUMBER = 999_999

# JSON grows about twentyfold when it is parsed, so these small files get a limit of their own.
LARGEST_JSON = 16 * 2**20

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
# Format characters since Unicode 15, which Python 3.11 does not know: a verdict must not hang on its version.
_YOUNGER_FORMATS = frozenset(map(chr, range(0x13430, 0x13440)))


def sha(text: str) -> str:
    """Hex SHA-256 of the UTF-8 bytes of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(content: bytes) -> str:
    """Hex SHA-256 of bytes, as it stands in `rules.json`."""
    return hashlib.sha256(content).hexdigest()


def tagged(tag: str, *fields: str) -> str:
    """`H(tag, f1, …, fn)` of section 1."""
    return sha("".join(f"{line}\n" for line in (f"{PROTOCOL}/{tag}", *fields)))


def is_identifier(value: str) -> bool:
    return value != NONE and IDENTIFIER.fullmatch(value) is not None


def check_identifier(value: object, place: str) -> str:
    """The value as an identifier, or a refusal that names the place."""
    if not isinstance(value, str) or not is_identifier(value):
        raise Refused(f"{place}：代码只能由 1 至 64 个数字、英文字母、点、下划线、连字符组成，不能只是一个连字符。")
    return value


def check_text(value: object, place: str) -> str:
    """The value as a string without control, format, separator or surrogate characters."""
    if not isinstance(value, str):
        raise Refused(f"{place}：应为一段文字。")
    if any(unicodedata.category(character) in _FORBIDDEN_CATEGORIES for character in value) or (
        not _YOUNGER_FORMATS.isdisjoint(value)
    ):
        raise Refused(f"{place}：含有控制字符、不可见字符或换行，应删去。")
    return value


def check_number(value: object, place: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int:
    """The value as a plain integer (a JSON `true` or `1.0` is not one) within its bounds."""
    if type(value) is not int or not least <= value <= most:
        raise Refused(f"{place}：应为 {least} 至 {most} 的整数。")
    return value


def check_digest(value: object, place: str) -> str:
    """The value as 64 lower-case hex characters."""
    if not isinstance(value, str) or DIGEST.fullmatch(value) is None:
        raise Refused(f"{place}：应为 64 位小写十六进制摘要。")
    return value


def check_keys(value: object, keys: Iterable[str], place: str) -> dict[str, object]:
    """The value as a JSON object with exactly these keys."""
    wanted = set(keys)
    if not isinstance(value, dict) or set(value) != wanted:
        raise Refused(f"{place}：应当恰好含有 {'、'.join(sorted(wanted)) or '零个'} 这些键。")
    return value


def check_table(value: object, place: str) -> dict[str, object]:
    """The value as a JSON object whose keys are identifiers."""
    if not isinstance(value, dict):
        raise Refused(f"{place}：应为 JSON 对象。")
    for key in value:
        check_identifier(key, f"{place} 的键")
    return value


def canonical(value: object) -> bytes:
    """Canonical JSON of section 1: sorted keys, no spaces, non-ASCII kept, one LF at the end."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{text}\n".encode()


def read_canonical(content: bytes, name: str) -> object:
    """The value of a canonical JSON file; anything that is not canonical byte for byte is refused."""
    if len(content) > LARGEST_JSON:
        raise Refused(f"{name}：超过 {LARGEST_JSON // 2**20} MiB，不予读取。")

    def not_whole(text: str) -> NoReturn:
        raise Refused(f"{name}：数字 {text[:20]} 不是整数写法。")

    try:
        value: object = json.loads(content.decode(), parse_float=not_whole, parse_constant=not_whole)
        same = canonical(value) == content
    except (ValueError, RecursionError) as error:
        raise Refused(f"{name}：不是 UTF-8 编码的规范 JSON。") from error
    if not same:
        raise Refused(f"{name}：不是规范 JSON（键排序、无空格、无重复键、末尾一个换行）。")
    return value
