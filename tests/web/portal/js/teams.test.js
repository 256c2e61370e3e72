// What the verification page says of a draw whose teams were formed and matched by lot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { details, differences } from "../../../../mingcha/web/portal/static/portal/verify/words.js";

test("the step counts the people in teams and the firms that got one", () => {
  assert.equal(details.staff(8, 5, 0, 0), "抽签编入小组 8 人，为 5 户抽签匹配小组");
  assert.equal(details.staff(8, 0, 1, 0), "派员 8 项；1 处人手不足，未派满");
});

test("another team at a firm is named as a team", () => {
  const [wanted, found] = ["T002", "T003"].map((team) => `assign\t91A\tteam\t1\t${team}`);
  assert.equal(differences.other(wanted, found), "不同：应为91A 由小组 T002 去，结果写的是91A 由小组 T003 去。");
});
