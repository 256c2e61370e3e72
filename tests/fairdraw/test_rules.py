"""Section 2: `rules.json` holds exactly what the protocol names, in exactly one way of writing it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from fairdraw import ObjectMode, Refused, Stratum, TeamMode
from fairdraw.notation import canonical
from fairdraw.rules import read_rules
from tests.fairdraw.worlds import input_files, plain_world

RULES = input_files(plain_world())["rules.json"]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(RULES)
    change(value)
    return canonical(value)


def test_rules_are_read_as_they_were_written() -> None:
    rules = read_rules(RULES)
    assert rules.parties == ("dice", "system", "w1", "w2")
    assert rules.physical == ("dice",)
    assert rules.committing == ("system", "w1", "w2")
    assert rules.strata == {"general": Stratum(3, 2)}
    assert rules.assignment == ObjectMode({"market": 2}, 1)
    assert rules.files["frame"].rows == 12


def test_ten_witnesses_sort_as_text() -> None:
    parties = sorted(["system", *(f"w{number}" for number in range(1, 12))])
    content = changed(lambda rules: rules.update(parties=parties, physical=[], public_value="某期开奖号码"))
    assert read_rules(content).parties[1:4] == ("w1", "w10", "w11")


def test_team_mode_is_read_with_its_teams() -> None:
    team = {"mode": "team", "teams": 9999, "roles": {"fire": 1}, "slack": 0}
    assert read_rules(changed(lambda rules: rules.update(assignment=team))).assignment == TeamMode(9999, {"fire": 1}, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r.pop("title"), "恰好含有"),
        (lambda r: r.update(extra=1), "恰好含有"),
        (lambda r: r.update(protocol="fairdraw/2"), "protocol"),
        (lambda r: r.update(hash="md5"), "hash"),
        (lambda r: r.update(title="a\u202eb"), "title：含有控制字符"),
        (lambda r: r.update(draw=7), "draw：应为一段文字"),
        (lambda r: r.update(public_value=5), "public_value"),
        (lambda r: r.update(parties="system"), "parties"),
        (lambda r: r.update(parties=["system", "w1"], physical=[], public_value="x"), "至少两名见证人"),
        (lambda r: r.update(parties=["dice", "w1", "w2"]), "parties"),
        (lambda r: r.update(parties=["dice", "system", "w1", "w3"]), "parties"),
        (lambda r: r.update(parties=["dice", "system", "w1", "w1"]), "parties"),
        (lambda r: r.update(parties=["system", "dice", "w1", "w2"]), "parties"),
        (lambda r: r.update(parties=["dice", "mayor", "system", "w1", "w2"]), "parties"),
        (lambda r: r.update(parties=["dice", "system", "w1", 2]), "parties"),
        (lambda r: r.update(parties=["system", "w1", "w2"], physical=[]), "既没有骰子"),
        (lambda r: r.update(physical=[]), "physical"),
        (lambda r: r.update(physical=["dice", "w1"]), "physical"),
        (lambda r: r["frame"].update(rows=10**9), "rows：应为 0 至 20000000"),
        (lambda r: r["frame"].update(rows=True), "rows"),
        (lambda r: [r[name].update(rows=6_000_000) for name in ("frame", "excluded", "roster", "barred")], "合计超过"),
        (lambda r: r["frame"].update(sha256="A" * 64), "sha256"),
        (lambda r: r["frame"].update(sha512=""), "恰好含有"),
        (lambda r: r.update(strata=[]), "strata"),
        (lambda r: r["strata"].update({"a b": {"take": 1, "reserve": 1}}), "strata 的键"),
        (lambda r: r["strata"]["general"].update(take=True), "take"),
        (lambda r: r["strata"]["general"].update(take=1_000_000), "take"),
        (lambda r: r["strata"]["general"].update(weight=1), "恰好含有"),
        (lambda r: r.update(assignment={}), "mode"),
        (lambda r: r.update(assignment=[]), "assignment"),
        (lambda r: r["assignment"].update(mode=["team"]), "mode"),
        (lambda r: r["assignment"].update(teams=1), "恰好含有"),
        (lambda r: r["assignment"].update(slack=-1), "slack"),
        (lambda r: r["assignment"].update(roles={"market": 0}), "角色 market：应为 1 至"),
        (lambda r: r["assignment"].update(roles={"team": 1}), "不能叫 team"),
        (lambda r: r["assignment"].update(roles=["market"]), "roles"),
        (lambda r: r["assignment"].update(mode="team", teams=0), "teams：应为 1 至 9999"),
        (lambda r: r["assignment"].update(mode="team", teams=10_000), "teams"),
    ],
)
def test_rules_that_do_not_hold_are_refused_with_the_place(change, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        read_rules(changed(change))
    assert "rules.json" in str(refused.value)


def test_a_float_in_the_rules_is_refused() -> None:
    with pytest.raises(Refused, match=r"1\.0"):
        read_rules(RULES.replace(b'"slack":1', b'"slack":1.0'))
