"""清单之外无检查, kept by the database: an inspection starts only on items in force. Old rows stay valid later.

Two inspectors start it, answers stand once the visit is over, results once they are confirmed. Nobody is replaced after
the start, and whoever was replaced stays on the record.
"""

from django.db import migrations

from mingcha.kit.triggers import guard

NOT_IN_FORCE = """EXISTS (
    SELECT 1 FROM catalogue_inspectionitem item JOIN catalogue_itemlist list ON list.id = item.item_list_id
    WHERE item.id = NEW.item_id AND (list.state <> 'IN_FORCE' OR EXISTS (
        SELECT 1 FROM catalogue_freeze f WHERE f.item_id = item.id AND f.lifted_at IS NULL)))"""
STARTS_OUTSIDE = """NEW.state = 'VISITING' AND OLD.state = 'ASSIGNED' AND (
    NOT EXISTS (SELECT 1 FROM inspections_finding f WHERE f.inspection_id = NEW.id)
    OR EXISTS (
        SELECT 1 FROM inspections_finding f JOIN catalogue_inspectionitem item ON item.id = f.item_id
        JOIN catalogue_itemlist list ON list.id = item.item_list_id
        WHERE f.inspection_id = NEW.id AND (list.state <> 'IN_FORCE' OR EXISTS (
            SELECT 1 FROM catalogue_freeze z WHERE z.item_id = item.id AND z.lifted_at IS NULL))))"""

TOO_FEW = """NEW.state = 'VISITING' AND OLD.state = 'ASSIGNED' AND (
    SELECT COUNT(*) FROM inspections_assignment a WHERE a.inspection_id = NEW.id AND a.arrived_at IS NOT NULL AND a.withdrawn_at IS NULL) < 2"""
VISIT_IS_OVER = """EXISTS (
    SELECT 1 FROM inspections_finding f JOIN inspections_inspection i ON i.id = f.inspection_id
    WHERE f.id = OLD.finding_id AND i.state <> 'VISITING')"""
CONFIRMED = """(NEW.result <> OLD.result OR NEW.problem <> OLD.problem) AND EXISTS (
    SELECT 1 FROM inspections_inspection i WHERE i.id = NEW.inspection_id AND i.state = 'CONFIRMED')"""

# Nobody is replaced once the visit runs, and whoever was replaced stays replaced.
LATE_WITHDRAWAL = """NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL AND EXISTS (
    SELECT 1 FROM inspections_inspection i WHERE i.id = NEW.inspection_id AND i.state <> 'ASSIGNED')"""
BACK_AGAIN = "OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL"
CALLED_BACK = "OLD.state = 'CALLED_OFF' AND NEW.state <> 'CALLED_OFF'"


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial"), ("catalogue", "0001_initial")]

    operations = [
        guard("inspections_item_in_force", table="inspections_finding", event="INSERT", when=NOT_IN_FORCE, message="清单之外不能检查"),
        guard("inspections_item_changed_in_force", table="inspections_finding", event="UPDATE OF item_id", when=f"NEW.item_id <> OLD.item_id AND {NOT_IN_FORCE}", message="清单之外不能检查"),
        guard("inspections_start_in_force", table="inspections_inspection", event="UPDATE", when=STARTS_OUTSIDE, message="清单之外不能检查"),
        guard("inspections_two_start", table="inspections_inspection", event="UPDATE", when=TOO_FEW, message="须有两名执法人员到场"),
        guard("inspections_answer_stands", table="inspections_answer", event="UPDATE", when=VISIT_IS_OVER, message="检查结束后答案不能修改"),
        guard("inspections_result_stands", table="inspections_finding", event="UPDATE", when=CONFIRMED, message="已审核的结果不能修改"),
        guard("inspections_no_late_withdrawal", table="inspections_assignment", event="UPDATE", when=LATE_WITHDRAWAL, message="检查开始后不能换人"),
        guard("inspections_withdrawn_stays", table="inspections_assignment", event="UPDATE", when=BACK_AGAIN, message="已退出的人员不能恢复"),
        guard("inspections_person_never_goes", table="inspections_assignment", event="DELETE", message="派出人员不能删除"),
        guard("inspections_called_off_stays", table="inspections_inspection", event="UPDATE", when=CALLED_BACK, message="已由备选替换的检查不能恢复"),
    ]
