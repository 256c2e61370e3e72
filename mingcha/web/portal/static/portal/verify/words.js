// Every sentence the reader of the verification page sees. Plain words; no sentence accuses anybody.
import { spoken } from "./spoken.js";

export const FILE_NAMES = {
  "frame.tsv": "可抽名录",
  "excluded.tsv": "排除名录",
  "roster.tsv": "执法检查人员名录",
  "barred.tsv": "回避关系",
  "rules.json": "抽取规则",
  "ceremony.json": "随机数来源记录",
  "result.tsv": "抽取结果",
};

const named = (file) => `${FILE_NAMES[file] ?? OTHER_NAMES[file]}（${file}）`;
export const OTHER_NAMES = { "signatures.json": "签字记录", "record.pdf": "随机抽取记录单" };
const lineOf = (file, line) => `${named(file)}第 ${line} 行`;

const COLUMN_NAMES = {
  object: "对象代码", stratum: "分层", area: "区域", needs: "所需专长", reason: "排除原因", inspector: "人员代码",
  role: "角色", areas: "可去区域", skills: "专长", capacity: "可承担件数", prior: "已承担件数",
};

const PARTY_NAMES = { system: "系统", dice: "骰子" };
export const partyName = (party) => PARTY_NAMES[party] ?? `见证人 ${party.slice(1)}`;

export const refusals = {
  notUtf8: (file) => `${named(file)}不是 UTF-8 文本。`,
  tooLong: (file, most) => `${named(file)}超过 ${most} 行，浏览器装不下；可下载全部文件，用离线核验程序核对。`,
  noLastLineEnd: (file) => `${named(file)}的最后一行没有换行符，文件可能没有下载完整。`,
  wrongColumns: (file, line, count) => `${lineOf(file, line)}不是 ${count} 栏。`,
  wrongCell: (file, line, column) => `${lineOf(file, line)}的“${COLUMN_NAMES[column]}”不合格式。`,
  notSorted: (file, line) => `${lineOf(file, line)}与上一行重复，或没有按顺序排列。`,
  notJson: (file) => `${named(file)}不是完整的 JSON 文件。`,
  notCanonical: (file) => `${named(file)}不是规定的唯一写法（键排序、无空格、一个换行）。`,
  unseenCharacter: (file) => `${named(file)}含有看不见的控制字符。`,
  notInteger: (file) => `${named(file)}里有一个数不是非负整数。`,
  wrongKeys: (file, place) => `${named(file)}的“${place}”一处，项目不是规定的那几项。`,
  protocol: () => "抽取规则（rules.json）不是 fairdraw/1 规则，或不是用 SHA-256。",
  parties: () => "抽取规则（rules.json）的参与方不合规定：应为系统、编号连续的至少两名见证人，以及可选的骰子。",
  noOutsideChance: () => "抽取规则（rules.json）既没有骰子，也没有公共随机数。",
  rulesText: () => "抽取规则（rules.json）的编号、标题或公共随机数说明不是文字。",
  stratumRule: (code) => `抽取规则（rules.json）的分层“${code}”写法不合规定。`,
  assignmentNumber: (name) => `抽取规则（rules.json）派员部分的“${name}”不合规定。`,
  stratumMissing: (code) => `分层“${code}”在名录和规则中只出现一处。`,
  takeTooLarge: (code, take, size) => `分层“${code}”只有 ${size} 个对象，规则却要抽 ${take} 个。`,
  tooFewForTeams: (role, wanted, people) => `角色“${role}”组队需要 ${wanted} 人，名录只有 ${people} 人。`,
  framedAndExcluded: (object) => `${object} 同时在可抽名录和排除名录中。`,
  barredUnknown: (object, inspector) => `回避关系中的 ${object} 与 ${inspector} 不都在名录中。`,
  commitmentForm: (party) => `${partyName(party)}的封存值不是 64 位十六进制数。`,
  secretForm: (party) => `${partyName(party)}开封的随机数不合规定的写法。`,
  publicValue: () => "公共随机数不合规定的写法，或与规则的说明不一致。",
  brokenCommitment: (party) => `${partyName(party)}开封的随机数，与抽取前公布的封存值对不上。`,
  equalSecrets: (party) => `${partyName(party)}的随机数与另一方相同。`,
  missingFiles: (troubles) =>
    `没有收到：${troubles.map(([file, why]) => named(file) + (why ? `，${why}` : "")).join("；")}。`,
  rows: (file, rules, rows) => `规则写明${named(file)} ${rules} 行，收到 ${rows} 行。`,
  digest: (published, computed) => `公布值 ${published}，由收到的文件算出 ${computed}。`,
  places: (count, sentences) =>
    [
      `有 ${count} 处不同。`,
      ...sentences,
      ...(count > sentences.length ? [`另有 ${count - sentences.length} 处，没有一一列出。`] : []),
    ].join("\n"),
  order: (digests) => `各行内容相同，但顺序或行数不合规定。${digests}`,
  signatures: () => "签字记录（signatures.json）里有一项不合规定的写法。",
  signedOther: (what, signed, real) => `签字所签的${what}是 ${signed}，包中是 ${real}。`,
};

const step = (title, passed, failed) => ({ title, passed, failed });

/** Code → what is checked, and how it reads when it holds or does not. */
export const STEPS = {
  files: step("收齐文件", "七个文件都已收到。", "文件没有收齐。"),
  "rules-digest": step(
    "规则是抽取前公布的那一份", "规则文件的摘要与抽取前公布的一致：规则和名录在产生随机数之前就已固定。",
    "规则文件的摘要与抽取前公布的不一致。",
  ),
  rules: step("规则的写法", "规则文件写法完整、没有歧义。", "规则文件不合规定的写法。"),
  frame: step("可抽名录", "可抽名录与规则中固定的摘要、行数一致。", "可抽名录与规则中固定的不一致。"),
  excluded: step("排除名录", "排除名录与规则中固定的摘要、行数一致。", "排除名录与规则中固定的不一致。"),
  roster: step("执法检查人员名录", "人员名录与规则中固定的摘要、行数一致。", "人员名录与规则中固定的不一致。"),
  barred: step("回避关系", "回避关系与规则中固定的摘要、行数一致。", "回避关系与规则中固定的不一致。"),
  together: step("文件之间相互吻合", "名录、回避关系和规则相互吻合。", "名录、回避关系和规则有不吻合之处。"),
  ceremony: step(
    "各方的随机数与封存值相符", "系统和每位见证人开封的随机数，都与抽取前公布的封存值相符。", "有一方开封的数与规定或封存值不符。",
  ),
  freeze: step(
    "封存值是掷骰子前公布的那一组", "由封存值算出的冻结摘要，与现场宣读的一致。", "由封存值算出的冻结摘要，与现场宣读的不一致。",
  ),
  seed: step("算出种子和钥匙", "由各方的数合成了种子，再得出抽取钥匙。", "种子没有算出来。"),
  objects: step(
    "重算谁被抽中", "逐一重算每个对象的抽签值并排序，抽中和备选名单与公布的一致。", "重算的抽中或备选名单与公布的不一致。",
  ),
  staff: step("重算谁去检查", "重算的派员结果与公布的一致。", "重算的派员结果与公布的不一致。"),
  result: step("结果逐字节相同", "重算的结果文件与公布的逐字节相同。", "重算的结果文件与公布的不是逐字节相同。"),
  signatures: step("签字针对的是这份结果", "各席位签的就是这份规则和这份结果。", "签字记录与这份规则或结果对不上。"),
};

/** Never colour alone: a shape and a word. */
export const marks = { true: "通过", false: "未对上", null: "未比对" };
export const shapes = { true: "✔", false: "✘", null: "—" };
export const notRun = "前面的步骤没有完成，这一步无法进行。";
export const notPublished = "没有公布值可比：把算出的摘要或口令，与抽取前公布的对照。";

export const details = {
  digest: (digest) => `摘要 ${digest}`,
  spokenDigest: (digest) => `摘要 ${digest}\n口令 ${spoken(digest).join(" ")}`,
  table: (rows, digest) => `${rows} 行，摘要 ${digest}`,
  seed: (seed, key) => `种子 ${seed}\n钥匙 ${key}`,
  strata: (strata) =>
    strata.map(({ code, take, size }) => `分层“${code}”：${size} 个抽 ${take} 个，${share(take, size)}`).join("\n"),
  staff: (assigned, matched, unstaffed, lifted) =>
    [
      matched ? `抽签编入小组 ${assigned} 人，为 ${matched} 户抽签匹配小组` : `派员 ${assigned} 项`,
      unstaffed ? `${unstaffed} 处人手不足，未派满` : "",
      lifted ? "有角色因人手不足放开了件数上限" : "",
    ].filter(Boolean).join("；"),
  signatures: (rows) =>
    rows.map(({ seat, name, capacity, outcome, text, at }) =>
      `${seat} ${name}（${capacity}）${OUTCOMES[outcome]}，${at}${text ? `，意见：${text}` : ""}`).join("\n"),
};

export const OUTCOMES = { signed: "签字确认", refused: "拒绝签字", reserved: "保留意见" };

const PARTS = { drawn: "抽中", reserve: "备选" };
const readings = {
  object: ([stratum, rank, part, name, ticket]) => `层 ${stratum} 第 ${rank} 位${PARTS[part] ?? part} ${name}（抽签值 ${ticket}）`,
  assign: ([whom, role, position, who]) =>
    role === "team" ? `${whom} 由小组 ${who} 去` : `${whom} 的 ${role} 第 ${position} 位派 ${who}`,
  unstaffed: ([group]) => `${group} 人数不足未派`,
  lifted: ([role]) => `${role} 放开承担上限`,
};
const FIELDS = { object: 6, assign: 5, unstaffed: 2, lifted: 2 };

/** One line of result.tsv as people would say it. */
const reading = (line) => {
  const [kind, ...fields] = line.split("\t");
  if (!Object.hasOwn(FIELDS, kind) || fields.length + 1 !== FIELDS[kind]) return `认不出的一行“${line.replaceAll("\t", " ")}”`;
  return readings[kind](fields);
};

export const differences = {
  missing: (line) => `少一行：${reading(line)}。`,
  other: (expected, found) => `不同：应为${reading(expected)}，结果写的是${reading(found)}。`,
  extra: (line) => `多一行：${reading(line)}。`,
};

const share = (take, size) => {
  if (size === 0) return "名录中没有这一分层";
  const flags = [take === 0 ? "一个不抽" : "", take === size ? "全部都抽" : "", size < 10 ? "不足 10 个" : ""].filter(Boolean);
  return `占 ${((take / size) * 100).toFixed(2)}%${flags.length ? `（留意：${flags.join("，")}）` : ""}`;
};

export const verdicts = {
  loading: "正在取文件…",
  working: "正在重算…",
  held: (count) => `核验一致。您的设备独立算出了同样的结果：${count} 步全部对上，逐字节相同。`,
  uncompared: (title) => `文件自身没有矛盾，但“${title}”没有公布值可比，只能说明这些文件前后一致。`,
  differs: (title) =>
    `核验不一致。在“${title}”这一步没有对上。可能的原因：文件没有下载完整，页面或文件在途中被改动，或数据有误。` +
    "这还不能说明是谁的问题。可再核对一次；仍对不上时，下载浏览器收到的文件，交给公布机关或用离线核验程序复核。",
  broken: (why) => `核对没有做完：${why}。可刷新页面再核对一次，或下载全部文件用离线核验程序复核。`,
};

export const downloads = {
  intro: "浏览器收到的文件：",
  report: "核对记录.txt",
  none: "没有收到",
  status: (status) => `服务器答复 ${status}`,
  unreachable: "网络中断或服务器没有答复",
};

const lookups = {
  drawn: ({ code, rank, take, size }) => `${code}：抽中。抽签值排第 ${rank} 位（共 ${size} 个，前 ${take} 位抽中）。`,
  reserve: ({ code, rank, take, reserve, size }) =>
    `${code}：备选。抽签值排第 ${rank} 位（共 ${size} 个，前 ${take} 位抽中，其后 ${reserve} 位备选）。` +
    "只有抽中的对象注销、迁出或重复时才依次递补。",
  missed: ({ code, rank, take, reserve, size }) =>
    `${code}：未抽中。抽签值排第 ${rank} 位（共 ${size} 个），抽取线在第 ${take} 位，备选到第 ${Math.min(take + reserve, size)} 位。`,
  excluded: ({ code, reason }, { reasons }) => {
    const told = reasons[reason];
    return `${code}：在名录中但被排除，没有参加抽取。原因代码 ${reason}${told ? `：${told}` : ""}。`;
  },
  absent: ({ code }) => `${code}：不在名录。可核对代码有没有输错；确认无误的，可向公布机关查询为什么没有登记。`,
};

/** What the body published since: a reserve took a place. The result and what was computed of it stay as they are. */
const since = {
  replaced: ({ label, other }) => `现在：${label}（${other}）。`,
  entered: ({ label, other, why }) => `现在：${label}，替换${other}（${why}）。`,
};
const sinceOf = (later) => (later ? `${since[later.kind](later)}递补由公布机关登记，见本页“抽取之后的变动”。` : "");

export const lookupSentence = (answer, labels) => sinceOf(labels.later?.[answer.code]) + lookups[answer.kind](answer, labels);

export const lookupProof = {
  stratum: (name) => `分层：${name}`,
  ticket: (ticket) => `抽签值：${ticket}`,
  line: (line) => (line === null ? "抽取线：这一分层一个不抽" : `抽取线：${line}（抽签值不大于它的抽中）`),
  redo: "自己重算抽签值的命令：",
};

export const lookupTrouble = {
  empty: "代码一栏是空的：填入统一社会信用代码或登记编号。",
  notCode: "这里按代码查，不按名称：填入统一社会信用代码或登记编号；只知道名称的，先在首页搜索这家企业。",
  notReady: "文件没有核对到可以查询的一步，因此无法回答。",
  doubtful: "（核对中有一步没有对上，这个答案仅供参考。）",
};
