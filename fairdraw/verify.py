"""Repeat a draw from its bundle and say every difference in words (section 6)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from fairdraw.bundle import RECORD_FILE, SIGNATURES_FILE, Bundle
from fairdraw.ceremony import CEREMONY_FILE, Ceremony, broken, freeze_digest, read_ceremony, seed_of
from fairdraw.differences import differences_between
from fairdraw.errors import Refused
from fairdraw.forecast import SMALL_STRATUM
from fairdraw.frame import Inputs, check_files
from fairdraw.notation import DIGEST, digest_of
from fairdraw.result import RESULT_FILE, Outcome, draw, lines_of
from fairdraw.signatures import OUTCOMES, read_signatures
from fairdraw.spoken import spoken
from fairdraw.tickets import key_of

NOT_COMPARED = "NOT COMPARED WITH A PUBLISHED VALUE"


@dataclass
class Report:
    """One line a check, every difference in words; `refused` is the sentence when the input cannot be read."""

    lines: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def exit_code(self) -> int:
        """0 no difference, 1 a difference or a broken commitment, 2 the input cannot be read."""
        if self.refused:
            return 2
        return 1 if self.differences else 0

    def good(self, sentence: str) -> None:
        self.lines.append(f"[一致] {sentence}")

    def note(self, sentence: str) -> None:
        self.lines.append(f"[说明] {sentence}")

    def differs(self, sentence: str) -> None:
        self.lines.append(f"[不符] {sentence}")
        self.differences.append(sentence)


def verify(
    bundle: Bundle,
    rules_digest: str | None = None,
    freeze: str | None = None,
    *,
    read: Callable[[Mapping[str, bytes]], Inputs] = check_files,
) -> Report:
    """Repeat everything; `rules_digest` and `freeze` are the values published before the dice, 64 hex characters.

    `read` is for an engine that reads the input files faster; what it returns must give the same draw.
    """
    report = Report()
    try:
        published = _published(rules_digest), _published(freeze)
        for name in (CEREMONY_FILE, RESULT_FILE):
            if name not in bundle.files:
                raise Refused(f"缺少文件 {name}。")
        _verify(bundle, read(bundle.files), report, *published)
    except Refused as refusal:
        report.refused = str(refusal)
    return report


def _published(digest: str | None) -> str | None:
    if digest is None:
        return None
    plain = re.sub(r"\s", "", digest).lower()
    if DIGEST.fullmatch(plain) is None:
        raise Refused("公布的摘要应为 64 位十六进制。")
    return plain


def _verify(bundle: Bundle, inputs: Inputs, report: Report, rules_digest: str | None, freeze: str | None) -> None:
    ceremony = read_ceremony(bundle.files[CEREMONY_FILE], inputs.rules)
    _say_files(inputs, report)
    _compare_published(inputs, ceremony, report, rules_digest, freeze)
    _check_commitments(inputs, ceremony, report)
    outcome = _check_result(bundle.files[RESULT_FILE], inputs, ceremony, report)
    _say_places(outcome, report)
    report.lines.extend(_shares(inputs))
    _check_signatures(bundle.files, inputs, report)
    report.note(f"抽取记录 {RECORD_FILE}：{'在包中' if bundle.has_record else '不在包中'}。")
    if bundle.extra:
        report.note(f"包中另有 {len(bundle.extra)} 个未核验的文件：{'、'.join(bundle.extra)}。")


def _say_files(inputs: Inputs, report: Report) -> None:
    report.note(f"抽取编号 {inputs.rules.draw}，标题：{inputs.rules.title}。")
    for name, note in inputs.rules.files.items():
        report.good(f"{name}.tsv：{note.rows} 行，SHA-256 {note.sha256}，与规则文件所写相同。")
    for code in inputs.absent_strata:
        report.note(f"层 {code}：规则中有，名单中没有任何检查对象，该层不抽。")


def _compare_published(
    inputs: Inputs, ceremony: Ceremony, report: Report, rules_digest: str | None, freeze: str | None
) -> None:
    ours = freeze_digest(inputs.rules.draw, inputs.rules_digest, ceremony.commitments)
    for name, value, published in (
        ("规则摘要 rules_digest", inputs.rules_digest, rules_digest),
        ("冻结摘要 freeze", ours, freeze),
    ):
        if published is None:
            report.lines.append(f"[未比] {name}：{value}。{NOT_COMPARED}：没有与公布值比对，须与抽取前公布的值核对。")
        elif published == value:
            report.good(f"{name}：{value}，与公布值相同。")
        else:
            report.differs(f"{name}：包中算得 {value}，公布值是 {published}。")
        report.lines.append(f"[口令] {name}：{' '.join(spoken(value))}。供当场听读对照，以完整摘要为准。")


def _check_commitments(inputs: Inputs, ceremony: Ceremony, report: Report) -> None:
    failing = broken(ceremony, inputs.rules, inputs.rules_digest)
    for party in inputs.rules.committing:
        if party in failing:
            report.differs(f"{party} 开封的随机数与其封存值不符。")
        else:
            report.good(f"{party} 开封的随机数与其封存值相符。")
    for party in inputs.rules.physical:
        report.note(f"{party} 掷得 {ceremony.reveals[party]}。")
    if ceremony.public_value is not None:
        report.note(f"公共随机数 {ceremony.public_value}（{inputs.rules.public_value}），须与其公布来源核对。")


def _check_result(content: bytes, inputs: Inputs, ceremony: Ceremony, report: Report) -> Outcome:
    seed = seed_of(inputs.rules.draw, inputs.rules_digest, ceremony.reveals, ceremony.public_value)
    key = key_of(seed)
    report.note(f"种子 {seed}，钥匙 {key}。")
    outcome = draw(inputs, key)
    expected = "".join(lines_of(outcome)).encode()
    if content == expected:
        rows = expected.count(b"\n")
        report.good(f"{RESULT_FILE}：重算 {rows} 行，逐字节相同。")
        return outcome
    report.differs(f"{RESULT_FILE}：与重算结果不同。")
    for difference in differences_between(expected, content):
        report.differs(difference)
    return outcome


def _say_places(outcome: Outcome, report: Report) -> None:
    drawn = sum(map(len, outcome.drawn.values()))
    reserves = sum(map(len, outcome.reserves.values()))
    report.note(f"抽中 {drawn} 个检查对象，备选 {reserves} 个，派出 {len(outcome.assignments)} 个位置。")
    for role, lottery in outcome.lotteries.items():
        report.note(f"{role}：最均衡的最大承担数 L = {lottery.level}。")
    for name in outcome.unstaffed:
        report.note(f"{name}：合适的人数不足，未派人。")
    for role in outcome.lifted:
        report.note(f"{role}：承担上限合计不够，本次全部放开。")


def _shares(inputs: Inputs) -> Iterator[str]:
    """take ÷ size of each stratum, with what leaves nothing to chance flagged."""
    for stratum, size in inputs.strata_sizes.items():
        take = inputs.rules.strata[stratum].take
        flags = []
        if take == 0:
            flags.append("抽取比例为 0%，无人会被抽中")
        if take == size:
            flags.append("抽取比例为 100%，全部抽中，不是随机")
        if size < SMALL_STRATUM:
            flags.append(f"该层少于 {SMALL_STRATUM} 个检查对象")
        mark = f"（注意：{'；'.join(flags)}）" if flags else ""
        yield f"[比例] 层 {stratum}：{take} ÷ {size} = {100 * take / size:.2f}%{mark}"


def _check_signatures(files: Mapping[str, bytes], inputs: Inputs, report: Report) -> None:
    if SIGNATURES_FILE not in files:
        report.note(f"签字记录 {SIGNATURES_FILE}：不在包中。")
        return
    signatures = read_signatures(files[SIGNATURES_FILE])
    for name, signed, real in (
        ("规则摘要", signatures.rules_digest, inputs.rules_digest),
        (f"{RESULT_FILE} 的摘要", signatures.result_sha256, digest_of(files[RESULT_FILE])),
    ):
        if signed == real:
            report.good(f"签字所签的{name}与包中相同。")
        else:
            report.differs(f"签字所签的{name}是 {signed}，包中是 {real}。")
    for row in signatures.rows:
        words = f"，意见：{row.text}" if row.text else ""
        report.note(f"{row.seat} {row.name}（{row.capacity}）{OUTCOMES[row.outcome]}，{row.at}{words}。")
