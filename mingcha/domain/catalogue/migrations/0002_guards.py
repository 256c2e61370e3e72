"""What has been in force stays as it was: the past is inspected by it (不得随意增减、改动)."""

from django.db import migrations

from mingcha.kit.triggers import guard

LOCKED_ITEM = "EXISTS (SELECT 1 FROM catalogue_itemlist l WHERE l.id = OLD.item_list_id AND l.state <> 'DRAFT')"
LOCKED_POINT = (
    "EXISTS (SELECT 1 FROM catalogue_inspectionitem i JOIN catalogue_itemlist l ON l.id = i.item_list_id"
    " WHERE i.id = OLD.item_id AND l.state <> 'DRAFT')"
)
LOCKED_CHAPTER = "EXISTS (SELECT 1 FROM catalogue_rulebook r WHERE r.id = OLD.rulebook_id AND r.state <> 'DRAFT')"
LOCKED_JOINT = "EXISTS (SELECT 1 FROM catalogue_jointlist j WHERE j.id = OLD.joint_list_id AND j.state <> 'DRAFT')"
# Nothing is added to what was handed in, or moved into it either.
INTO_ITEM, INTO_POINT = LOCKED_ITEM.replace("OLD.", "NEW."), LOCKED_POINT.replace("OLD.", "NEW.")
INTO_CHAPTER, INTO_JOINT = LOCKED_CHAPTER.replace("OLD.", "NEW."), LOCKED_JOINT.replace("OLD.", "NEW.")
BACKWARD = (
    "(OLD.state = 'SUPERSEDED' AND NEW.state <> 'SUPERSEDED')"
    " OR (OLD.state = 'IN_FORCE' AND NEW.state NOT IN ('IN_FORCE', 'SUPERSEDED'))"
    " OR NEW.department_id <> OLD.department_id OR NEW.edition <> OLD.edition"
)
BATCH_BACKWARD = BACKWARD.replace("NEW.edition <> OLD.edition", "NEW.batch <> OLD.batch")
LIST_BACKWARD = BACKWARD + " OR (OLD.state <> 'DRAFT' AND NEW.text_form <> OLD.text_form)"
# A freeze is lifted once, with its reason; nothing else of it changes.
FREEZE_CHANGED = (
    "OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL OR NEW.item_id <> OLD.item_id OR NEW.law_id <> OLD.law_id"
    " OR NEW.frozen_at <> OLD.frozen_at"
)
# An article is linked to an item while its list is written; the repeal of the law does not take the link away.
LAW_CHANGED = "NEW.title <> OLD.title OR NEW.effective_on <> OLD.effective_on OR (OLD.repealed_on IS NOT NULL AND NEW.repealed_on IS NULL)"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        guard("catalogue_item_in_force_stays", table="catalogue_inspectionitem", event="UPDATE", when=f"{LOCKED_ITEM} OR {INTO_ITEM}", message="施行过的事项不能修改"),
        guard("catalogue_item_in_force_never_goes", table="catalogue_inspectionitem", event="DELETE", when=LOCKED_ITEM, message="施行过的事项不能删除"),
        guard("catalogue_item_not_added_later", table="catalogue_inspectionitem", event="INSERT", when=INTO_ITEM, message="送审和施行的清单不能增加事项"),
        guard("catalogue_point_in_force_stays", table="catalogue_checkpoint", event="UPDATE", when=f"{LOCKED_POINT} OR {INTO_POINT}", message="施行过的检查要点不能修改"),
        guard("catalogue_point_in_force_never_goes", table="catalogue_checkpoint", event="DELETE", when=LOCKED_POINT, message="施行过的检查要点不能删除"),
        guard("catalogue_point_not_added_later", table="catalogue_checkpoint", event="INSERT", when=INTO_POINT, message="送审和施行的清单不能增加检查要点"),
        guard("catalogue_list_goes_forward", table="catalogue_itemlist", event="UPDATE", when=LIST_BACKWARD, message="清单版次只能向前"),
        guard("catalogue_list_in_force_never_goes", table="catalogue_itemlist", event="DELETE", when="OLD.state <> 'DRAFT'", message="施行过的清单不能删除"),
        guard("catalogue_note_handed_in_stays", table="catalogue_changenote", event="UPDATE", when=f"{LOCKED_ITEM} OR {INTO_ITEM}", message="送审和施行的调整说明不能修改"),
        guard("catalogue_note_handed_in_never_goes", table="catalogue_changenote", event="DELETE", when=LOCKED_ITEM, message="送审和施行的调整说明不能删除"),
        guard("catalogue_note_not_added_later", table="catalogue_changenote", event="INSERT", when=INTO_ITEM, message="送审和施行的清单不能增加调整说明"),
        guard("catalogue_basis_in_force_stays", table="catalogue_itembasis", event="UPDATE", when=f"{LOCKED_POINT} OR {INTO_POINT}", message="施行过的检查依据不能修改"),
        guard("catalogue_basis_in_force_never_goes", table="catalogue_itembasis", event="DELETE", when=LOCKED_POINT, message="施行过的检查依据不能删除"),
        guard("catalogue_basis_not_added_later", table="catalogue_itembasis", event="INSERT", when=INTO_POINT, message="送审和施行的清单不能增加检查依据"),
        guard("catalogue_law_stays", table="catalogue_law", event="UPDATE", when=LAW_CHANGED, message="法律法规条目不能改写，废止不能撤回"),
        guard("catalogue_freeze_never_goes", table="catalogue_freeze", event="DELETE", message="冻结记录不能删除"),
        guard("catalogue_freeze_is_lifted_once", table="catalogue_freeze", event="UPDATE", when=FREEZE_CHANGED, message="冻结记录不能改写，只能解冻一次"),
        guard("catalogue_decision_stays", table="catalogue_decision", event="UPDATE", message="审批意见不能修改"),
        guard("catalogue_decision_never_goes", table="catalogue_decision", event="DELETE", message="审批意见不能删除"),
        guard("catalogue_rulebook_goes_forward", table="catalogue_rulebook", event="UPDATE", when=BACKWARD, message="细则版次只能向前"),
        guard("catalogue_chapter_in_force_stays", table="catalogue_rulebookchapter", event="UPDATE", when=f"{LOCKED_CHAPTER} OR {INTO_CHAPTER}", message="送审和施行的细则不能修改"),
        guard("catalogue_chapter_in_force_never_goes", table="catalogue_rulebookchapter", event="DELETE", when=LOCKED_CHAPTER, message="送审和施行的细则不能删除"),
        guard("catalogue_chapter_not_added_later", table="catalogue_rulebookchapter", event="INSERT", when=INTO_CHAPTER, message="送审和施行的细则不能增加章节"),
        guard("catalogue_joint_goes_forward", table="catalogue_jointlist", event="UPDATE", when=BATCH_BACKWARD, message="联查事项清单只能向前"),
        guard("catalogue_joint_item_in_force_stays", table="catalogue_jointitem", event="UPDATE", when=f"{LOCKED_JOINT} OR {INTO_JOINT}", message="送审和公布的联查事项不能修改"),
        guard("catalogue_joint_item_in_force_never_goes", table="catalogue_jointitem", event="DELETE", when=LOCKED_JOINT, message="送审和公布的联查事项不能删除"),
        guard("catalogue_joint_item_not_added_later", table="catalogue_jointitem", event="INSERT", when=INTO_JOINT, message="送审和公布的联查清单不能增加事项"),
        guard("catalogue_set_apart_stays", table="catalogue_setapart", event="UPDATE", message="不整合的决定不能修改"),
        guard("catalogue_set_apart_never_goes", table="catalogue_setapart", event="DELETE", message="不整合的决定不能删除"),
        guard("catalogue_outside_item_stays", table="catalogue_outsideitem", event="UPDATE", message="上级系统的清单不能修改"),
        guard("catalogue_outside_list_stays", table="catalogue_outsidelist", event="UPDATE", message="上级系统的清单不能修改"),
        guard("catalogue_stray_stays", table="catalogue_strayitem", event="UPDATE", message="上级系统的清单不能修改"),
        guard("catalogue_difference_stays", table="catalogue_difference", event="UPDATE", when="NEW.ours <> OLD.ours OR NEW.theirs <> OLD.theirs OR NEW.code <> OLD.code OR NEW.kind <> OLD.kind OR (OLD.verdict <> 'OPEN' AND NEW.verdict = 'OPEN')", message="核对差异不能修改"),
        guard("catalogue_difference_never_goes", table="catalogue_difference", event="DELETE", message="核对差异不能删除"),
    ]
