"""The county's departments. `code` is the department's name as a role in a draw."""

from dataclasses import dataclass

from demo.codes import PUBLIC_BODY, credit_code
from demo.towns import COUNTY


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    short_name: str
    uscc: str
    inspects: bool
    leads: bool = False


def _department(code: str, place: int, name: str, short_name: str, **kind: bool) -> Department:
    return Department(code, COUNTY + name, short_name, credit_code(PUBLIC_BODY, f"MD{place:06d}"), **kind)


DEPARTMENTS: tuple[Department, ...] = (
    _department("shijian", 1, "市场监督管理局", "市监局", inspects=True, leads=True),
    _department("yingji", 2, "应急管理局", "应急局", inspects=True),
    _department("xiaofang", 3, "消防救援大队", "消防大队", inspects=True),
    _department("weijian", 4, "卫生健康局", "卫健局", inspects=True),
    _department("nongye", 5, "农业农村局", "农业农村局", inspects=True),
    _department("huanbao", 6, "生态环境局", "生态环境局", inspects=True),
    _department("sifa", 7, "司法局", "司法局", inspects=False),
    _department("jijian", 8, "纪检监察组", "纪检监察组", inspects=False),
    _department("bianban", 9, "机构编制委员会办公室", "编办", inspects=False),
    _department("youhua", 10, "优化营商环境办公室", "优化办", inspects=False),
)

# Which department plays a body that the rules name (organisation.models.BodyCode).
BODIES = {
    "JUSTICE": "sifa",
    "LEGAL_OFFICE": "sifa",
    "MARKET": "shijian",
    "COMMERCE_REFORM": "shijian",
    "ESTABLISHMENT": "bianban",
    "BUSINESS_CLIMATE": "youhua",
}

# The lead of each 监管领域 that the county's rules know and a department here can lead.
SECTOR_LEADS = {"市场监管": "shijian", "生态环境保护": "huanbao", "农业": "nongye"}

INSPECTING = tuple(department for department in DEPARTMENTS if department.inspects)
