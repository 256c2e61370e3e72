"""stacking.js: which tables become cards on a phone, and what their cells say."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
SCRIPT = REPOSITORY / "mingcha/web/shared/static/shared/stacking.js"
# A table as the browser offers it, from headings and rows of texts; "2:甲" is a cell over two columns.
DRIVER = """
const cell = (text) => {
  const [span, said] = text.includes(":") ? text.split(":") : [1, text];
  return { textContent: ` ${said} `, colSpan: Number(span), rowSpan: 1, dataset: {} };
};
const line = (texts) => ({ cells: texts.map(cell) });
const [headings, rows] = JSON.parse(process.argv[2]);
const classes = [];
const table = {
  tHead: headings && { rows: headings.map(line) },
  tBodies: [{ rows: rows.map(line) }],
  classList: { add: (name) => classes.push(name) },
};
globalThis.document = { querySelectorAll: () => [table] };
await import(process.argv[1]);
const labels = table.tBodies[0].rows.map((row) => row.cells.map((one) => one.dataset.label ?? ""));
console.log(JSON.stringify([classes, labels]));
"""


def stacked(headings: list[list[str]] | None, rows: list[list[str]]) -> object:
    node = shutil.which("node")
    assert node, "node is missing: install Node 20 or later"
    table = json.dumps([headings, rows], ensure_ascii=False)
    done = subprocess.run(
        [node, "--input-type=module", "-e", DRIVER, SCRIPT.as_uri(), table],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return json.loads(done.stdout)


def test_each_cell_of_a_plain_table_says_its_heading():
    assert stacked([["名称", "户数"]], [["餐饮", "3"], ["涉外", "5"]]) == [["stacks"], [["名称", "户数"]] * 2]


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (None, [["餐饮", "3"]]),
        ([["名称", "户数"], ["", "今年"]], [["餐饮", "3"]]),
        ([["名称", "户数"]], [["2:还没有"]]),
        ([["2:名称"]], [["餐饮"]]),
        ([["名称", "户数"]], [["餐饮", "3"], ["合计"]]),
    ],
    ids=["no headings", "two lines of headings", "a cell over both columns", "a heading over both", "a short row"],
)
def test_a_table_whose_rows_are_no_records_stays_a_table(headings, rows):
    classes, labels = stacked(headings, rows)
    assert classes == []
    assert not any(label for row in labels for label in row)
