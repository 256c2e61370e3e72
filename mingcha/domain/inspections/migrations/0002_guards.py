"""清单之外无检查, kept by the database: an inspection starts only on items in force. Old rows stay valid later."""

from django.db import migrations

from mingcha.kit.triggers import guard

NOT_IN_FORCE = """EXISTS (
    SELECT 1 FROM catalogue_inspectionitem item JOIN catalogue_itemlist list ON list.id = item.item_list_id
    WHERE item.id = NEW.item_id AND list.state <> 'IN_FORCE')"""
STARTS_OUTSIDE = """NEW.state = 'VISITING' AND OLD.state = 'ASSIGNED' AND (
    NOT EXISTS (SELECT 1 FROM inspections_finding f WHERE f.inspection_id = NEW.id)
    OR EXISTS (
        SELECT 1 FROM inspections_finding f JOIN catalogue_inspectionitem item ON item.id = f.item_id
        JOIN catalogue_itemlist list ON list.id = item.item_list_id
        WHERE f.inspection_id = NEW.id AND list.state <> 'IN_FORCE'))"""


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("catalogue", "0001_initial")]

    operations = [
        guard("inspections_item_in_force", table="inspections_finding", event="INSERT", when=NOT_IN_FORCE, message="清单之外不能检查"),
        guard("inspections_item_changed_in_force", table="inspections_finding", event="UPDATE OF item_id", when=f"NEW.item_id <> OLD.item_id AND {NOT_IN_FORCE}", message="清单之外不能检查"),
        guard("inspections_start_in_force", table="inspections_inspection", event="UPDATE", when=STARTS_OUTSIDE, message="清单之外不能检查"),
    ]
