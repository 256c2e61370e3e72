"""The rows of a file that could not be taken, as they stood there, with what is wrong with each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import ImportBatch
from mingcha.domain.registers.queries.remarks import doubts_on
from mingcha.domain.registers.queries.staging import faulty_lines
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Wanted, open_table


def problem_rows(batch: ImportBatch) -> Iterator[list[str]]:
    """A heading and its rows, all of the same width: the line, the columns of the file, last what is wrong in words."""
    wrong = faulty_lines(batch)
    for number, doubts in doubts_on(batch, set(wrong)).items():
        wrong[number] += [_("提醒，%s") % doubt for doubt in doubts]
    place_word, word = _("原行号"), _("问题说明")
    try:
        file = batch.file.open("rb")
    except (FileNotFoundError, ValueError) as gone:
        raise Refused(_("原文件已经不在，不能再下载问题行；重新选择文件导入")) from gone
    with file as source:
        table = open_table(source, headings=(), wanted=Wanted(batch.sheet, batch.heading_row))
        width = len(table.heading.cells)
        # Repaired and loaded once more, the file has both columns already.
        kept = [place for place in range(width) if table.heading.cells[place].strip() not in {place_word, word}]
        yield [place_word, *(table.heading.cells[place] for place in kept), word]
        for line in table.lines:
            if line.number in wrong:
                cells = (*line.cells, *[""] * width)
                yield [str(line.number), *(cells[place] for place in kept), "；".join(wrong[line.number])]
