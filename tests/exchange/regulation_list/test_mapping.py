"""An export or an answer becomes rows; everything that is wrong with it is told at once."""

import json
import re
from pathlib import Path

import pytest

from mingcha.exchange.partners.regulation_list import COLUMNS, Reading, mapping, read_export, read_items
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Sheet, workbook_of
from tests.exchange.regulation_list.fake import contract

ROOT = Path(__file__).resolve().parents[3]
HEADING = [
    "序号",
    "机构代码",
    "机构名称",
    "事项编码",
    "事项名称",
    "设定依据",
    "检查方式",
    "检查比例",
    "检查频次",
    "备注",
]
ROW = ["1", "11990000000000001X", "市监局", "XJ0001", "食品检查", "《示范法》第一条", "实地检查", "3%", "每年1次", "略"]


def csv(*rows: list[str], heading: list[str] = HEADING, encoding: str = "utf-8") -> Reading:
    text = "\n".join(",".join(row) for row in (heading, *rows))
    return read_export(text.encode(encoding))


def changed(**cells: str) -> list[str]:
    return [cells.get(heading, cell) for heading, cell in zip(HEADING, ROW, strict=True)]


def faults(reading: Reading) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in reading.faults]


# proves S1-01
def test_an_export_is_read_by_its_headings_in_any_order_and_between_others():
    (row,) = csv(ROW).rows
    assert (row.code, row.title, row.basis, row.method) == ("XJ0001", "食品检查", "《示范法》第一条", "实地检查")
    assert (row.ratio_text, row.frequency_text, row.organisation_code) == ("3%", "每年1次", "11990000000000001X")
    assert (row.position, row.is_random, row.in_use, row.object_kind) == (2, None, True, "")
    order = [9, 3, 8, 1, 0, 2, 7, 6, 5, 4]
    turned = csv([ROW[at] for at in order], heading=[HEADING[at] for at in order])
    assert turned.rows == [row]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_an_export_is_read_in_the_encodings_that_offices_use(encoding):
    assert csv(ROW, encoding=encoding).rows[0].title == "食品检查"


def test_a_workbook_with_lines_above_its_heading_is_read():
    names = [column.name for column in COLUMNS]
    said = contract("page-1.json")["items"][0]
    cells = ["是" if said[name] is True else said[name] for name in names]
    reading = read_export(workbook_of([Sheet("清单", [["检查实施清单", *[""] * 11], names, cells])]))
    assert reading.faults == []
    assert reading.rows[0].is_random is True
    assert (reading.rows[0].position, "第 2 行为表头" in reading.found) == (3, True)


def test_of_two_headings_for_one_thing_the_better_one_counts():
    heading = [*HEADING, "监管方式", "统一社会信用代码"]
    (row,) = csv([*ROW, "信用监管", "91990000000000000X"], heading=heading).rows
    assert (row.method, row.organisation_code) == ("实地检查", "11990000000000001X")


def test_missing_columns_are_all_named_with_the_headings_that_would_do():
    reading = csv(["XJ0001", "食品检查"], heading=["事项编码", "事项名称"])
    assert reading.rows == []
    assert [fault.column for fault in reading.faults] == ["设定依据", "检查方式", "检查比例", "检查频次"]
    assert "“抽查比例”" in reading.faults[2].fix


def test_every_fault_is_told_at_once_with_its_row_and_column():
    reading = csv(
        changed(事项编码="", 事项名称=""),
        changed(事项编码="3.60731E+17"),
        changed(事项编码="编码一"),
        ROW,
        changed(事项名称="又一行"),
        changed(事项编码="XJ0002", 检查比例="长" * 61),
        changed(事项编码="XJ0003", 设定依据="有\x07字"),
        heading=[*HEADING[:9], "备注"],
    )
    assert faults(reading) == [
        (2, "实施编码"),
        (2, "事项名称"),
        (3, "实施编码"),
        (4, "实施编码"),
        (6, "实施编码"),
        (7, "检查比例"),
        (8, "设定依据"),
    ]
    assert "科学计数" in reading.faults[2].reason
    assert "与第 5 行重复" in reading.faults[4].reason
    assert all(fault.fix for fault in reading.faults)


def test_two_organisations_may_use_one_code():
    assert len(csv(ROW, changed(机构代码="119900000000000028")).rows) == 2


def test_words_for_state_and_random_are_read_and_others_are_faults():
    heading = [*HEADING, "事项状态", "是否纳入双随机"]
    codes = [changed(事项编码=f"X{number}") for number in range(5)]
    ends = [["在用", "是"], ["取消", "否"], ["", ""], ["3", "纳入"], ["待定", "也许"]]
    reading = csv(*[code + end for code, end in zip(codes, ends, strict=True)], heading=heading)
    assert [(row.in_use, row.is_random) for row in reading.rows] == [
        (True, True),
        (False, False),
        (True, None),
        (False, True),
    ]
    assert faults(reading) == [(6, "是否纳入双随机"), (6, "事项状态")]


def test_a_percentage_cell_of_a_spreadsheet_is_a_percentage():
    ratios = [changed(事项编码=f"X{n}", 检查比例=text) for n, text in enumerate(["0.05", "0.125", ".3", "1", "5%"])]
    assert [row.ratio_text for row in csv(*ratios).rows] == ["5%", "12.5%", "30%", "1", "5%"]


def test_a_total_at_the_end_is_no_item_and_no_rows_are_no_list():
    assert len(csv(ROW, ["合计", *[""] * 8, "1"]).rows) == 1
    assert faults(csv()) == [(1, "")]


def test_a_thousand_faults_are_counted_and_the_first_are_shown():
    reading = csv(*[changed(事项编码="", 备注=str(number)) for number in range(mapping.SHOWN + 20)])
    assert (reading.fault_count, len(reading.faults)) == (mapping.SHOWN + 20, mapping.SHOWN)


def test_what_is_no_table_is_refused_in_words():
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04rubbish"):
        with pytest.raises(Refused):
            read_export(content)


# proves S1-01
def test_the_items_of_the_contract_are_read():
    reading = read_items([*contract("page-1.json")["items"], *contract("page-2.json")["items"]])
    assert reading.faults == []
    first, second, third = reading.rows
    assert (first.code, first.basic_code, first.is_random) == ("11990000000000001XJ0001", "990100000001", True)
    assert (second.method, second.is_random, second.in_use) == ("实地检查、检验检测", None, True)
    assert third.in_use is False


def test_values_that_break_the_contract_are_all_named():
    reading = read_items(contract("wrong-values.json")["items"])
    assert faults(reading) == [(1, "事项名称"), (2, "check_ratio"), (3, "事项状态"), (4, "实施编码")]


def test_the_contract_says_what_the_code_reads():
    text = (ROOT / "docs" / "contracts" / "regulation-list.md").read_text(encoding="utf-8")
    table = text[text.index("| field |") : text.index("All values are texts")]
    names = {column.name for column in COLUMNS}
    assert names <= set(re.findall(r"`(\w+)`", table))
    example = json.loads(text.split("```json\n")[1].split("```")[0])
    assert example == contract("page-1.json")
    assert set(example["items"][0]) == names
    for setting in ("ADDRESS", "TOKEN", "TIMEOUT"):
        assert f"MINGCHA_REGULATION_LIST_{setting}" in text
