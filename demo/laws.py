"""The laws that the item lists rest on, with the day since when the present or last wholly revised text holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_TITLE_AND_ARTICLES = re.compile(
    r"《([^》]+)》((?:[、和]?第[〇零一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+款)?)+)"
)


@dataclass(frozen=True)
class Law:
    title: str
    level: str
    effective_on: date


LAWS: tuple[Law, ...] = (
    Law("中华人民共和国消防法", "LAW", date(2009, 5, 1)),
    Law("中华人民共和国安全生产法", "LAW", date(2002, 11, 1)),
    Law("中华人民共和国食品安全法", "LAW", date(2015, 10, 1)),
    Law("中华人民共和国大气污染防治法", "LAW", date(2016, 1, 1)),
    Law("中华人民共和国计量法", "LAW", date(1986, 7, 1)),
    Law("中华人民共和国职业病防治法", "LAW", date(2002, 5, 1)),
    Law("中华人民共和国种子法", "LAW", date(2022, 3, 1)),
    Law("中华人民共和国环境影响评价法", "LAW", date(2003, 9, 1)),
    Law("中华人民共和国环境保护法", "LAW", date(2015, 1, 1)),
    Law("中华人民共和国特种设备安全法", "LAW", date(2014, 1, 1)),
    Law("中华人民共和国水污染防治法", "LAW", date(2008, 6, 1)),
    Law("中华人民共和国固体废物污染环境防治法", "LAW", date(2020, 9, 1)),
    Law("中华人民共和国农产品质量安全法", "LAW", date(2023, 1, 1)),
    Law("中华人民共和国价格法", "LAW", date(1998, 5, 1)),
    Law("中华人民共和国市场主体登记管理条例", "REGULATION", date(2022, 3, 1)),
    Law("饲料和饲料添加剂管理条例", "REGULATION", date(2012, 5, 1)),
    Law("生产安全事故应急条例", "REGULATION", date(2019, 4, 1)),
    Law("排污许可管理条例", "REGULATION", date(2021, 3, 1)),
    Law("建设项目环境保护管理条例", "REGULATION", date(2017, 10, 1)),
    Law("危险化学品安全管理条例", "REGULATION", date(2011, 12, 1)),
    Law("医疗机构管理条例", "REGULATION", date(1994, 9, 1)),
    Law("医疗废物管理条例", "REGULATION", date(2003, 6, 16)),
    Law("农药管理条例", "REGULATION", date(2017, 6, 1)),
    Law("兽药管理条例", "REGULATION", date(2004, 11, 1)),
    Law("公共场所卫生管理条例", "REGULATION", date(1987, 4, 1)),
    Law("企业信息公示暂行条例", "REGULATION", date(2014, 10, 1)),
)


def bases_in(words: str) -> Iterator[tuple[str, str]]:
    """(title of the law, its articles) for every law that a list's words name with an article."""
    yield from _TITLE_AND_ARTICLES.findall(words)
