"""Here: the check character of GB 32100-2015 and what a clerk is told. Not here: whose code it is."""

import pytest
from django.core.exceptions import ValidationError

from organizations.credit_codes import check_character, validate_credit_code
from organizations.models import Organization


@pytest.mark.parametrize(
    ("body", "character"),
    [
        ("91350100M000100Y4", "3"),
        ("91110000802100433", "B"),
        ("91330100799655058", "B"),
        ("9144030071526726X", "G"),
        ("91440300192203821", "6"),
        ("00000000000000000", "0"),
    ],
)
def test_check_character(body, character):
    assert check_character(body) == character
    validate_credit_code(body + character)


@pytest.mark.parametrize(
    ("code", "fault", "words"),
    [
        ("91350100M000100Y4", "length", "统一社会信用代码应为 18 位，现为 17 位。"),
        ("91350100M000100Y433", "length", "统一社会信用代码应为 18 位，现为 19 位。"),
        ("91350100M000100Y44", "check", "统一社会信用代码的校验位不符，请对照证照核对各位字符。"),
        ("93150100M000100Y43", "check", "统一社会信用代码的校验位不符，请对照证照核对各位字符。"),
        ("9135O1I0M000100Y43", "characters", "统一社会信用代码中不会出现“I、O”，请核对。"),
        ("９１350100M000100Y43", "characters", "统一社会信用代码中不会出现“１、９”，请核对。"),
    ],
)
def test_a_wrong_code_is_refused_in_words(code, fault, words):
    with pytest.raises(ValidationError) as refusal:
        validate_credit_code(code)
    assert refusal.value.code == fault
    assert refusal.value.messages == [words]


def test_every_single_wrong_letter_is_found():
    code = "91350100M000100Y43"
    for place in range(len(code)):
        for letter in "0123456789ABCDEFGHJKLMNPQRTUWXY".replace(code[place], ""):
            with pytest.raises(ValidationError):
                validate_credit_code(code[:place] + letter + code[place + 1 :])


@pytest.mark.parametrize(
    ("typed", "kept"), [(" 91350100 m000100y43 ", "91350100M000100Y43"), ("", None), ("  ", None), (None, None)]
)
def test_the_field_puts_typing_right(city, typed, kept):
    unit = Organization(jurisdiction=city, name="市教育局", credit_code=typed)
    unit.full_clean()
    unit.save()
    unit.refresh_from_db()
    assert unit.credit_code == kept
