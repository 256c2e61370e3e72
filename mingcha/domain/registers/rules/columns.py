"""The columns of the two import files: what they are called, how a cell is read, what the template says."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import BatchKind, ImportBatch
from mingcha.domain.registers.rules import cells


@dataclass(frozen=True)
class Column:
    """`key` is the field it fills, `also` the other headings it is known by (plain: no spaces, no brackets)."""

    key: str
    label: StrOrPromise
    read: Callable[[str], object]
    example: str
    note: StrOrPromise
    also: tuple[str, ...] = ()
    required: bool = False


def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of one register's file, in the order of its template."""
    return SUBJECT_COLUMNS if kind == BatchKind.SUBJECTS else INSPECTOR_COLUMNS


def columns_missing_in(batch: ImportBatch) -> list[Column]:
    """The required columns that no heading of a refused file was recognised as."""
    if not batch.is_refused:
        return []
    filled = {entry["field"] for entry in batch.headings}
    return [column for column in columns_of(batch.kind) if column.required and str(column.label) not in filled]


SUBJECT_COLUMNS = (
    Column(
        "code",
        gettext_lazy("统一社会信用代码"),
        cells.read_code,
        "92990000MA00000018",
        gettext_lazy(
            "必填。没有统一社会信用代码的填登记编号（2 至 64 个半角数字、字母和 . _ -）。列设为文本。不填身份证号。"
        ),
        also=("信用代码", "统一代码", "社会信用代码", "统一社会信用代码/注册号", "注册号", "登记编号", "uscc"),
        required=True,
    ),
    Column(
        "name",
        gettext_lazy("名称"),
        cells.read_text(200),
        "明察示范县青禾粮油店",
        gettext_lazy("必填。照营业执照写，括号和生僻字照原样保留。"),
        also=("企业名称", "主体名称", "单位名称", "市场主体名称", "检查对象名称", "name"),
        required=True,
    ),
    Column(
        "kind",
        gettext_lazy("类型"),
        cells.read_text(60),
        "个体工商户",
        gettext_lazy("选填。"),
        also=("主体类型", "企业类型", "市场主体类型", "entity_type"),
    ),
    Column(
        "industry",
        gettext_lazy("行业"),
        cells.read_text(60),
        "粮油零售",
        gettext_lazy("选填。"),
        also=("行业门类", "所属行业", "行业名称", "industry_name"),
    ),
    Column(
        "address",
        gettext_lazy("地址"),
        cells.read_text(300),
        "明察示范县东街 1 号",
        gettext_lazy("选填。"),
        also=("住所", "经营场所", "住所/经营场所", "注册地址", "经营地址", "address"),
    ),
    Column(
        "area",
        gettext_lazy("片区代码（乡镇）"),
        cells.read_area,
        "990000101",
        gettext_lazy("选填。抽取时按片区派人，要与人员名录里的片区代码一致。"),
        also=("片区", "片区代码", "乡镇代码", "区划代码", "region_code"),
    ),
    Column(
        "is_foreign",
        gettext_lazy("涉外（是/否）"),
        cells.read_flag,
        "否",
        gettext_lazy("选填，新增时空白算“否”。"),
        also=("涉外", "是否涉外"),
    ),
    Column(
        "risk",
        gettext_lazy("信用风险（A–D）"),
        cells.read_risk,
        "B",
        gettext_lazy("选填：A、B、C、D。"),
        also=("信用风险", "风险等级", "信用风险等级", "信用风险分类"),
    ),
    Column(
        "state",
        gettext_lazy("登记状态"),
        cells.read_state,
        "存续",
        gettext_lazy("选填：存续、注销、吊销等，新增时空白算“存续”。"),
        also=("状态", "经营状态", "企业状态", "status"),
    ),
    Column(
        "established_on",
        gettext_lazy("成立日期"),
        cells.read_date,
        "2020-05-18",
        gettext_lazy("选填，写成 2020-05-18。"),
        also=("注册日期", "登记日期", "established_on"),
    ),
)

INSPECTOR_COLUMNS = (
    Column(
        "code",
        gettext_lazy("名录编号"),
        cells.read_code,
        "SJ-001",
        gettext_lazy("必填。抽取和公开时用它指这个人：2 至 64 个半角数字、字母和 . _ -，不填身份证号。"),
        also=("编号", "人员编号"),
        required=True,
    ),
    Column(
        "name",
        gettext_lazy("姓名"),
        cells.read_text(60),
        "王示范",
        gettext_lazy("必填。"),
        also=("人员姓名",),
        required=True,
    ),
    Column(
        "department",
        gettext_lazy("部门"),
        cells.read_text(100),
        "市场监督管理局",
        gettext_lazy("选填：部门的简码、简称或全称；空白算导入的部门。"),
        also=("所属部门", "单位", "执法单位", "部门代码"),
    ),
    Column(
        "certificate_no",
        gettext_lazy("执法证号"),
        cells.read_number,
        "ZF-990000-00001",
        gettext_lazy("必填。列设为文本。"),
        also=("执法证件号", "执法证编号", "行政执法证号", "证号"),
        required=True,
    ),
    Column(
        "certificate_until",
        gettext_lazy("有效期至"),
        cells.read_date,
        "2030-12-31",
        gettext_lazy("必填。过期的可以入库，但不参加抽取。"),
        also=("执法证有效期至", "有效期", "证件有效期", "有效期止"),
        required=True,
    ),
    Column(
        "areas",
        gettext_lazy("片区"),
        cells.read_areas,
        "990000101,990000102",
        gettext_lazy("选填：可去的片区代码，用逗号分开；空白或“全部”就是都可以去。"),
        also=("片区代码", "可查片区"),
    ),
    Column(
        "skills",
        gettext_lazy("专业"),
        cells.read_list,
        "食品,特种设备",
        gettext_lazy("选填，用逗号分开。"),
        also=("专业特长",),
    ),
)
