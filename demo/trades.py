"""What the firms of the county do: how many, in which form, under which industry, and how they call themselves."""

from dataclasses import dataclass

from demo.codes import COMPANY, COOPERATIVE, SOLE_TRADER


@dataclass(frozen=True)
class Trade:
    """`weight` counts per thousand firms of its form; `industry` is a class of GB/T 4754-2017 with its name."""

    weight: int
    industry: str
    word: str


FORMS: tuple[tuple[int, str], ...] = ((660, SOLE_TRADER), (300, COMPANY), (40, COOPERATIVE))
FORM_NAMES = {SOLE_TRADER: "个体工商户", COMPANY: "企业", COOPERATIVE: "农民专业合作社"}

TRADES: dict[str, tuple[Trade, ...]] = {
    SOLE_TRADER: (
        Trade(150, "6291 小吃服务", "小吃店"),
        Trade(130, "6210 正餐服务", "饭店"),
        Trade(50, "6220 快餐服务", "快餐店"),
        Trade(120, "5213 便利店零售", "便利店"),
        Trade(70, "5223 果品、蔬菜零售", "果蔬店"),
        Trade(60, "5224 肉、禽、蛋、奶及水产品零售", "生鲜店"),
        Trade(40, "5221 粮油零售", "粮油店"),
        Trade(110, "5232 服装零售", "服装店"),
        Trade(80, "8040 理发及美容服务", "理发店"),
        Trade(45, "8111 汽车修理与维护", "汽修店"),
        Trade(40, "5281 五金零售", "五金店"),
        Trade(30, "5167 农药批发", "农药店"),
        Trade(15, "5113 畜牧渔业饲料批发", "饲料店"),
        Trade(12, "5253 动物用药品零售", "兽药店"),
        Trade(18, "8425 门诊部（所）", "诊所"),
        Trade(15, "6129 其他一般旅馆", "旅馆"),
        Trade(15, "2032 木门窗制造", "木门加工店"),
    ),
    COMPANY: (
        Trade(110, "5272 日用家电零售", "电器"),
        Trade(90, "7259 其他广告服务", "广告"),
        Trade(80, "3311 金属结构制造", "金属结构"),
        Trade(70, "2110 木质家具制造", "家具"),
        Trade(60, "1713 棉印染精加工", "印染"),
        Trade(50, "3021 水泥制品制造", "水泥制品"),
        Trade(50, "1431 米、面制品制造", "食品"),
        Trade(70, "6210 正餐服务", "餐饮"),
        Trade(60, "5212 超级市场零售", "超市"),
        Trade(70, "5251 西药零售", "药房"),
        Trade(45, "5265 机动车燃油零售", "加油站"),
        Trade(40, "6110 旅游饭店", "酒店"),
        Trade(35, "8310 学前教育", "幼儿园"),
        Trade(30, "9011 歌舞厅娱乐活动", "歌舞娱乐"),
        Trade(25, "9013 网吧活动", "网吧"),
        Trade(25, "8411 综合医院", "医院"),
        Trade(20, "5112 种子批发", "种业"),
        Trade(20, "2614 有机化学原料制造", "化工"),
        Trade(15, "5169 其他化工产品批发", "化工贸易"),
        Trade(10, "5942 危险化学品仓储", "仓储"),
        Trade(10, "8290 其他未列明服务业", "餐具消毒"),
        Trade(15, "4620 污水处理及其再生利用", "水务"),
    ),
    COOPERATIVE: (
        Trade(400, "0141 蔬菜种植", "蔬菜种植"),
        Trade(250, "0153 柑橘类种植", "柑橘种植"),
        Trade(200, "0313 猪的饲养", "生猪养殖"),
        Trade(150, "0321 鸡的饲养", "家禽养殖"),
    ),
}
