"""The invented rulebook of the market regulator: our own words, with what the work reads of each chapter."""

from collections.abc import Mapping

TITLE = "明察示范县市场监督管理局双随机抽查实施细则（虚构）"

CHAPTERS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "BASIS": ("每个事项依据本局事项清单列明的法律、法规、规章开展；清单之外不检查。", {}),
    "CONTENT": ("检查内容以清单中的检查要点为准，逐条回答符合、不符合或不适用，并按要点附照片。", {}),
    "PROCEDURE": (
        "先确认两库，再公开抽取，派发后通知，两名执法人员到场检查，结束后录入、审核、公示、归档。",
        {"steps": ["确认两库", "公开抽取", "派发通知", "到场检查", "录入审核", "公示归档"]},
    ),
    "APPROVAL": ("实施检查由本局主要负责人批准；计划和任务报县司法局审核。", {"approver": "R05"}),
    "PUBLICATION": (
        "结果经审核后在公开专栏公示；确有错误的，由主要负责人签字后更正，前后两个版本都保留。",
        {"outlets": ["OWN_PORTAL"], "working_days": 20},
    ),
    "ARCHIVING": (
        "一户一次检查一卷，材料齐全后归档。",
        {"retention_years": 10, "materials": ["抽取记录单", "检查通知书", "现场检查记录", "照片目录", "结果审批"]},
    ),
}
