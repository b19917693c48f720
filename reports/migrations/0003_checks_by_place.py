import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("reports", "0002_volume"),
    ]

    operations = [
        migrations.DeleteModel(name="RollupCheck"),
        migrations.CreateModel(
            name="RollupCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("projects", models.IntegerField()),
                ("differences", models.JSONField(default=list)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organizations.jurisdiction"
                    ),
                ),
            ],
            options={"ordering": ["-id"], "default_permissions": ()},
        ),
    ]
