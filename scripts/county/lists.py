"""The departments' item lists, drafted by the handler and brought into force by the head."""

from demo.departments import INSPECTING
from demo.items import items_of
from mingcha.domain.catalogue.actions import bring_into_force, draft_list, enter_item
from scripts.county.setting import Setting


def publish_lists(setting: Setting, *, days: int) -> None:
    """Every inspecting department's list, in force."""
    for place, department in enumerate(INSPECTING):
        handler, head = setting.handler(department.code), setting.head(department.code)
        drafted_at = setting.at(days, 9, place)
        draft = draft_list(setting.departments[department.code], by=handler, at=drafted_at)
        for item in items_of(department.code):
            enter_item(
                draft,
                item.code,
                title=item.title,
                legal_basis=item.legal_basis,
                item_class=item.item_class,
                object_kind=item.object_kind,
                checkpoints=[(c.text, c.guidance, c.photo_required) for c in item.checkpoints],
                method=item.method,
                content=item.content,
                ratio_text=item.ratio_text,
                frequency_text=item.frequency_text,
                by=handler,
                at=drafted_at,
            )
        bring_into_force(draft, by=head, at=setting.at(days + 1, 9, place))
