"""A whole verification in which an engine reads the large tables and finds the rows that can be drawn.

The report is the reference's, word for word, in a fraction of its time and memory. An auditor who trusts no engine
runs `fairdraw.pyz` instead.
"""

from fairdraw.bundle import RECORD_FILE, Bundle
from fairdraw.ceremony import CEREMONY_FILE, read_ceremony
from fairdraw.engines.narrowing import inputs_of
from fairdraw.errors import Refused
from fairdraw.result import RESULT_FILE

# The parts of the reference's verification, so that both reports always say the same.
from fairdraw.verify import (
    Report,
    _check_commitments,
    _check_result,
    _check_signatures,
    _compare_published,
    _published,
    _say_files,
    _say_places,
    _shares,
)


def verify(
    bundle: Bundle, rules_digest: str | None = None, freeze: str | None = None, *, engine: str = "duckdb"
) -> Report:
    """Repeat everything; `rules_digest` and `freeze` are the values published before the dice, 64 hex characters."""
    report = Report()
    try:
        _verify(bundle, report, _published(rules_digest), _published(freeze), engine)
    except Refused as refusal:
        report.refused = str(refusal)
    return report


def _verify(bundle: Bundle, report: Report, rules_digest: str | None, freeze: str | None, engine: str) -> None:
    for name in (CEREMONY_FILE, RESULT_FILE):
        if name not in bundle.files:
            raise Refused(f"缺少文件 {name}。")
    inputs = inputs_of(bundle.files, engine)
    ceremony = read_ceremony(bundle.files[CEREMONY_FILE], inputs.rules)
    _say_files(inputs, report)
    _compare_published(inputs, ceremony, report, rules_digest, freeze)
    _check_commitments(inputs, ceremony, report)
    _say_places(_check_result(bundle.files[RESULT_FILE], inputs, ceremony, report), report)
    report.lines.extend(_shares(inputs))
    _check_signatures(bundle.files, inputs, report)
    report.note(f"抽取记录 {RECORD_FILE}：{'在包中' if bundle.has_record else '不在包中'}。")
    if bundle.extra:
        report.note(f"包中另有 {len(bundle.extra)} 个未核验的文件：{'、'.join(bundle.extra)}。")
