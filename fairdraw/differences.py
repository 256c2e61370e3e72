"""The difference between two `result.tsv`, in words a person can follow up line by line."""

from collections import Counter
from collections.abc import Iterator

from fairdraw.errors import Refused
from fairdraw.notation import check_text

_KINDS = {"drawn": "抽中", "reserve": "备选"}


def differences_between(expected: bytes, found: bytes) -> Iterator[str]:
    """One sentence for each place that is not the same; never empty for different bytes."""
    ours, theirs = _lines(expected), _lines(found)
    wanted, given = _by_place(ours), _by_place(theirs)
    for place, line in wanted.items():
        if place not in given:
            yield f"少一行：{_words(line)}。"
        elif given[place] != line:
            yield f"不同：应为{_words(line)}，实为{_words(given[place])}。"
    for place in sorted(given.keys() - wanted.keys()):
        yield f"多一行：{_words(given[place])}。"
    yield from _repetitions(theirs)
    if sorted(ours) == sorted(theirs):
        yield "各行相同，但顺序与规定的不同。"


def _repetitions(lines: list[str]) -> Iterator[str]:
    """Places that the file speaks of more than once."""
    times = Counter(_place(line.split("\t")) for line in lines)
    for line in lines:
        if times[_place(line.split("\t"))] > 1:
            yield f"同一位置重复出现：{_words(line)}。"


def _lines(content: bytes) -> list[str]:
    if content and not content.endswith(b"\n"):
        raise Refused("result.tsv：最后一行没有以换行（LF）结束，文件可能不完整。")
    try:
        lines = content.decode().split("\n")[:-1]
    except UnicodeDecodeError:
        raise Refused("result.tsv：不是 UTF-8 编码。") from None
    for number, line in enumerate(lines, 1):
        check_text(line.replace("\t", ""), f"result.tsv 第 {number} 行")
    return lines


def _by_place(lines: list[str]) -> dict[tuple[str, ...], str]:
    return {_place(line.split("\t")): line for line in lines}


def _place(fields: list[str]) -> tuple[str, ...]:
    """What a line is about: stratum and rank of an object, place, role and position of an assignment."""
    if fields[0] == "object":
        return tuple(fields[:3])
    if fields[0] == "assign":
        return tuple(fields[:4])
    return tuple(fields)


def _words(line: str) -> str:
    fields = line.split("\t")
    match fields:
        case ["object", stratum, rank, kind, name, ticket]:
            return f"层 {stratum} 第 {rank} 位{_KINDS.get(kind, kind)} {name}（抽签值 {ticket}）"
        case ["assign", place, role, position, who]:
            return f"{place} 的 {role} 第 {position} 位派 {who}"
        case ["unstaffed", name]:
            return f"{name} 人数不足未派"
        case ["lifted", role]:
            return f"{role} 放开承担上限"
    return f"无法识别的行“{' '.join(fields)}”"
