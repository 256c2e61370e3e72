// Every sentence of the hall that does not come from the server.

export const top = {
  where: (doc) => (doc.participants.length ? `${doc.department}牵头 · ${doc.participants.join("、")}参与` : doc.department),
  witnesses: (count) => `见证 ${count} 人`,
  synced: (time) => `已同步 ${time}`,
  waiting: "正在重连",
  themes: { dark: "换成浅色", light: "换成深色" },
};

export const proposed = {
  abort_proposed: "有人提出中止，等另一个人确认；现在可以向主持人了解原因。",
  void_proposed: "承办机构负责人提出宣告无效，等纪检监察人员确认。",
};

export const seating = {
  title: (count) => (count ? `已入席 ${count} 位` : "等第一位见证人入席"),
  held: (moment, place) => `${moment} · ${place}`,
  least: "至少两位见证人入席后才能冻结名单",
};

export const freezing = {
  frame: "户进入名录，从现在起不能再改",
  sizes: (counts) => `名录登记 ${number(counts.register)} 户，排除 ${number(counts.register - counts.frame)} 户；检查人员 ${number(counts.inspectors)} 名`,
  columns: ["分层", "户数", "应抽", "备选"],
  words: "名单与规则的口令，由主持人读出",
};

export const binding = {
  title: (done, all) => `封存随机数：${done}/${all} 位见证人已封存`,
  system: "系统",
  done: "已封存",
  wait: "等待",
  one: "系统先把自己的随机数锁进信封，把封条给大家看；见证人在自己的手机上各封一个。",
  words: "冻结摘要的口令，由主持人读出，与手机上的对照",
  checking: "纪检监察人员正在核对密封副本",
};

export const dice = {
  title: "掷 20 个十面骰子",
  rule: "离开桌面或斜靠的骰子，在读数之前重掷。",
  typed: ["等两个人分别录入", "已有 1 人录入，等另一人", "两人已录入"],
  differ: "两人录入的数不同，正在对照骰子",
  agreed: "两人录入一致",
  value: (words) => `公共随机数：${words}`,
  later: "骰子确认后录入",
};

export const opening = {
  title: (done, all) => `开封：${done}/${all} 位见证人已开封`,
  one: "要作弊，必须同时控制系统、每一位见证人和骰子；名单已先锁住。",
  wait: "未开封",
  agrees: "一致",
  differs: "不一致",
  copy: "由密封副本开封",
  system: "系统最后自己开封",
  systemDone: "系统已开封",
  sealed: "已开封，按计划暂不公开",
  here: "“一致”由这块屏幕自己算出",
};

export const result = {
  title: "结果已经确定，下面逐条展示",
  skip: "跳过动画",
  drawn: (count) => `抽中 ${number(count)} 户`,
  line: (label, take, size) => `${label} ${number(take)}/${number(size)} 户`,
  upTo: (ticket) => `抽取线：抽签值 ≤ ${ticket}`,
  page: (from, until, all) => `${number(from)}–${number(until)}/${number(all)} 户`,
  earlier: "上一页",
  next: "下一页",
  checked: (count) => `本屏重算 ${number(count)} 条，全部一致`,
  odd: "本屏重算的抽签值与名单不一致，由见证人提出异议",
  sealed: (take) => `已抽出 ${number(take)} 户`,
  words: "结果的口令",
  failed: "名单还没有取到，正在重试",
  nobody: "未派满",
};

export const shown = {
  place: (place, of) => `名录第 ${number(place)} 位（共 ${number(of)} 户）`,
  rank: (stratum, rank, take) => `${stratum}第 ${number(rank)} 名，本层取前 ${number(take)} 名`,
  ticket: "抽签值",
  line: "抽取线",
  absent: "核对代码；确认无误的，会后向承办机构查询为什么没有登记。",
};

export const signing = {
  title: "签字",
  wait: "等待签字",
  required: "必签",
};

export const inForce = {
  title: "已生效",
  rehearsed: "演练结束，没有产生任何检查任务",
  take: (count) => `抽中 ${number(count)} 户，检查任务已经发出`,
};

export const ended = {
  aborted: "这次抽取已中止",
  voided: "这次抽取已宣告无效",
  reason: (text) => `理由：${text}`,
  stays: "编号永久保留，理由永久公开。",
  still: "已经抽中的企业照样检查。",
};

function number(value) {
  return value.toLocaleString("zh-CN");
}
