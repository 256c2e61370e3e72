"""《备案表》 as a Word file: the same facts as the PDF (form.typ), for offices that complete it before sealing."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any, cast

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries.form import facts_of

FONT = "宋体"
NUMERALS = "三四五六七八九十"
MARGIN, PAGE = Cm(2), (Cm(21), Cm(29.7))
A_BLANK = "　　　　"
# What XML cannot hold, and the breaks that a text pasted from a word processor has.
FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SOFT_BREAK = re.compile(r"[\x0b\x0c\u2028\u2029]")
# What the properties of a Word file hold.
LONGEST_PROPERTY = 255


def word_form_of(filing: Filing) -> bytes:
    """The paper as DOCX; the seal and the pen find the same places as on the PDF."""
    facts = cast(dict[str, Any], _writable(facts_of(filing)))
    paper = _blank(filing, facts)
    _line(paper, _("备　案　表"), size=22, bold=True, centred=True)
    _line(paper, facts["title"], size=12, centred=True)
    _chapter(paper, _("一、报备与接收"))
    _grid(paper, facts["head"])
    _chapter(paper, _("二、依据"))
    _line(paper, _rule_words(facts["rule"]))
    for number, sheet in enumerate(facts["sheets"]):
        _chapter(paper, f"{NUMERALS[min(number, len(NUMERALS) - 1)]}、{sheet['title']}")
        _sheet(paper, sheet)
    paper.add_paragraph()
    _seals(paper, facts)
    _line(paper, _("内容摘要 SHA-256 %s") % facts["digest"], size=8)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _writable(fact: object) -> object:
    """The same facts in characters that a Word file can hold: a soft break is a line break, nothing else is kept."""
    if isinstance(fact, str):
        return FORBIDDEN.sub("", SOFT_BREAK.sub("\n", fact))
    if isinstance(fact, Mapping):
        return {name: _writable(part) for name, part in fact.items()}
    return [_writable(part) for part in fact] if isinstance(fact, list | tuple) else fact


def _blank(filing: Filing, facts: Mapping[str, Any]) -> DocumentFile:
    """A4 with the usual margins, one font for Chinese and Latin, dated by the filing and not by the clock."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    usual = paper.styles["Normal"]
    usual.font.name, usual.font.size = FONT, Pt(11)
    usual.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    said = paper.core_properties
    said.title, said.author = facts["title"][:LONGEST_PROPERTY], facts["department"][:LONGEST_PROPERTY]
    said.comments = ""
    said.created = said.modified = filing.prepared_at.astimezone(UTC).replace(tzinfo=None)
    return paper


def _line(paper: DocumentFile, words: str, *, size: float = 11, bold: bool = False, centred: bool = False) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _chapter(paper: DocumentFile, words: str) -> None:
    _line(paper, words, size=13, bold=True)
    paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _rule_words(rule: Mapping[str, str]) -> str:
    if not rule["place"]:
        return _("本地规则没有规定期限，因内容变动报备。")
    return f"{rule['place']}：“{rule['words']}”"


def _sheet(paper: DocumentFile, sheet: Mapping[str, Any]) -> None:
    """A table; where it is too wide for a sheet of paper, a paragraph a row."""
    if sheet["wide"]:
        for row in sheet["rows"]:
            said = [f"{label}：{words}" for label, words in zip(sheet["header"], row, strict=True) if words != "—"]
            _line(paper, _("；").join(said), size=9)
    else:
        _grid(paper, [sheet["header"], *sheet["rows"]], size=9, headed=True)


def _grid(paper: DocumentFile, rows: Iterable[Sequence[str]], *, size: float = 11, headed: bool = False) -> Table:
    """A ruled table; the first row, or without a heading the first column, is bold."""
    filled = list(rows)
    table = paper.add_table(rows=0, cols=len(filled[0]), style="Table Grid")
    for number, row in enumerate(filled):
        for position, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(words)
            run.font.size = Pt(size)
            run.bold = number == 0 if headed else position == 0
    return table


def _seals(paper: DocumentFile, facts: Mapping[str, Any]) -> None:
    """Room for both seals, and for what the receiving body writes."""
    answer, day = facts["answer"], _("%(blank)s年　　月　　日") % {"blank": A_BLANK}
    ours = [_("报备部门（盖章）"), "", "", "", facts["department"], _("负责人：　　　　　　经办人："), day]
    received = _("接收时间：%s") % answer["on"] if answer["on"] else day
    number = _("备案号：%s") % (answer["number"] or A_BLANK)
    theirs = [_("接收机构（盖章）"), "", "", "", facts["recipient"], number, received]
    cells = paper.add_table(rows=1, cols=2, style="Table Grid").rows[0].cells
    for cell, lines in zip(cells, (ours, theirs), strict=True):
        cell.paragraphs[0].add_run(lines[0]).bold = True
        for words in lines[1:]:
            cell.add_paragraph(words)
