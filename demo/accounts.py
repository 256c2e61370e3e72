"""Demo accounts: one for each seat at the table. They carry no password; whoever loads them sets one."""

from dataclasses import dataclass
from datetime import date

from demo.codes import REGION
from demo.departments import INSPECTING
from demo.people import inspectors

COORDINATOR = "R01"
HANDLER = "R03"
LEGAL_REVIEWER = "R04"
APPROVER = "R05"
INSPECTOR = "R06"
DISCIPLINE = "R09"
SUPERVISOR = "R11"
FILING_RECIPIENT = "R12"
SYSTEM_KEEPER = "R15"
AUDITOR = "R17"

_HANDLERS = {
    "shijian": "经常办",
    "yingji": "经细心",
    "xiaofang": "经及时",
    "weijian": "经认真",
    "nongye": "经有序",
    "huanbao": "经手清",
}
_HEADS = {
    "shijian": "首负责",
    "yingji": "首担当",
    "xiaofang": "首把关",
    "weijian": "首签字",
    "nongye": "首过问",
    "huanbao": "首知情",
}


@dataclass(frozen=True)
class Account:
    """`role` is granted in the account's own department, or in the whole region where `region` is filled."""

    username: str
    full_name: str
    department: str
    role: str
    region: str = ""
    inspector: str = ""


def accounts(*, today: date) -> list[Account]:
    """Every account of the county; an inspector's account names the roster number it belongs to."""
    return [
        Account("xietiao", "调和众", "sifa", COORDINATOR, region=REGION),
        Account("shenpi", "司有法", "sifa", SUPERVISOR, region=REGION),
        Account("fazhi", "法必依", "sifa", LEGAL_REVIEWER, region=REGION),
        Account("jijian", "纪先行", "jijian", DISCIPLINE, region=REGION),
        Account("shenji", "审留痕", "jijian", AUDITOR, region=REGION),
        Account("fazhiban", "审有据", "sifa", FILING_RECIPIENT),
        Account("bianban", "编有制", "bianban", FILING_RECIPIENT),
        Account("beian", "收备案", "shijian", FILING_RECIPIENT),
        Account("youhua", "优服务", "youhua", FILING_RECIPIENT),
        Account("xitong", "管账号", "sifa", SYSTEM_KEEPER, region=REGION),
        *(Account(f"{d.code}-jingban", _HANDLERS[d.code], d.code, HANDLER) for d in INSPECTING),
        *(Account(f"{d.code}-fuzeren", _HEADS[d.code], d.code, APPROVER) for d in INSPECTING),
        *(Account(p.code, p.name, p.department, INSPECTOR, inspector=p.code) for p in inspectors(today=today)),
    ]
