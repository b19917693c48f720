"""Here: what all rooms know, read together: dashboards, tables, statistics. Not here: writing anything."""
