"""An invitation may be withdrawn, and whoever it named may be invited again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("draws", "0003_strangers_and_freeze")]

    operations = [
        migrations.AlterField(
            "invitation",
            "state",
            models.CharField(
                choices=[
                    ("ASKED", "申请中"),
                    ("INVITED", "已邀请"),
                    ("DECLINED", "未同意"),
                    ("REVOKED", "已撤回"),
                ],
                max_length=8,
                verbose_name="状态",
            ),
        ),
        migrations.RemoveConstraint("invitation", "draws_invited_once"),
        migrations.AddConstraint(
            "invitation",
            models.UniqueConstraint(
                condition=models.Q(("state", "REVOKED"), _negated=True),
                fields=["draw", "name", "unit", "asked_by_citizen"],
                name="draws_invited_once",
            ),
        ),
    ]
