"""抽查检查一经公示不得擅自改变 (S2-32), kept by the database."""

from django.db import migrations

from mingcha.kit.triggers import guard


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]

    operations = [
        guard("publication_stands", table="publication_publication", event="UPDATE", when="OLD.state <> 'DUE'", message="已公示的内容不能修改"),
        guard("publication_never_goes", table="publication_publication", event="DELETE", when="OLD.state <> 'DUE'", message="已公示的内容不能删除"),
    ]
