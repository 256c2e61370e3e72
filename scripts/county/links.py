"""对象与事项关联: every department says which trades its items are for, and links its firms in one stroke."""

from demo.departments import INSPECTING
from demo.items import items_of
from mingcha.domain.registers.actions import apply_rules, set_link_rule
from scripts.county.setting import Setting


def link_items(setting: Setting, *, days: int) -> int:
    """A rule for each item of each list, by the classes of industry it concerns; how many links that made."""
    linked = 0
    for place, department in enumerate(INSPECTING):
        by, at = setting.handler(department.code), setting.at(days, 14, place)
        owner = setting.departments[department.code]
        for item in items_of(department.code):
            set_link_rule(owner, item.code, industries=item.industries, by=by, at=at)
        linked += sum(applied.linked for applied in apply_rules(owner, by=by, at=at))
    return linked
