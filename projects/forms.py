"""Here: the base of every evidence form, and the filing. Not here: rules of any regulation (packs)."""

from django import forms
from django.db import models

from organizations import clock
from policies.vocabulary import nearest
from projects.codes import PUBLIC_FACILITIES
from projects.evidence import evidence
from projects.fields import AttachmentField, LinesField, MoneyField, misshapen
from projects.investment import DECLARED
from projects.models import EstimateLine, FilingBatch, FundingLine, Project
from projects.models.material import Attachment
from projects.states import State

MONEY = (16, 2)
TO_CHOOSE = "请选择"


def formfield(db_field: models.Field, **kwargs):
    """Model field to form field: money and attachments get the fields of this house, dates a date input."""
    if isinstance(db_field, models.DecimalField) and (db_field.max_digits, db_field.decimal_places) == MONEY:
        label = kwargs.get("label", db_field.verbose_name)
        return MoneyField(label=label, required=not (db_field.null or db_field.blank), help_text=db_field.help_text)
    if isinstance(db_field, models.ForeignKey) and db_field.related_model is Attachment:
        return AttachmentField(label=db_field.verbose_name, required=not db_field.null, help_text=db_field.help_text)
    if isinstance(db_field, models.DecimalField):
        return db_field.formfield(min_value=0, **kwargs)
    if isinstance(db_field, models.DateField):
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return asking(db_field.formfield(**kwargs))


def asking(field):
    """A choice not made yet asks for one, in words."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = field.empty_label and TO_CHOOSE
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(code, TO_CHOOSE if code == "" else label) for code, label in field.choices]
    return field


def row_form(model: type[models.Model], columns: list[str]) -> type[forms.ModelForm]:
    """A form for one row of a table, from the line's model."""
    return forms.modelform_factory(model, fields=columns, formfield_callback=formfield)


class EvidenceForm(forms.ModelForm):
    """The one input check of a kind of evidence, whoever knocks: browser, REST, scenario.

    `line_models` maps a LinesField to (model of a line, name of its foreign key to the record). Subclasses may override
    `prepare(record)` to fill fields that nobody types.
    """

    formfield_callback = staticmethod(formfield)
    line_models: dict[str, tuple[type[models.Model], str]] = {}

    class Meta:
        formfield_callback = formfield

    def __init__(self, *args, project: Project, actor, **kwargs) -> None:
        self.project, self.actor = project, actor
        super().__init__(*args, **kwargs)
        self.order_columns()

    @classmethod
    def typed(cls, data, *, project: Project, actor) -> "EvidenceForm":
        """The form as filled in so far, unchecked, with blank rows again at the end of every table; files are not kept."""
        given = {name: each.widget.value_from_datadict(data, {}, name) for name, each in cls.base_fields.items()}
        return cls(project=project, actor=actor, initial=given)

    def order_columns(self) -> None:
        """A hook for forms that restrict choices to the project."""

    def set_misfits_aside(self) -> dict[str, list]:
        """Errors for what no browser would send (keys that are no field, values of another shape); the rest goes on."""
        data = self.data
        unknown = {
            key: [{"message": f"没有“{key}”这个字段{nearest(key, self.fields)}", "code": "unknown"}]
            for key in data
            if key not in self.fields and key.split("-")[0] not in self.fields
        }
        shapes = {key: misshapen(field, data.get(key)) for key, field in self.fields.items()}
        found = unknown | {key: [{"message": said, "code": "invalid"}] for key, said in shapes.items() if said}
        self.data = {key: value for key, value in data.items() if key not in found}
        return found

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name, field in self.fields.items():
            if isinstance(field, AttachmentField | LinesField) and name in self.cleaned_data:
                try:
                    self.cleaned_data[name] = field.clean_for(self.cleaned_data[name], self.project, self.actor)
                except forms.ValidationError as error:
                    self.add_error(name, error)

    def prepare(self, record) -> None:
        """A hook to complete the record before it is saved."""

    def save_record(self, role: str):
        """Insert the record with its lines. Call inside a transaction, after is_valid()."""
        record = self.instance
        record.project, record.recorded_by, record.recorded_role = self.project, self.actor, role
        record.recorded_at, record.recorded_on = clock.now(), clock.today()
        self.prepare(record)
        record.save()
        self._save_m2m()
        self.save_lines(record)
        return record

    def save_lines(self, record) -> None:
        """Write the rows of every table in the order they came."""
        for name, (model, owner) in self.line_models.items():
            if name in self.cleaned_data:
                rows = [model(**{owner: record}, position=at, **row) for at, row in enumerate(self.cleaned_data[name])]
                model.objects.bulk_create(rows)


FUNDING_COLUMNS = ["source", "level", "amount"]
ESTIMATE_COLUMNS = [
    "name", "type", "specification", "unit", "quantity", "unit_price", "amount", "own_built_reason",
]  # fmt: skip
FILING_FIELDS = [
    "name", "kind", "origin", "batch", "plan_year", "categories", "category_note", "ict_based", "parent_name",
    "parent_doc_no", "serves", "objective", "business_need", "shared_data_needed", "shared_data_offered",
    "no_sharing_reason", "public_facilities", "declared_total", "interim_superior_doc", "interim_government_doc",
    "interim_fund_source", "interim_fund_amount",
]  # fmt: skip


def filing_example(project: Project) -> dict:
    """Lawful defaults of a filing: one funding line, estimate lines that add up to the declared total."""
    from projects.examples import filing_defaults

    return filing_defaults(project)


@evidence(
    "filing", label="申报内容", stage="申报", by=["applicant"], open_in=[State.DRAFT], example=filing_example,
    help="草稿可以随时保存,提交时再检查是否齐全。",
)  # fmt: skip
class FilingForm(EvidenceForm):
    """The filing is the project itself while it is a draft: saved as often as the unit likes, incomplete if need be."""

    funding = LinesField(row_form(FundingLine, FUNDING_COLUMNS), label="资金来源", required=False)
    estimate = LinesField(row_form(EstimateLine, ESTIMATE_COLUMNS), label="概算明细", required=False)
    categories = forms.MultipleChoiceField(label="项目类别", required=False)
    public_facilities = forms.MultipleChoiceField(label="利用的公共基础设施", required=False)
    kind = forms.ChoiceField(label="建设性质")
    origin = forms.ChoiceField(label="申报来源")
    line_models = {"funding": (FundingLine, "project"), "estimate": (EstimateLine, "project")}

    class Meta:
        model = Project
        fields = FILING_FIELDS
        formfield_callback = formfield

    def __init__(self, *args, project: Project, actor, **kwargs) -> None:
        kwargs.setdefault("instance", project)
        super().__init__(*args, project=project, actor=actor, **kwargs)
        pack = project.pack
        for name, choices in (("kind", pack.kinds), ("origin", pack.origins), ("categories", pack.categories)):
            strange = name != "categories" and getattr(project, name) not in choices  # of a former instrument
            self.fields[name].choices = [("", "请选择")] * strange + [(choice, choice) for choice in choices]
        self.fields["public_facilities"].choices = [(each, each) for each in PUBLIC_FACILITIES]
        self.fields["batch"].queryset = FilingBatch.objects.filter(jurisdiction=project.jurisdiction)
        self.fields["serves"].queryset = Project.objects.filter(department=project.department).exclude(pk=project.pk)
        if self.is_bound and self.instance.pk:
            self._keep_what_was_not_sent()

    def _keep_what_was_not_sent(self) -> None:
        """A partial save (REST, autosave of one section) leaves the rest of the draft as it was."""
        if self.data.get("whole"):
            return
        for name in list(self.fields):
            prefix = f"{name}-"
            sent = name in self.data or name in self.files or any(str(key).startswith(prefix) for key in self.data)
            if not sent:
                del self.fields[name]

    def save_record(self, role: str) -> Project:
        """Update the draft row and replace the tables that were sent; the batch presets the year (YQ-3.1-4)."""
        project = self.instance
        columns = [name for name in self.cleaned_data if name in FILING_FIELDS]
        for name, (model, owner) in self.line_models.items():
            if name in self.cleaned_data:
                model.objects.filter(**{owner: project}).delete()
        self.save_lines(project)
        if project.batch and project.plan_year is None:
            project.plan_year = project.batch.plan_year
            columns.append("plan_year")
        if "declared_total" in columns and project.investment_source in ("", DECLARED):
            project.investment, project.investment_source = project.declared_total, DECLARED
            columns += ["investment", "investment_source"]
        project.save(update_fields=columns or None)
        return project
