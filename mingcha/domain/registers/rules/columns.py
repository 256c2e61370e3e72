"""The columns of the two import files: what they are called, how a cell is read, what the template says."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import BatchKind, ImportBatch
from mingcha.domain.registers.rules import cells, worded
from mingcha.domain.registers.rules.cells import Reading


@dataclass(frozen=True)
class Column:
    """`key` is the field it fills, `also` the other headings it is known by (plain: no spaces, no brackets)."""

    key: str
    label: StrOrPromise
    read: Callable[[str], Reading]
    example: str
    note: StrOrPromise
    also: tuple[str, ...] = ()
    required: bool = False
    repeats: bool = True  # the same few texts stand in many rows, so each is read once


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
        repeats=False,
    ),
    Column(
        "name",
        gettext_lazy("名称"),
        cells.read_text(200),
        "明察示范县青禾粮油店",
        gettext_lazy("必填。照营业执照写，括号和生僻字照原样保留。"),
        also=("企业名称", "主体名称", "单位名称", "市场主体名称", "检查对象名称", "name"),
        required=True,
        repeats=False,
    ),
    Column(
        "category",
        gettext_lazy("主体大类"),
        worded.read_category,
        "个体工商户",
        gettext_lazy(
            "选填：企业、个体工商户、农民专业合作社、机关、事业单位、社会组织、学校、工程项目、场所、车船、"
            "无证无照经营者等；新增时空白按统一社会信用代码的前两位算。"
        ),
        also=("主体类别", "大类", "对象类别"),
    ),
    Column(
        "code_type",
        gettext_lazy("编号种类"),
        worded.read_code_type,
        "统一社会信用代码",
        gettext_lazy("选填：统一社会信用代码、原注册号、项目代码、许可证号、学校标识码、车船号牌、本单位编号。"),
        also=("编码类型", "代码类型"),
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
        repeats=False,
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
    Column(
        "contact",
        gettext_lazy("联络员"),
        cells.read_text(60),
        "李示范",
        gettext_lazy("选填。只在内部显示，并且打码。"),
        also=("联系人", "负责人", "联络人"),
        repeats=False,
    ),
    Column(
        "phone",
        gettext_lazy("联系电话"),
        cells.read_phone,
        "0990-12345678",
        gettext_lazy("选填。列设为文本。只在内部显示，并且打码。"),
        also=("电话", "手机", "手机号", "联系方式", "联络员电话"),
        repeats=False,
    ),
    Column(
        "source",
        gettext_lazy("来源"),
        cells.read_text(60),
        "市场主体库",
        gettext_lazy("选填：这一户的资料从哪里来。"),
        also=("数据来源", "source"),
    ),
    Column(
        "verified_on",
        gettext_lazy("核对日期"),
        cells.read_date,
        "2026-11-01",
        gettext_lazy("选填，写成 2026-11-01：最近一次核对这一户资料的日子。"),
        also=("核实日期", "更新日期"),
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
        repeats=False,
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
    Column(
        "category",
        gettext_lazy("人员类别"),
        worded.read_staff_category,
        "具有行政执法资格的工作人员",
        gettext_lazy("选填：行政执法类公务员、具有行政执法资格的工作人员、从事日常监管工作的人员。"),
        also=("人员性质", "类别"),
    ),
    Column(
        "post",
        gettext_lazy("岗位"),
        cells.read_text(60),
        "食品监管",
        gettext_lazy("选填。"),
        also=("岗位大类", "职务"),
    ),
    Column(
        "team",
        gettext_lazy("执法队伍"),
        cells.read_text(60),
        "综合执法大队一中队",
        gettext_lazy("选填：所在的综合执法队伍。"),
        also=("执法大队", "中队"),
    ),
    Column(
        "item_codes",
        gettext_lazy("可查事项"),
        cells.read_item_codes,
        "SC-001,SC-002",
        gettext_lazy("选填：可查事项的编码，用逗号分开；空白就是本部门的全部事项。"),
        also=("可查事项编码", "事项编码"),
    ),
    Column(
        "is_expert",
        gettext_lazy("专家（是/否）"),
        cells.read_flag,
        "否",
        gettext_lazy("选填，新增时空白算“否”。"),
        also=("专家", "是否专家"),
    ),
    Column(
        "phone",
        gettext_lazy("联系电话"),
        cells.read_phone,
        "0990-12345678",
        gettext_lazy("选填。列设为文本。只在内部显示，并且打码。"),
        also=("电话", "手机", "手机号", "联系方式"),
        repeats=False,
    ),
)
