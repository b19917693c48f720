"""Here: reading a what-if question. Not here: answering it (policies.obligations)."""

from django import forms

from policies.loader import available, load
from policies.pack import Pack
from projects.fields import MoneyField


def called(pack: Pack) -> str:
    """A regulation as the choice names it; what binds nobody says so."""
    return f"{pack.doc_no} {pack.title}" + ("" if pack.binding else f"({pack.validity_words},仅供对照)")


class WhatIf(forms.Form):
    """Which regulation, what kind of project, how much. Everything but the regulation may stay open."""

    pack = forms.ChoiceField(label="适用文件")
    kind = forms.ChoiceField(label="建设性质", required=False)
    investment = MoneyField(label="投资额(元)", required=False)
    origin = forms.ChoiceField(label="申报来源", required=False)
    on = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data=None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        codes = available()
        self.fields["pack"].choices = [(code, called(load(code))) for code in codes]
        chosen = (data or {}).get("pack") or (codes[0] if codes else "")
        pack = load(chosen) if chosen in codes else None
        for name, values in (("kind", pack.kinds if pack else ()), ("origin", pack.origins if pack else ())):
            self.fields[name].choices = [("", "不限")] + [(value, value) for value in values]

    def question(self) -> tuple[Pack, dict]:
        """The pack and the facts given; facts left open are absent. Call after is_valid()."""
        asked = self.cleaned_data
        facts = {
            f"project.{name}": asked[name]
            for name in ("kind", "investment", "origin")
            if asked.get(name) not in (None, "")
        }
        return load(asked["pack"]), facts
