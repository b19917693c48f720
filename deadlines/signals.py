"""Here: what follows when a single calendar day is corrected by hand. Not here: publishing a whole year."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from deadlines.models import CalendarDay, CalendarYear
from deadlines.publish import recompute_provisional


@receiver([post_save, post_delete], sender=CalendarDay, dispatch_uid="deadlines.day_changed")
def day_changed(instance: CalendarDay, raw: bool = False, **kwargs: Any) -> None:
    # Fixtures bring years and computed dates of their own.
    if not raw:
        CalendarYear.touch(instance.day.year)
        recompute_provisional(instance.day)
