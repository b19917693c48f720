from django.db import migrations


def write(apps, schema_editor):
    from projects.search import reindex

    reindex(apps.get_model("projects", "Project").objects.all())


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0003_search_text'),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
