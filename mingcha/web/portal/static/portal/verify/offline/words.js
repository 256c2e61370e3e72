// What the offline page says beyond the words of the steps.
const MEBI = 2 ** 20;
const program = "可用离线核验程序 fairdraw.pyz 核对";

export const refusals = {
  nothing: () => "还没有选抽取包：选一个 zip 文件，或选中文件夹里的全部文件。",
  unreadable: () => "读不到所选的文件：可能已被移走或改名，或没有读取权限。重新选一次。",
  notZip: () => "这不是完整可读的抽取包：找不到压缩包的结尾目录，文件可能没有下载完整，或不是 zip 文件。",
  broken: () => "压缩包已损坏：目录或内容与校验值不符，文件可能没有下载完整，或在途中被改动。",
  brokenMember: (name) => `压缩包里的 ${name} 已损坏：内容与压缩包记下的校验值不符，文件可能没有下载完整，或在途中被改动。`,
  zip64: () => "压缩包是 ZIP64 格式：抽取包至多 4 GiB，不用这种格式。",
  tooManyEntries: () => "压缩包列出的文件过多：抽取包至多九个文件。",
  encrypted: () => "压缩包中有加密的文件：抽取包不得加密。",
  notPlain: () => "压缩包中有链接或特殊文件：抽取包只能含普通文件。",
  method: () => "压缩包用了少见的压缩方法：应为普通 zip（存储或 deflate）。",
  claims: () => "压缩包各文件声明的大小之和超过压缩包本身。",
  path: () => "抽取包中有带路径的文件：所有文件都应直接放在最外层。",
  unseenName: () => "抽取包中有含控制字符的文件名。",
  twice: (name) => `${name} 在抽取包中出现了两次。`,
  tooLarge: (gibi) => `抽取包展开后超过 ${gibi} GiB，不予读取。`,
  tooLargeHere: (bytes) => `抽取包展开后超过 ${bytes / MEBI} MiB，浏览器装不下；${program}。`,
  tooLargeFile: (name, bytes) => `${name} 超过 ${bytes / MEBI} MiB，不予读取。`,
  bomb: (name, ratio) => `${name} 的压缩比异常（超过 ${ratio} 倍），疑为压缩炸弹，不予读取。`,
  lies: (name) => `${name} 的实际内容与压缩包声明的大小不同。`,
  digestForm: (what) => `${what}应为 64 位十六进制（0–9、a–f）：对照公布的文字改正，或留空。`,
};

export const notes = {
  unreadable: (sentence) => `无法核验。${sentence}`,
  broken: (why) => `核验没有做完：${why}。重新打开本页再试，或${program}。`,
  uncompared:
    "抽取包自身一致：您的设备独立算出了同样的结果。但没有全部与抽取前公布的摘要比对：" +
    "把下面的口令和摘要与记录单、现场读出的对照，或填入公布的摘要再核验一次。",
  differs: (title) =>
    `核验不一致。在“${title}”这一步没有对上。可能的原因：文件没有下载完整，在途中被改动，或数据有误。` +
    "这还不能说明是谁的问题。重新下载后再核对一次；仍对不上时，保留这个抽取包和核验记录，交给公布机关。",
  chosen: (names) => `已选：${names}`,
  several: (count) => `${count} 个文件`,
  working: (done) => `正在核验…已完成 ${done} 步`,
  signaturesAbsent: "包中没有签字记录（signatures.json）。",
  recordAbsent: "包中没有随机抽取记录单（record.pdf）。",
  recordPresent: "包中有随机抽取记录单（record.pdf），纸面内容须自行对照。",
  extra: (names) => `包中另有 ${names.length} 个未核验的文件：${names.join("、")}。`,
  report: "核验记录.txt",
  wordsMissing: "没有算到这一步",
};
