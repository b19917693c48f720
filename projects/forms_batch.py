"""Here: the form of a filing notice. Not here: publishing it (filing.py)."""

from django import forms

from projects.forms import formfield
from projects.models import FilingBatch


class BatchForm(forms.ModelForm):
    """Title, year, window and requirements of the yearly notice (YQ-3.1-1)."""

    class Meta:
        model = FilingBatch
        fields = ["title", "doc_no", "calendar_year", "opens_on", "closes_on", "requirements"]
        formfield_callback = formfield
