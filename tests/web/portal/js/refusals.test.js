import assert from "node:assert/strict";
import { test } from "node:test";

import { parseCeremony } from "../../../../mingcha/web/portal/static/portal/verify/ceremony.js";
import {
  checkComputable, checkTogether, parseRules,
} from "../../../../mingcha/web/portal/static/portal/verify/rules.js";
import { parseJson, parseTable, Refusal, TABLES } from "../../../../mingcha/web/portal/static/portal/verify/tables.js";
import { bytesOf, canonical, changedJson, textOf, vector, withTables } from "./bundles.js";

const { files } = vector("team-mode");
const refused = (act, place = /./) =>
  assert.throws(act, (error) => error instanceof Refusal && place.test(error.message));

const hostileTables = {
  "a row out of order": ["excluded", "B\tx\nA\tx\n", /第 2 行/],
  "a repeated row": ["excluded", "A\tx\nA\tx\n", /第 2 行/],
  "one object twice": ["excluded", "A\tx\nA\ty\n", /第 2 行/],
  "a missing last line end": ["excluded", "A\tx", /换行符/],
  "carriage returns": ["excluded", "A\tx\r\n", /第 1 行/],
  "a missing column": ["excluded", "A\n", /2 栏/],
  "a column too many": ["excluded", "A\tx\ty\n", /2 栏/],
  "an empty line": ["excluded", "\nA\tx\n", /第 1 行/],
  "a dash as an object": ["excluded", "-\tx\n", /对象代码/],
  "an object named like a team": ["excluded", "T001\tx\n", /对象代码/],
  "an object of 65 characters": ["excluded", `${"A".repeat(65)}\tx\n`, /对象代码/],
  "a control character": ["excluded", "A\u0000\tx\n", /对象代码/],
  "a byte order mark": ["excluded", "\ufeffA\tx\n", /对象代码/],
  "a full-width letter": ["excluded", "Ａ\tx\n", /对象代码/],
  "a trailing space": ["excluded", "A\tx \n", /排除原因/],
  "an inspector named like a team": ["roster", "T1000\tr\t*\t-\t1\t0\n", /人员代码/],
  "capacity zero": ["roster", "P\tr\t*\t-\t0\t0\n", /可承担件数/],
  "a number with a leading zero": ["roster", "P\tr\t*\t-\t01\t0\n", /可承担件数/],
  "a number of seven digits": ["roster", "P\tr\t*\t-\t1\t1000000\n", /已承担件数/],
  "Arabic-Indic digits": ["roster", "P\tr\t*\t-\t1\t٣\n", /已承担件数/],
  "the role team": ["roster", "P\tteam\t*\t-\t1\t0\n", /角色/],
  "no areas": ["roster", "P\tr\t-\t-\t1\t0\n", /可去区域/],
  "a star inside a list": ["roster", "P\tr\tA1,*\t-\t1\t0\n", /可去区域/],
  "a repeated skill": ["roster", "P\tr\t*\tfood,food\t1\t0\n", /专长/],
  "an empty list item": ["frame", "A\ts\ta\tfood,\n", /所需专长/],
  "a dash inside a list": ["frame", "A\ts\ta\tfood,-\n", /所需专长/],
  "a pair out of order": ["barred", "A\tQ\nA\tP\n", /第 2 行/],
  "a repeated pair": ["barred", "A\tP\nA\tP\n", /第 2 行/],
};

for (const [what, [table, text, place]] of Object.entries(hostileTables)) {
  test(`a table with ${what} is refused, naming the place`, () => {
    refused(() => parseTable(table, bytesOf(text)), place);
  });
}

test("bytes that are not UTF-8 are refused", () => {
  refused(() => parseTable("frame", Uint8Array.of(0xff, 10)), /UTF-8/);
});

test("an empty table is a table without rows", () => assert.equal(parseTable("frame", new Uint8Array(0)).rows, 0));

test("one object may be barred for several inspectors", () => {
  assert.deepEqual(parseTable("barred", bytesOf("A\tP\nA\tQ\n")).inspector, ["P", "Q"]);
});

const hostileJson = {
  "a space": '{"a": 1}\n',
  "unsorted keys": '{"b":1,"a":1}\n',
  "a repeated key": '{"a":1,"a":1}\n',
  "no line end": '{"a":1}',
  "two line ends": '{"a":1}\n\n',
  "a fraction": '{"a":1.0}\n',
  "a negative number": '{"a":-1}\n',
  "a negative zero": '{"a":-0}\n',
  "an exponent": '{"a":1e2}\n',
  "a number beyond exactness": '{"a":9007199254740993}\n',
  "an escaped letter": '{"a":"\\u0062"}\n',
  "an escaped control character": '{"a":"\\u0001"}\n',
  "a tab in a string": '{"a":"\\t"}\n',
  "a zero-width space": '{"a":"x\u200b"}\n',
  "a line separator": '{"a":"x\u2028"}\n',
  "a lone surrogate": '{"a":"\\ud800"}\n',
  "a byte order mark": '\ufeff{"a":1}\n',
  "a thousand brackets": `${"[".repeat(1000)}${"]".repeat(1000)}\n`,
  "half a file": '{"a":',
};

for (const [what, text] of Object.entries(hostileJson)) {
  test(`JSON with ${what} is refused`, () => refused(() => parseJson("rules.json", bytesOf(text))));
}

test("keys that look like numbers sort by bytes, and a key called __proto__ is a key", () => {
  const text = '{"10":1,"9":2,"__proto__":3,"标题":"甲𠮷"}\n';
  assert.deepEqual(Object.entries(parseJson("rules.json", bytesOf(text))).length, 4);
});

const hostileRules = {
  "another protocol": (rules) => { rules.protocol = "fairdraw/2"; },
  "an unknown key": (rules) => { rules.extra = 1; },
  "a missing key": (rules) => { delete rules.title; },
  "true for a number": (rules) => { rules.frame.rows = true; },
  "one witness only": (rules) => { rules.parties = ["dice", "system", "w1"]; },
  "a gap in the witnesses": (rules) => { rules.parties = ["dice", "system", "w1", "w3"]; },
  "no system": (rules) => { rules.parties = ["dice", "w1", "w2"]; },
  "a stranger": (rules) => { rules.parties = ["dice", "system", "w1", "w2", "x"]; },
  "a repeated witness": (rules) => { rules.parties = ["dice", "system", "w1", "w1", "w2"]; },
  "dice that are not physical": (rules) => { rules.physical = []; },
  "a physical system": (rules) => { rules.physical = ["dice", "system"]; },
  "no chance from outside": (rules) => {
    Object.assign(rules, { parties: ["system", "w1", "w2"], physical: [], public_value: null });
  },
  "a stratum with a dash for a name": (rules) => { rules.strata["-"] = { take: 1, reserve: 0 }; },
  "a stratum without reserve": (rules) => { delete rules.strata.general.reserve; },
  "a role named team": (rules) => { rules.assignment.roles.team = 1; },
  "a role nobody is needed for": (rules) => { rules.assignment.roles.fire = 0; },
  "no teams": (rules) => { rules.assignment.teams = 0; },
  "ten thousand teams": (rules) => { rules.assignment.teams = 10000; },
  "an unknown mode": (rules) => { rules.assignment.mode = "pair"; },
  "teams in object mode": (rules) => { rules.assignment.mode = "object"; },
  "a digest in capitals": (rules) => { rules.frame.sha256 = rules.frame.sha256.toUpperCase(); },
};

for (const [what, change] of Object.entries(hostileRules)) {
  test(`rules with ${what} are refused`, () => {
    refused(() => parseRules(changedJson(files, "rules.json", change)["rules.json"]));
  });
}

test("sound rules are read", () => assert.equal(parseRules(files["rules.json"]).assignment.teams, 3));

test("rules that are no object at all are refused", () => {
  for (const value of [null, 1, "x", [], { strata: null }]) refused(() => parseRules(canonical(value)));
});

function together(changed) {
  const read = (table) => parseTable(table, changed[`${table}.tsv`]);
  const rules = parseRules(changed["rules.json"]);
  const state = { rules };
  for (const table of Object.keys(TABLES)) state[table] = read(table);
  checkComputable(state);
  checkTogether(state);
}

const frame = textOf(files["frame.tsv"]);
const contradictions = {
  "an object both in the frame and excluded": [{ excluded: `${frame.split("\t")[0]}\tclosed\n` }],
  "a barred object nobody knows": [{ barred: `NOBODY\tF000\n` }],
  "a barred inspector nobody knows": [{ barred: `${frame.split("\t")[0]}\tNOBODY\n` }],
  "a stratum that the rules do not know": [{}, (rules) => { delete rules.strata.foreign; }],
  "more to take than there are": [{}, (rules) => { rules.strata.foreign.take = 3; }],
  "too few people for the teams": [{}, (rules) => { rules.assignment.teams = 4; }],
};

test("the unchanged files agree with one another", () => together(files));

for (const [what, [tables, change]] of Object.entries(contradictions)) {
  test(`${what} is refused`, () => refused(() => together(withTables(files, tables, change))));
}

const hostileCeremonies = {
  "a commitment for the dice": ({ commitments }) => { commitments.dice = "0".repeat(64); },
  "no opening of a witness": ({ reveals }) => { delete reveals.w2; },
  "nineteen dice": ({ reveals }) => { reveals.dice = "1".repeat(19); },
  "dice in hexadecimal": ({ reveals }) => { reveals.dice = "a".repeat(20); },
  "a short system secret": ({ reveals }) => { reveals.system = "a".repeat(63); },
  "a witness secret of 31 digits": ({ reveals }) => { reveals.w1 = "a".repeat(31); },
  "a witness secret in capitals": ({ reveals }) => { reveals.w1 = reveals.w1.toUpperCase(); },
  "a number for a secret": ({ reveals }) => { reveals.w1 = 12; },
  "no public value though one was announced": (ceremony) => { ceremony.public_value = null; },
  "a public value that is not hexadecimal": (ceremony) => { ceremony.public_value = "x"; },
};

for (const [what, change] of Object.entries(hostileCeremonies)) {
  test(`a ceremony with ${what} is refused`, () => {
    const rules = parseRules(files["rules.json"]);
    refused(() => parseCeremony(changedJson(files, "ceremony.json", change)["ceremony.json"], rules));
  });
}
