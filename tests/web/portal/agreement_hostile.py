"""Inputs that both implementations must refuse, each with one fault in an otherwise sound, freshly sealed bundle."""

import json
import re
from collections.abc import Callable, Iterator

from fairdraw.notation import canonical
from tests.web.portal.agreement_bundles import Parts, Sealed, sealed, with_table

_REVEALS = {"dice": "0123456789" * 2, "system": "a" * 64, "w1": "1" * 32, "w2": "2" * 64}
_TABLES = {
    "barred.tsv": "A2\tP2\nX1\tP2\n",
    "excluded.tsv": "X1\tclosed\nX2\tclosed\n",
    "frame.tsv": "A1\tall\t-\tfood\nA2\tall\tB1\t-\nA3\tall\tB1\tfood\n",
    "roster.tsv": "P1\tmarket\tB1\tfood\t1\t1\nP2\tmarket\t*\t-\t1\t1\nP3\tmarket\tB1\tfood\t1\t1\n",
}
_RULES = {
    "protocol": "fairdraw/1", "hash": "sha256", "draw": "T1", "title": "抽查", "public_value": "指数",
    "parties": ["dice", "system", "w1", "w2"], "physical": ["dice"], "strata": {"all": {"take": 1, "reserve": 1}},
    "assignment": {"mode": "team", "teams": 1, "roles": {"market": 2}, "slack": 1},
}  # fmt: skip

# Columns by what they hold; only faults that no other rule would catch are put into them.
_CODE_COLUMNS = (("frame.tsv", 0), ("frame.tsv", 1), ("frame.tsv", 2), ("excluded.tsv", 0), ("excluded.tsv", 1),
                 ("roster.tsv", 0), ("roster.tsv", 1))  # fmt: skip
_LIST_COLUMNS = (("frame.tsv", 3), ("roster.tsv", 2), ("roster.tsv", 3))
_NUMBER_COLUMNS = (("roster.tsv", 4), ("roster.tsv", 5))
_FOREIGN = (
    *("\r", " ", "\0", "\v", "\x1b", "\x7f", "\x85", "\xa0", "\ufeff", "é", "１", "Ａ", "\u200b", "\u2028", "\ud800"),
    *("/", ":", "\\", '"', "+", "x" * 63, "\t", "\n"),
)
_NOT_LISTS = (",", ",,x", ",-", ",*", ",a b", ",x,x", ", x")
_NOT_NUMBERS = ("", "00", "01", "-1", "+1", "-0", "1.0", "1e3", "1000000", "0x1", "1_0", " 1", "1 ", "１", "٣", "²")

_UNSEEN = (
    *"\0\t\n\r\x1f\x7f\x80\x85\x9f\xad\u0600\u061c\u06dd\u0890\u180e\u200b\u200d\u200e\u2028\u2029\u202e\u2060\ufeff\ufff9",
    *"\U000110bd\U00013430\U00013439\U0001343f\U0001d173\U000e0001\U000e007f",
)
_RAW_TEXTS = (
    *(r'"\ud800"', r'"\udfff"', r'"\udc00\ud800"', r'"\ud83d\ude00"', r'"\u0041"', r'"\/"', r'"\u00e9"', r'"\x41"'),
    *('"\t"', '"\n"', "'a'", "a", "1", "true", "[]", "{}", '["a"]', "[" * 3000 + "]" * 3000),
)
_RAW_NUMBERS = (
    *("1.0", "1.5", "true", "false", "null", "-0", "-1", "1e0", "1e3", "1E3", "01", "+1", '"1"', "[1]", "{}", "NaN"),
    *("Infinity", "-Infinity", "0x1", "1_0", "1000000", "9007199254740993", "9" * 400, "9" * 5000, "1e400"),
)
_NOT_CODES = ("", "-", " ", "a b", "a\t", "a\n", "é", "１", "a/b", "a" * 65, "a\0", "a,b", "*", "\ufeffa")
_PARTIES = (
    *(["system", "w1", "w2"], ["dice", "w1", "w2"], ["dice", "system", "w1"], ["dice", "system", "w1", "w3"]),
    *(["dice", "system", "w0", "w1"], ["system", "dice", "w1", "w2"], ["dice", "system", "w1", "w1", "w2"]),
    *(["dice", "dice", "system", "w1", "w2"], ["dice", "system", "w01", "w1", "w2"]),
    *(["dice", "system", "w1", "w2", "x"], ["dice", "system", "w1", 2], ["dice", ["system"], "w1", "w2"], []),
    *("system", {}, None),
)
_RAW_SECRETS = ("null", '""', '"-"', '"' + "0" * 129 + '"', '"0a\\n"', '"１"', '"0A"', '" 0"', '"0x1"')
_PHYSICAL = ([], ["dice", "dice"], ["system"], ["dice", "system"], "dice", None, {"dice": 1}, [["dice"]])

_JSON_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "no line end": lambda content: content[:-1],
    "two line ends": lambda content: content + b"\n",
    "leading space": lambda content: b" " + content,
    "space after colon": lambda content: content.replace(b":", b": ", 1),
    "trailing comma": lambda content: content.replace(b"}\n", b",}\n"),
    "NUL at the end": lambda content: content + b"\0",
    "key twice": lambda content: content.replace(b'"public_value":', b'"public_value":null,"public_value":'),
    "pair twice": lambda content: re.sub(rb'"public_value":"[^"]*"', rb"\g<0>,\g<0>", content),
    "inner pair twice": lambda content: re.sub(rb'"(take|w1)":("\w+"|1)', rb"\g<0>,\g<0>", content),
    "escaped key": lambda content: content.replace(b'"public_value"', b'"\\u0070ublic_value"'),
    "unsorted keys": lambda content: _compact(dict(reversed(json.loads(content).items()))),
    "one key more": lambda content: canonical({**json.loads(content), "zzz": None}),
    "__proto__ as a key": lambda content: canonical({**json.loads(content), "__proto__": {}}),
    "one key less": lambda content: canonical(dict(list(json.loads(content).items())[1:])),
    "half": lambda content: content[: len(content) // 2],
    "nothing": lambda content: b"",
    "null": lambda content: b"null\n",
    "list": lambda content: b"[" + content[:-1] + b"]\n",
    "deep nesting": lambda content: b"[" * 200_000 + b"]" * 200_000 + b"\n",
    "deep objects": lambda content: b'{"a":' * 100_000 + b"0" + b"}" * 100_000 + b"\n",
    "open brackets": lambda content: b"[" * 500_000,
    "stray byte": lambda content: content.replace(b'"', b'"\xff', 1),
    "encoded surrogate": lambda content: content.replace(b'"', b'"\xed\xa0\x80', 1),
    "overlong slash": lambda content: content.replace(b'"', b'"\xc0\xaf', 1),
    "beyond Unicode": lambda content: content.replace(b'"', b'"\xf4\x90\x80\x80', 1),
}

_TABLE_FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "CR": lambda content: content[:-1].replace(b"\n", b"\r") + b"\n",
    "no line end": lambda content: content[:-1],
    "blank line first": lambda content: b"\n" + content,
    "blank line last": lambda content: content + b"\n",
    "blank lines only": lambda content: b"\n\n",
    "swapped lines": lambda content: b"".join(reversed(content.splitlines(keepends=True))),
    "line twice": lambda content: content + content.splitlines(keepends=True)[-1],
    "column more": lambda content: content.replace(b"\n", b"\t\n"),
    "column less": lambda content: b"".join(line.rsplit(b"\t", 1)[0] + b"\n" for line in content.splitlines()),
    "spaces for tabs": lambda content: content.replace(b"\t", b" "),
    "tab first": lambda content: b"\t" + content,
    "stray byte": lambda content: content.replace(b"\n", b"\xff\n"),
    "encoded surrogate": lambda content: content.replace(b"\n", b"\xed\xa0\x80\n"),
}


def base() -> Parts:
    """Small and sound; the cases below change it."""
    inputs = {"rules.json": canonical(_RULES)}
    for name, text in _TABLES.items():
        inputs = with_table(inputs, name, text.encode())
    return Parts(inputs, _REVEALS, "0af")


def hostile_bundles() -> Iterator[tuple[str, Sealed]]:
    """A name that says the fault, and the bundle; its result is that of the sound bundle."""
    result = sealed(base()).files["result.tsv"]
    for name, inputs in _hostile_inputs():
        yield name, sealed(base()._replace(inputs=inputs), result)
    for name, ceremony in _hostile_ceremonies():
        sound = sealed(base())
        yield name, sound._replace(files={**sound.files, "ceremony.json": ceremony})


def edges() -> Iterator[tuple[str, Sealed]]:
    """What lies just inside the limits and must be accepted."""
    for place, raw in (("strata.all.reserve", "999999"), ("assignment.slack", "999999"), ("strata.9.take", "999999")):
        yield f"{place} {raw}", _sealed_rules(with_raw(_rules(), place, raw))
    for code in ("--", ".", "_", "T01", "T00a", "t001", "system", "team", "9" * 64, "__proto__", "toString"):
        yield f"stratum {code}", _sealed_rules(canonical(_with_stratum(code)))
    for text in ("", '"\\/', "𠮷\U0010ffff", "\u00a0\u3000\ue000\ufffd\u0378"):
        yield f"title {text!r}", _sealed_rules(canonical({**_rules(), "title": text}))
    for (table, column), cell in (
        *((place, "z" * 64) for place in _CODE_COLUMNS[3:6]), (("roster.tsv", 0), "T12"), (("frame.tsv", 2), "T001"),
        *((place, cell) for place in _LIST_COLUMNS for cell in ("b,a", "--", ",".join("abcdefgh"))),
        (("roster.tsv", 4), "999999"), (("roster.tsv", 5), "999999"), (("roster.tsv", 5), "0"),
    ):  # fmt: skip
        content = _with_cell(table, -1, column, cell)
        yield f"{table} {column} {cell}", sealed(base()._replace(inputs=with_table(base().inputs, table, content)))


def with_raw(value: dict[str, object], place: str, raw: str) -> bytes:
    """Canonical JSON of the value but for one place (keys joined by dots), where stands the raw text."""
    changed = json.loads(json.dumps(value))
    at = changed
    *path, last = place.split(".")
    for key in path:
        at = at.setdefault(key, {"take": 0, "reserve": 0})
    at[last] = "@@"
    return canonical(changed).replace(b'"@@"', raw.encode())


def _compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def _rules() -> dict[str, object]:
    rules: dict[str, object] = json.loads(base().inputs["rules.json"])
    return rules


def _sealed_rules(content: bytes) -> Sealed:
    return sealed(base()._replace(inputs={**base().inputs, "rules.json": content}))


def _with_stratum(code: str) -> dict[str, object]:
    return {**_rules(), "strata": {"all": {"take": 1, "reserve": 1}, code: {"take": 0, "reserve": 0}}}


def _hostile_inputs() -> Iterator[tuple[str, dict[str, bytes]]]:
    for table, content in _hostile_tables():
        yield table, with_table(base().inputs, table.split(" ")[0], content)
    for name, content in _hostile_rules():
        yield name, {**base().inputs, "rules.json": content}


def _with_cell(table: str, line: int, column: int, cell: str) -> bytes:
    lines = [row.split("\t") for row in _TABLES[table].splitlines()]
    lines[line][column] = cell
    return "".join("\t".join(row) + "\n" for row in lines).encode(errors="surrogatepass")


def _hostile_tables() -> Iterator[tuple[str, bytes]]:
    for table, text in _TABLES.items():
        for fault, change in _TABLE_FAULTS.items():
            yield f"{table} {fault}", change(text.encode())
    for table, column in (*_CODE_COLUMNS, *_LIST_COLUMNS):
        cell = _TABLES[table].splitlines()[-1].split("\t")[column]
        # An object or inspector stays where the order wants it; the cell only grows.
        for piece in (*_FOREIGN, *_NOT_LISTS):
            if (table, column) in _CODE_COLUMNS or piece not in ("x" * 63,):
                yield f"{table} {column} {cell}{piece}"[:60], _with_cell(table, -1, column, cell + piece)
    for table, column in _NUMBER_COLUMNS:
        for cell in (*_NOT_NUMBERS, *("0" if column == 4 else ())):
            yield f"{table} {column} {cell}", _with_cell(table, -1, column, cell)
    yield from _hostile_names()


def _hostile_names() -> Iterator[tuple[str, bytes]]:
    for table, column in (("frame.tsv", 0), ("excluded.tsv", 0), ("roster.tsv", 0)):
        for cell in ("-", ""):
            yield f"{table} {column} {cell}", _with_cell(table, 0, column, cell)
        for cell in ("T001", "T1000", "T" + "0" * 63):
            row = [cell, *_TABLES[table].splitlines()[-1].split("\t")[1:]]
            lines = sorted([*_TABLES[table].splitlines(), "\t".join(row)])
            yield f"{table} named {cell}", "".join(f"{line}\n" for line in lines).encode()
    yield "roster.tsv role team", (_TABLES["roster.tsv"] + "P4\tteam\t*\t-\t1\t0\n").encode()
    yield "roster.tsv areas -", (_TABLES["roster.tsv"] + "P4\tmarket\t-\t-\t1\t0\n").encode()
    yield "excluded.tsv also in the frame", b"A3\tclosed\n" + _TABLES["excluded.tsv"].encode()
    yield "barred.tsv unknown object", b"A0\tP2\n" + _TABLES["barred.tsv"].encode()
    yield "barred.tsv unknown inspector", b"A2\tP0\n" + _TABLES["barred.tsv"].encode()


def _hostile_rules() -> Iterator[tuple[str, bytes]]:
    rules = _rules()
    for fault, change in _JSON_FAULTS.items():
        yield f"rules.json {fault}", change(canonical(rules))
    numbers = ("strata.all.take", "strata.all.reserve", "strata.empty.take", "strata.empty.reserve", "frame.rows")
    for place in (*numbers, "assignment.slack", "assignment.teams", "assignment.roles.market", "assignment.roles.x"):
        for raw in (*_RAW_NUMBERS, *(("0",) if "roles" in place or "teams" in place else ())):
            yield f"rules.json {place} {raw[:20]}.{len(raw)}", with_raw(rules, place, raw)
    for place in ("draw", "title", "public_value", "protocol", "hash", "frame.sha256"):
        for raw in (*_RAW_TEXTS, *(_compact(f"抽{unseen}").decode()[:-1] for unseen in _UNSEEN)):
            yield f"rules.json {place} {raw[:20]!r}", with_raw(rules, place, raw)
    for code in _NOT_CODES:
        yield f"rules.json stratum {code!r}", canonical(_with_stratum(code))
    for code in (*_NOT_CODES, "team"):
        mode = {"mode": "object", "roles": {code: 1}, "slack": 0}
        yield f"rules.json role {code!r}", canonical({**rules, "assignment": mode})
    yield from _hostile_shapes(rules)


def _hostile_shapes(rules: dict[str, object]) -> Iterator[tuple[str, bytes]]:
    team = {"mode": "team", "teams": 1, "roles": {"market": 1}, "slack": 0}
    shapes = {
        "parties": (*_PARTIES[1:], _PARTIES[0]), "physical": _PHYSICAL, "strata": ({}, [], None, "all", {"all": None}),
        "frame": ({}, [], None, {"rows": 3}), "protocol": ("fairdraw/2", "fairdraw/1 "), "hash": ("SHA256", "md5"),
        "assignment": (
            {}, [], "team", 1, {**team, "mode": "object"}, {**team, "mode": "Team"}, {**team, "mode": ["team"]},
            {**team, "teams": 2, "roles": {"market": 2}}, {**team, "teams": 10000}, {**team, "roles": []},
            {**team, "roles": {"nobody": 1}}, {**team, "roles": None}, {**team, "extra": 1},
        ),
    }  # fmt: skip
    for key, values in shapes.items():
        for number, value in enumerate(values):
            yield f"rules.json {key} shape {number}", canonical({**rules, key: value})
    without_chance = {"parties": ["system", "w1", "w2"], "physical": [], "public_value": None}
    yield "rules.json no outside chance", canonical({**rules, **without_chance})


def _hostile_ceremonies() -> Iterator[tuple[str, bytes]]:
    content = sealed(base()).files["ceremony.json"]
    ceremony = json.loads(content)
    for fault, change in _JSON_FAULTS.items():
        yield f"ceremony.json {fault}", change(content)
    secrets = ("reveals.dice", "reveals.system", "reveals.w1", "commitments.w1", "public_value")
    for place in secrets:
        for raw in (*_RAW_TEXTS, *_RAW_SECRETS):
            yield f"ceremony.json {place} {raw[:20]!r}.{len(raw)}", with_raw(ceremony, place, raw)
        short = () if place == "public_value" else ("0" * 19, "0" * 31, "0" * 65)
        for text in (f"{'0' * 64}\n", f"{'0' * 20}\n", "G" * 64, "A" * 64, "٣" * 20, *short):
            raw = _compact(text).decode()[:-1]
            yield f"ceremony.json {place} {text[-3:]!r}.{len(text)}", with_raw(ceremony, place, raw)
    for place in ("reveals.w3", "commitments.dice", "commitments.w3", "reveals.__proto__"):
        yield f"ceremony.json {place}", with_raw(ceremony, place, f'"{"3" * 64}"')
    equal = base()._replace(reveals={**_REVEALS, "w2": _REVEALS["w1"]})
    yield "ceremony.json equal secrets", sealed(equal).files["ceremony.json"]
