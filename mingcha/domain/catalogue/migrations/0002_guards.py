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
BACKWARD = (
    "(OLD.state = 'SUPERSEDED' AND NEW.state <> 'SUPERSEDED')"
    " OR (OLD.state = 'IN_FORCE' AND NEW.state NOT IN ('IN_FORCE', 'SUPERSEDED'))"
    " OR NEW.department_id <> OLD.department_id OR NEW.edition <> OLD.edition"
)
BATCH_BACKWARD = BACKWARD.replace("NEW.edition <> OLD.edition", "NEW.batch <> OLD.batch")
# An article is linked to an item while its list is written; the repeal of the law does not take the link away.
LAW_CHANGED = "NEW.title <> OLD.title OR NEW.effective_on <> OLD.effective_on OR (OLD.repealed_on IS NOT NULL AND NEW.repealed_on IS NULL)"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        guard("catalogue_item_in_force_stays", table="catalogue_inspectionitem", event="UPDATE", when=LOCKED_ITEM, message="施行过的事项不能修改"),
        guard("catalogue_item_in_force_never_goes", table="catalogue_inspectionitem", event="DELETE", when=LOCKED_ITEM, message="施行过的事项不能删除"),
        guard("catalogue_point_in_force_stays", table="catalogue_checkpoint", event="UPDATE", when=LOCKED_POINT, message="施行过的检查要点不能修改"),
        guard("catalogue_point_in_force_never_goes", table="catalogue_checkpoint", event="DELETE", when=LOCKED_POINT, message="施行过的检查要点不能删除"),
        guard("catalogue_list_goes_forward", table="catalogue_itemlist", event="UPDATE", when=BACKWARD, message="清单版次只能向前"),
        guard("catalogue_list_in_force_never_goes", table="catalogue_itemlist", event="DELETE", when="OLD.state <> 'DRAFT'", message="施行过的清单不能删除"),
        guard("catalogue_note_handed_in_stays", table="catalogue_changenote", event="UPDATE", when=LOCKED_ITEM, message="送审和施行的调整说明不能修改"),
        guard("catalogue_note_handed_in_never_goes", table="catalogue_changenote", event="DELETE", when=LOCKED_ITEM, message="送审和施行的调整说明不能删除"),
        guard("catalogue_basis_in_force_stays", table="catalogue_itembasis", event="UPDATE", when=LOCKED_POINT, message="施行过的检查依据不能修改"),
        guard("catalogue_basis_in_force_never_goes", table="catalogue_itembasis", event="DELETE", when=LOCKED_POINT, message="施行过的检查依据不能删除"),
        guard("catalogue_law_stays", table="catalogue_law", event="UPDATE", when=LAW_CHANGED, message="法律法规条目不能改写，废止不能撤回"),
        guard("catalogue_freeze_never_goes", table="catalogue_freeze", event="DELETE", message="冻结记录不能删除"),
        guard("catalogue_decision_stays", table="catalogue_decision", event="UPDATE", message="审批意见不能修改"),
        guard("catalogue_decision_never_goes", table="catalogue_decision", event="DELETE", message="审批意见不能删除"),
        guard("catalogue_rulebook_goes_forward", table="catalogue_rulebook", event="UPDATE", when=BACKWARD, message="细则版次只能向前"),
        guard("catalogue_chapter_in_force_stays", table="catalogue_rulebookchapter", event="UPDATE", when=LOCKED_CHAPTER, message="送审和施行的细则不能修改"),
        guard("catalogue_chapter_in_force_never_goes", table="catalogue_rulebookchapter", event="DELETE", when=LOCKED_CHAPTER, message="送审和施行的细则不能删除"),
        guard("catalogue_joint_goes_forward", table="catalogue_jointlist", event="UPDATE", when=BATCH_BACKWARD, message="联查事项清单只能向前"),
        guard("catalogue_joint_item_in_force_stays", table="catalogue_jointitem", event="UPDATE", when=LOCKED_JOINT, message="送审和公布的联查事项不能修改"),
        guard("catalogue_joint_item_in_force_never_goes", table="catalogue_jointitem", event="DELETE", when=LOCKED_JOINT, message="送审和公布的联查事项不能删除"),
        guard("catalogue_outside_item_stays", table="catalogue_outsideitem", event="UPDATE", message="上级系统的清单不能修改"),
        guard("catalogue_outside_list_stays", table="catalogue_outsidelist", event="UPDATE", message="上级系统的清单不能修改"),
        guard("catalogue_stray_stays", table="catalogue_strayitem", event="UPDATE", message="上级系统的清单不能修改"),
        guard("catalogue_difference_stays", table="catalogue_difference", event="UPDATE", when="NEW.ours <> OLD.ours OR NEW.theirs <> OLD.theirs OR NEW.code <> OLD.code OR NEW.kind <> OLD.kind OR (OLD.verdict <> 'OPEN' AND NEW.verdict = 'OPEN')", message="核对差异不能修改"),
        guard("catalogue_difference_never_goes", table="catalogue_difference", event="DELETE", message="核对差异不能删除"),
    ]
