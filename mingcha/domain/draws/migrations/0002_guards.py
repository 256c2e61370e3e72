"""A draw only goes forward, and what it has fixed stays fixed, whoever writes."""

from django.db import migrations

from mingcha.kit.triggers import guard

ORDER = "CASE {row}.state WHEN 'SEATS' THEN 0 WHEN 'FROZEN' THEN 1 WHEN 'COMMITTED' THEN 2 WHEN 'DICE' THEN 3 WHEN 'OPENED' THEN 4 WHEN 'RESULT' THEN 5 WHEN 'SIGNED' THEN 6 WHEN 'IN_FORCE' THEN 7 WHEN 'VOIDED' THEN 8 ELSE 9 END"
BACKWARD = f"({ORDER.format(row='NEW')}) < ({ORDER.format(row='OLD')})"
EARLY_VOID = "NEW.state = 'VOIDED' AND OLD.state NOT IN ('DICE', 'OPENED', 'RESULT', 'SIGNED', 'VOIDED')"
VOID_LEFT = "OLD.state = 'VOIDED' AND NEW.state <> 'VOIDED'"
LATE_ABORT = "NEW.state = 'ABORTED' AND OLD.state NOT IN ('SEATS', 'FROZEN', 'COMMITTED', 'ABORTED')"


def fixed(column: str) -> str:
    """Once it says something, it says that for ever."""
    return f"(OLD.{column} <> '' AND NEW.{column} <> OLD.{column})"


FIXED = " OR ".join(
    fixed(column)
    for column in ("number", "rules_digest", "system_commitment", "freeze_digest", "dice", "system_secret", "seed", "key", "result_sha256", "locked_secret", "system_sealed_copy", "sealing_key", "abort_reason", "public_value", "void_reason")
) + " OR OLD.campaign_id <> NEW.campaign_id OR OLD.is_rehearsal <> NEW.is_rehearsal OR (OLD.rules_digest <> '' AND NEW.public_words <> OLD.public_words)"
SEAT_FIXED = " OR ".join(
    fixed(column)
    for column in ("party", "name", "unit", "capacity", "token", "commitment", "sealed_copy", "secret")
) + " OR OLD.draw_id <> NEW.draw_id"
# After the freeze nobody sits down; after the result nothing is added to it.
NOT_SEATING = "EXISTS (SELECT 1 FROM draws_draw d WHERE d.id = NEW.draw_id AND d.state <> 'SEATS')"
HAS_RESULT = "EXISTS (SELECT 1 FROM draws_draw d WHERE d.id = NEW.draw_id AND d.result_sha256 <> '')"
ITS_DRAW_HAS_RESULT = "EXISTS (SELECT 1 FROM draws_draw d JOIN draws_drawnsubject s ON s.draw_id = d.id WHERE s.id = NEW.drawn_id AND d.result_sha256 <> '')"
NOT_THE_NEXT = "NEW.last <> OLD.last + 1 OR NEW.department_id <> OLD.department_id OR NEW.year <> OLD.year OR NEW.is_rehearsal <> OLD.is_rehearsal"
DECIDED = "OLD.decision <> 'PROPOSED' OR NEW.drawn_id <> OLD.drawn_id"


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial")]

    operations = [
        guard("draws_forward_only", table="draws_draw", event="UPDATE", when=BACKWARD, message="抽取不能退回"),
        guard("draws_no_late_abort", table="draws_draw", event="UPDATE", when=LATE_ABORT, message="骰子录入后不能中止"),
        guard("draws_no_early_void", table="draws_draw", event="UPDATE", when=EARLY_VOID, message="骰子录入前和生效后不能宣告无效"),
        guard("draws_void_stays", table="draws_draw", event="UPDATE", when=VOID_LEFT, message="已宣告无效的抽取不能恢复"),
        guard("draws_fixed_stays", table="draws_draw", event="UPDATE", when=FIXED, message="抽取的既定内容不能修改"),
        guard("draws_draw_never_goes", table="draws_draw", event="DELETE", message="抽取不能删除"),
        guard("draws_file_never_changes", table="draws_frozenfile", event="UPDATE", message="冻结的文件不能修改"),
        guard("draws_file_never_goes", table="draws_frozenfile", event="DELETE", message="冻结的文件不能删除"),
        guard("draws_exhibit_never_changes", table="draws_exhibit", event="UPDATE", message="抽取附件不能修改"),
        guard("draws_exhibit_never_goes", table="draws_exhibit", event="DELETE", message="抽取附件不能删除"),
        guard("draws_seat_fixed", table="draws_seat", event="UPDATE", when=SEAT_FIXED, message="见证席位的既定内容不能修改"),
        guard("draws_seat_never_goes", table="draws_seat", event="DELETE", message="见证席位不能删除"),
        guard("draws_dice_never_change", table="draws_diceentry", event="UPDATE", when="EXISTS (SELECT 1 FROM draws_draw d WHERE d.id = OLD.draw_id AND d.dice <> '')", message="骰子已确认，不能修改"),
        guard("draws_dice_never_goes", table="draws_diceentry", event="DELETE", message="骰子录入不能删除"),
        guard("draws_seats_before_freeze", table="draws_seat", event="INSERT", when=NOT_SEATING, message="冻结后不能再入席"),
        guard("draws_series_counts_up", table="draws_drawseries", event="UPDATE", when=NOT_THE_NEXT, message="抽取编号只能逐号增加"),
        guard("draws_series_never_goes", table="draws_drawseries", event="DELETE", message="抽取编号不能删除"),
        guard("draws_subject_with_result", table="draws_drawnsubject", event="INSERT", when=HAS_RESULT, message="抽取结果不能增加"),
        guard("draws_inspector_with_result", table="draws_drawninspector", event="INSERT", when=ITS_DRAW_HAS_RESULT, message="抽取结果不能增加"),
        guard("draws_subject_never_changes", table="draws_drawnsubject", event="UPDATE", message="抽取结果不能修改"),
        guard("draws_subject_never_goes", table="draws_drawnsubject", event="DELETE", message="抽取结果不能删除"),
        guard("draws_inspector_never_changes", table="draws_drawninspector", event="UPDATE", message="抽取结果不能修改"),
        guard("draws_inspector_never_goes", table="draws_drawninspector", event="DELETE", message="抽取结果不能删除"),
        guard("draws_signature_never_changes", table="draws_signature", event="UPDATE", message="签字不能修改"),
        guard("draws_signature_never_goes", table="draws_signature", event="DELETE", message="签字不能删除"),
        guard("draws_objection_never_changes", table="draws_objection", event="UPDATE", message="异议不能修改"),
        guard("draws_objection_never_goes", table="draws_objection", event="DELETE", message="异议不能删除"),
        guard("draws_announcement_never_changes", table="draws_announcement", event="UPDATE", message="抽取公告不能修改"),
        guard("draws_announcement_never_goes", table="draws_announcement", event="DELETE", message="抽取公告不能删除"),
        guard("draws_substitution_decided_stays", table="draws_substitution", event="UPDATE", when=DECIDED + " OR NEW.leaves_id <> OLD.leaves_id OR NEW.enters_id <> OLD.enters_id", message="人员递补的记录不能修改"),
        guard("draws_substitution_never_goes", table="draws_substitution", event="DELETE", message="人员递补的记录不能删除"),
        guard("draws_reserve_decided_stays", table="draws_usedreserve", event="UPDATE", when=DECIDED + " OR NEW.reserve_id <> OLD.reserve_id", message="对象递补的记录不能修改"),
        guard("draws_reserve_never_goes", table="draws_usedreserve", event="DELETE", message="对象递补的记录不能删除"),
    ]
