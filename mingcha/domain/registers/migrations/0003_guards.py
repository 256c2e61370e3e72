"""What was noted, signed, decided or given away stays on record as it was."""

from django.db import migrations

from mingcha.kit.triggers import guard

DECIDED = (
    "NEW.subject_id <> OLD.subject_id OR NEW.department_id <> OLD.department_id OR NEW.kind <> OLD.kind"
    " OR NEW.since <> OLD.since OR NEW.until <> OLD.until OR NEW.reason <> OLD.reason"
    " OR NEW.decided_by_id <> OLD.decided_by_id OR (OLD.lapsed_on IS NOT NULL AND NEW.lapsed_on IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_search")]

    operations = [
        guard("registers_note_stays", table="registers_journalnote", event="UPDATE", message="工作记事不能修改"),
        guard("registers_note_never_goes", table="registers_journalnote", event="DELETE", message="工作记事不能删除"),
        guard("registers_delivery_stays", table="registers_datadelivery", event="UPDATE", message="数据提供记录不能修改"),
        guard("registers_delivery_never_goes", table="registers_datadelivery", event="DELETE", message="数据提供记录不能删除"),
        guard("registers_confirmation_stays", table="registers_registerconfirmation", event="UPDATE", message="更新确认不能修改"),
        guard("registers_relief_stays", table="registers_relief", event="UPDATE", when=DECIDED, message="免检决定不能改写"),
        guard("registers_relief_never_goes", table="registers_relief", event="DELETE", message="免检决定不能删除"),
        guard("registers_move_stays", table="registers_registermove", event="UPDATE", message="出入库记录不能修改"),
        guard("registers_move_never_goes", table="registers_registermove", event="DELETE", message="出入库记录不能删除"),
        guard("registers_signal_never_goes", table="registers_signal", event="DELETE", message="监管信息不能删除"),
        guard("registers_dispute_never_goes", table="registers_dispute", event="DELETE", message="争议登记不能删除"),
    ]
