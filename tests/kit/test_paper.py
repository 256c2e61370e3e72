"""Papers: the same bytes for the same facts, whatever somebody typed stays what it is, nothing is read or fetched."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
import typst

from mingcha.kit import paper
from mingcha.kit.errors import Refused
from tests.reading import text_of

TEMPLATE = """
#let facts = json(bytes(sys.inputs.facts))
#set text(font: "Noto Serif SC", fallback: false)
#facts.name
"""


@pytest.fixture
def template(tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    path = folder / "sheet.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_the_same_facts_and_date_give_the_same_bytes(template, noon):
    first, second = (paper.typeset(template, {"name": "示范企业"}, at=noon) for _copy in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")


def test_another_date_and_another_name_give_other_bytes(template, noon):
    first = paper.typeset(template, {"name": "示范企业"}, at=noon)
    assert paper.typeset(template, {"name": "示范企业"}, at=noon + timedelta(seconds=1)) != first
    assert paper.typeset(template, {"name": "示范企业甲"}, at=noon) != first


@pytest.mark.parametrize(
    "name",
    [
        '#import"x.typ":*',
        '#panic("x")',
        "$x^2$",
        "@someone<label>",
        r"\\u{4e2d}\*",
        "*粗*_斜_`码`",
        "=标题",
        "//注释/*内*/",
        "--...---",
        "]}[{#",
        '"引""号\'',
        "𬱖䶮㛃·龘靐〇",
        "阿卜杜拉·买买提",
        "甲" * 600,
        "${jndi}%s{{x}}<b>",
    ],
)
def test_what_somebody_typed_stands_there_letter_by_letter(template, noon, name):
    assert text_of(paper.typeset(template, {"name": name}, at=noon)) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("甲\U00030edd乙", "甲〔U+30EDD〕乙"),
        ("甲\u202e乙", "甲〔U+202E〕乙"),
        ("甲\ud800", "甲〔U+D800〕"),
        ("甲\U000e0041", "甲〔U+E0041〕"),
    ],
)
def test_what_no_font_can_draw_or_nobody_can_see_is_named_by_its_number(template, noon, name, shown):
    assert text_of(paper.typeset(template, {"name": name}, at=noon)) == shown


def test_a_template_reads_nothing_outside_its_folder(template, noon, tmp_path):
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    for path in ("../secret.txt", str(tmp_path / "secret.txt")):
        template.write_text(f'#read("{path}")', encoding="utf-8")
        with pytest.raises(typst.TypstError):
            paper.typeset(template, {}, at=noon)


def test_a_template_fetches_no_package(template, noon):
    template.write_text('#import "@preview/cetz:0.3.4"', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        paper.typeset(template, {}, at=noon)


def test_the_machines_own_fonts_are_not_used(template, noon):
    template.write_text('#set text(font: ("Liberation Sans", "Arial", "Noto Serif SC"))\nabc 示范', encoding="utf-8")
    page = pypdf.PdfReader(BytesIO(paper.typeset(template, {}, at=noon))).pages[0]
    fonts = [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]
    assert [name for name in fonts if "NotoSerifSC" not in name] == []


def test_without_its_fonts_a_paper_is_refused_in_words(template, noon, tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "FONTS", tmp_path)
    with pytest.raises(Refused, match=r"缺少打印字体 NotoSerifSC-Regular\.ttf、NotoSerifSC-Bold\.ttf.*make setup"):
        paper.typeset(template, {"name": "示范企业"}, at=noon)


def test_a_large_paper_is_set_in_another_process_and_says_the_same(template, noon, monkeypatch):
    small = text_of(paper.typeset(template, {"name": "#示范$𬱖"}, at=noon))
    monkeypatch.setattr(paper, "LARGE", 5)
    monkeypatch.setattr(paper, "_press", None)
    first, second = (paper.typeset(template, {"name": "#示范$𬱖"}, at=noon) for _copy in range(2))
    assert text_of(first) == small
    assert first == second
