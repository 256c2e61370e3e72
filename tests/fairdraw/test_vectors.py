"""The six worked bundles of the protocol, with every intermediate value they state."""

import json
from pathlib import Path

from fairdraw import (
    Inputs,
    check_files,
    digest_of,
    draw,
    freeze_digest,
    key_of,
    read_ceremony,
    result_of,
    seed_of,
    write_barred,
    write_excluded,
    write_frame,
    write_roster,
    write_rules,
)
from fairdraw.lottery import pair_order
from tests.fairdraw.worlds import vector_files


def opened(vector: Path) -> tuple[dict[str, bytes], Inputs, dict[str, object]]:
    files = vector_files(vector.name)
    return files, check_files(files), json.loads((vector / "expected.json").read_bytes())


def test_every_expected_value_is_reproduced(vector: Path) -> None:
    files, inputs, expected = opened(vector)
    ceremony = read_ceremony(files["ceremony.json"], inputs.rules)
    seed = seed_of(inputs.rules.draw, inputs.rules_digest, ceremony.reveals, ceremony.public_value)
    key = key_of(seed)
    lotteries = draw(inputs, key).lotteries
    named = lotteries if "team" not in lotteries else {"team": lotteries["team"]}
    role = next(iter(named), None)
    order = list(named[role].chosen) if role else []
    # In team mode the pair order is that of teams, which the file leaves out.
    people = [row.inspector for row in inputs.roster if row.role == role]
    pairs = pair_order(key, order[0], [(name.encode(), number) for number, name in enumerate(people)]) if order else []
    assert expected == {
        "rules_digest": inputs.rules_digest,
        "freeze": freeze_digest(inputs.rules.draw, inputs.rules_digest, ceremony.commitments),
        "seed": seed,
        "key": key,
        "L": {name: lottery.level for name, lottery in named.items()},
        "group_order": order,
        "pair_order_of_first_group_all_of_role": [people[number] for _, number in pairs],
        "result_sha256": digest_of(result_of(inputs, files["ceremony.json"])),
    }


def test_the_result_is_the_same_bytes(vector: Path) -> None:
    files, inputs, _ = opened(vector)
    assert result_of(inputs, files["ceremony.json"]) == files["result.tsv"]


def test_the_frozen_files_are_written_as_they_were_read(vector: Path) -> None:
    files, inputs, _ = opened(vector)
    rules = inputs.rules
    assert write_frame(reversed(inputs.frame)) == files["frame.tsv"]
    assert write_excluded(reversed(inputs.excluded)) == files["excluded.tsv"]
    assert write_roster(reversed(inputs.roster)) == files["roster.tsv"]
    assert write_barred(reversed(inputs.barred)) == files["barred.tsv"]
    assert (
        write_rules(
            draw=rules.draw,
            title=rules.title,
            parties=rules.parties[::-1],
            public_value=rules.public_value,
            strata=rules.strata,
            assignment=rules.assignment,
            files=files,
        )
        == files["rules.json"]
    )
