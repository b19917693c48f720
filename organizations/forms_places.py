"""Here: what the system administrator fills in about a jurisdiction. Not here: units, people, offices (forms_system.py)."""

from django import forms
from django.core.exceptions import ValidationError

from organizations.models import Jurisdiction
from organizations.places import below, open_work
from policies.loader import available, load


class PlaceForm(forms.ModelForm):
    """A jurisdiction: its pack binds, its place above is not below it; what becomes of open projects is said.

    Projects keep the instrument under which they were opened; a change of pack counts for those opened afterwards.
    """

    pack = forms.ChoiceField(label="适用文件", help_text="只列有效的文件。新建项目按所选文件办理。")
    what_of_open = forms.CharField(
        label="已开办的项目怎么办", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="有未办结项目时改换适用文件须写明。已开办的项目仍按原文件办理,需要改用新文件的由主管部门逐个决定。",
    )  # fmt: skip

    class Meta:
        model = Jurisdiction
        fields = ["code", "name", "parent", "pack"]
        help_texts = {
            "code": "英文小写、数字和短横线,例如 yueqing。登记后不再改。",
            "parent": "上级的主管部门和审计部门可以查阅本辖区已申报的项目,不能办理。",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        binding = [load(code) for code in available() if load(code).binding]
        self.fields["pack"].choices = [(pack.code, f"{pack.doc_no} {pack.title}") for pack in binding]
        places = Jurisdiction.objects.all()
        if self.instance.pk:
            places = places.exclude(pk__in=[self.instance.pk, *below([self.instance.pk])])
            self.fields["code"].disabled = True
        else:
            del self.fields["what_of_open"]
        self.fields["parent"].queryset = places
        self.fields["parent"].empty_label = "没有上级"
        self.open = open_work(self.instance) if self.instance.pk else 0

    def clean(self) -> dict:
        cleaned = super().clean()
        if "pack" in self.changed_data and self.open and not cleaned.get("what_of_open", "").strip():
            message = f"还有 {self.open} 个项目没有办结,请写明它们怎么办,再改换适用文件。"
            self.add_error(
                "what_of_open" if self.instance.pk else "pack", ValidationError(message, code="open_projects")
            )
        return cleaned
