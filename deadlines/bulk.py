"""Here: INSERT … SELECT from a queryset, skipping rows that exist. Not here: what is inserted."""

from django.db import connection, models


def insert_select(model: type[models.Model], columns: list[str], rows: models.QuerySet) -> int:
    """Insert the `values_list` rows as these columns; rows that a unique key refuses are skipped. Returns how many came.

    The queryset needs a filter, else SQLite reads ON CONFLICT as a join.
    """
    select, values = rows.order_by().query.sql_with_params()
    quoted = [connection.ops.quote_name(name) for name in (model._meta.db_table, *columns)]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quoted[0]} ({', '.join(quoted[1:])}) {select} ON CONFLICT DO NOTHING", values)
        return cursor.rowcount
