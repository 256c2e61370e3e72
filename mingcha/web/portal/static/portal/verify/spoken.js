// A digest as eight words of two characters for reading aloud; fairdraw/spoken.py says how the characters were chosen.
// Written out here once more, so that a page does not depend on what a server says.
const FIRST =
  "安百宝彩橙春瓷翠大丹冬方福高歌古海禾红画静橘宽阔蓝丽亮林柳棉妙明" +
  "暖平千巧青秋绒瑞深书霜桃藤甜铜万文夏香小新秀雪雨远月云早珍竹紫棕";
const SECOND =
  "瓣茶橱葱村袋灯笛蝶鼎朵峰鼓瓜果鹤虹湖桨鹃筷筐葵篮梨帘铃鹿莓藕盘坡" +
  "桥琴渠泉鹊榕山树笋锁糖梯亭桐瓦碗屋虾箱芽羊叶椅鹰鱼园枣筝枝舟砖桌";
const DIGEST = /^[0-9a-f]{64}$/;

/** The eight words of the first 96 bits; anything but a digest of 64 lower-case hex characters throws. */
export function spoken(digest) {
  if (!DIGEST.test(digest)) throw new Error("要读成八个词的摘要应为 64 位小写十六进制。");
  return digest.slice(0, 24).match(/.{3}/g).map((hex) => {
    const bits = Number.parseInt(hex, 16);
    return FIRST[bits >> 6] + SECOND[bits & 63];
  });
}
