// A digest for the ear: eight words of two characters, twelve bits each, from a list of 64 × 64 (fairdraw/spoken.py).
const FIRST = [..."春夏秋冬晨晚红白黑蓝绿紫金银铜铁玉石木竹花草果麦米茶盐糖水火风云雪雷月星高大小长宽远老西北左右双千七九五六八天地海河古布皮沙青方"];
const SECOND = [..."山江湖桥船车门灯鱼崖鹅牛羊兔鹿鹤盆蝶树叶枝松柏梅桃梨杏瓜豆菜饭铃饼汤酒碗盘筷岛锅衣鞋袖笙线针笔墨瓦琴鼓粽塔廊亭园田井渠溪霞光坡墙"];
const WORDS = 8;

/** The words of a digest (64 lower-case hex characters), as an array; throws for anything else. */
export function spoken(digest) {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new TypeError("not a digest");
  return Array.from({ length: WORDS }, (_, place) => {
    const bits = parseInt(digest.slice(3 * place, 3 * place + 3), 16);
    return FIRST[bits >> 6] + SECOND[bits & 63];
  });
}
