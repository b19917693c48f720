"""Here: what people type to keep the pool and to run a draw. Not here: evidence (review.py), the draw (reviews/panel.py)."""

from decimal import Decimal

from django import forms

from reviews.criteria import ITEMS, TECHNICAL
from reviews.forms.base import NamesField
from reviews.models import Expert, Recusal
from reviews.models.review import CONCLUSIONS

MOST = 15


class PoolFilter(forms.Form):
    """Which experts to list."""

    q = forms.CharField(label="姓名或单位", required=False, max_length=50)
    specialty = forms.ChoiceField(label="专业", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("in", "在库"), ("out", "已停用")])

    def __init__(self, data, specialties: list[str]) -> None:
        super().__init__(data)
        self.fields["specialty"].choices = [("", "全部"), *((each, each) for each in specialties)]


class ExpertForm(forms.ModelForm):
    """An expert of the pool."""

    specialties = NamesField(label="专业", help_text="一行一个,如:网络安全。抽取时可按专业分配席位。")

    class Meta:
        model = Expert
        fields = ["name", "employer", "title", "specialties", "phone"]

    def clean_employer(self) -> str:
        """Without stray blanks: it is compared with units and firms."""
        return "".join(self.cleaned_data["employer"].split())

    def clean_name(self) -> str:
        """Without stray blanks."""
        return "".join(self.cleaned_data["name"].split())

    def validate_unique(self) -> None:
        """Also within the place, which nobody types."""
        exclude = self._get_validation_exclusions() - {"jurisdiction"}
        try:
            self.instance.validate_unique(exclude=exclude)
            self.instance.validate_constraints(exclude=exclude)
        except forms.ValidationError as error:
            self.add_error(None, error)


class SetupForm(forms.Form):
    """Seats of a panel: how many, how many kept for each specialty, how many substitutes."""

    members = forms.IntegerField(label="专家人数", min_value=1, max_value=MOST, initial=5)
    substitutes = forms.IntegerField(label="候补人数", min_value=0, max_value=MOST, initial=2)
    reason = forms.CharField(label="重新抽取的理由", max_length=300, required=False)

    def __init__(self, data=None, *, specialties: dict[str, int], again: bool) -> None:
        super().__init__(data, auto_id="setup_%s")
        self.fields["reason"].required = again
        if not again:
            del self.fields["reason"]
        self.free = specialties
        for name, free in specialties.items():
            self.fields[f"seats:{name}"] = forms.IntegerField(
                label=name, min_value=0, max_value=MOST, required=False, help_text=f"可抽取 {free} 人"
            )

    @property
    def strata(self):
        """The bound fields of the specialties."""
        return [self[name] for name in self.fields if name.startswith("seats:")]

    def asked(self) -> dict:
        """members, substitutes, strata, reason. Call after is_valid()."""
        data = self.cleaned_data
        strata = {name: data.get(f"seats:{name}") or 0 for name in self.free}
        return {
            "members": data["members"], "substitutes": data["substitutes"], "strata": strata,
            "reason": data.get("reason", ""),
        }  # fmt: skip


class HoldForm(forms.Form):
    """The number called out in the room when the draw is held."""

    on_site = forms.CharField(label="现场公开数字", max_length=40, required=False)


class StepBackForm(forms.Form):
    """Who steps back and why."""

    expert = forms.ChoiceField(label="专家")
    kind = forms.ChoiceField(label="事由", choices=Recusal.KINDS)
    reason = forms.CharField(label="理由", max_length=300)

    def __init__(self, data=None, *, experts=()) -> None:
        super().__init__(data, auto_id="back_%s")
        self.fields["expert"].choices = [("", "请选择"), *((str(each.pk), str(each)) for each in experts)]


class OpinionForm(forms.Form):
    """One member's signed sheet: a score from 0 to 100 per criterion, conclusion and text."""

    expert = forms.ChoiceField(label="专家")
    conclusion = forms.ChoiceField(label="结论", choices=[("", "请选择"), *CONCLUSIONS])
    text = forms.CharField(label="意见", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)

    def __init__(self, data=None, *, experts=()) -> None:
        super().__init__(data, auto_id="opinion_%s")
        self.fields["expert"].choices = [("", "请选择"), *((str(each.pk), str(each)) for each in experts)]
        for item in TECHNICAL:
            self.fields[f"score_{item}"] = forms.DecimalField(
                label=ITEMS[item][6:], min_value=Decimal(0), max_value=Decimal(100), decimal_places=2,
                help_text="0 至 100 分",
            )  # fmt: skip

    @property
    def score_fields(self):
        """The bound fields of the scores."""
        return [self[f"score_{item}"] for item in TECHNICAL]

    def scores(self) -> dict[str, Decimal]:
        """By criterion. Call after is_valid()."""
        return {item: self.cleaned_data[f"score_{item}"] for item in TECHNICAL}
