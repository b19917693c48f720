"""Here: the amounts kept per project and their sums, so that no page adds up all projects. Not here: keeping them (rollups)."""

from django.db import models

from reports.volume.models import Volume  # noqa: F401


class Place(models.Model):
    """What a project is counted under. No foreign key is enforced: a sum must never wait for a lock on a unit's row.

    `fiscal` is None while no source of money is known; `waiting_since` the day of 批复 while there is no contract yet.
    """

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.DO_NOTHING, "+", db_constraint=False)
    department = models.ForeignKey("organizations.Organization", models.DO_NOTHING, "+", db_constraint=False)
    state = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    fiscal = models.BooleanField(null=True)
    waiting_since = models.DateField(null=True)

    class Meta:
        abstract = True


def _amount(**options) -> models.DecimalField:
    return models.DecimalField(max_digits=20, decimal_places=2, **options)


class ProjectFigures(Place):
    """The amounts of one project that is no draft, in 元, as they were last added to the tallies; None is unknown."""

    project = models.OneToOneField("projects.Project", models.CASCADE, primary_key=True, related_name="figures")
    declared = _amount(null=True)
    reviewed = _amount(null=True)
    approved = _amount(null=True)
    allocated = _amount(null=True)
    procurement = _amount(null=True)
    contracted = _amount(null=True)
    paid = _amount(null=True)
    paid_under_contract = _amount(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["jurisdiction", "-project"], name="figures_page")]


class Tally(Place):
    """A change of the sums of one place, or several changes folded into one row. The sum of all rows is the figure.

    Rows are only added; folding (rollups.fold) puts one row in the place of many without changing any sum.
    """

    folded = models.BooleanField(default=False)
    projects = models.IntegerField(default=0)
    declared = _amount(default=0)
    declared_known = models.IntegerField(default=0)
    reviewed = _amount(default=0)
    reviewed_known = models.IntegerField(default=0)
    approved = _amount(default=0)
    approved_known = models.IntegerField(default=0)
    allocated = _amount(default=0)
    allocated_known = models.IntegerField(default=0)
    contracted = _amount(default=0)
    contracted_known = models.IntegerField(default=0)
    paid = _amount(default=0)
    paid_known = models.IntegerField(default=0)
    contract_over_approved = models.IntegerField(default=0)
    paid_over_contract = models.IntegerField(default=0)
    paid_over_approved = models.IntegerField(default=0)
    allocated_over_approved = models.IntegerField(default=0)
    procurement_over_allocated = models.IntegerField(default=0)
    contract_over_procurement = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["jurisdiction", "department"], name="tally_place"),
            models.Index(fields=["department"], condition=models.Q(folded=False), name="tally_to_fold"),
        ]


class RollupCheck(models.Model):
    """A comparison of a place's kept sums with its raw rows: how many projects, and each difference in words."""

    jurisdiction = models.ForeignKey("organizations.Jurisdiction", models.CASCADE, "+")
    at = models.DateTimeField()
    projects = models.IntegerField()
    differences = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
