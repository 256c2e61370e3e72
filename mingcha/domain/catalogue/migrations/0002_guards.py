"""What has been in force stays as it was: the past is inspected by it (不得随意增减、改动)."""

from django.db import migrations

from mingcha.kit.triggers import guard

LOCKED_ITEM = "EXISTS (SELECT 1 FROM catalogue_itemlist l WHERE l.id = OLD.item_list_id AND l.state <> 'DRAFT')"
LOCKED_POINT = (
    "EXISTS (SELECT 1 FROM catalogue_inspectionitem i JOIN catalogue_itemlist l ON l.id = i.item_list_id"
    " WHERE i.id = OLD.item_id AND l.state <> 'DRAFT')"
)
BACKWARD = (
    "(OLD.state = 'SUPERSEDED' AND NEW.state <> 'SUPERSEDED') OR (OLD.state = 'IN_FORCE' AND NEW.state = 'DRAFT')"
    " OR NEW.department_id <> OLD.department_id OR NEW.edition <> OLD.edition"
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        guard("catalogue_item_in_force_stays", table="catalogue_inspectionitem", event="UPDATE", when=LOCKED_ITEM, message="施行过的事项不能修改"),
        guard("catalogue_item_in_force_never_goes", table="catalogue_inspectionitem", event="DELETE", when=LOCKED_ITEM, message="施行过的事项不能删除"),
        guard("catalogue_point_in_force_stays", table="catalogue_checkpoint", event="UPDATE", when=LOCKED_POINT, message="施行过的检查要点不能修改"),
        guard("catalogue_point_in_force_never_goes", table="catalogue_checkpoint", event="DELETE", when=LOCKED_POINT, message="施行过的检查要点不能删除"),
        guard("catalogue_list_goes_forward", table="catalogue_itemlist", event="UPDATE", when=BACKWARD, message="清单版次只能向前"),
        guard("catalogue_list_in_force_never_goes", table="catalogue_itemlist", event="DELETE", when="OLD.state <> 'DRAFT'", message="施行过的清单不能删除"),
    ]
