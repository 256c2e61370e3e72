"""Errors of fields in our words: what is wrong, and the fix."""

import pytest
from django import forms


class Every(forms.Form):
    text = forms.CharField(max_length=3)
    number = forms.IntegerField(min_value=2, max_value=9)
    share = forms.DecimalField()
    day = forms.DateField()
    kind = forms.ChoiceField(choices=[("a", "甲")])
    code = forms.SlugField()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "没有填写"),
        ({"text": "一二三四"}, "最多 3 个字，现在有 4 个"),
        ({"number": "1"}, "不能小于 2"),
        ({"number": "10"}, "不能大于 9"),
        ({"number": "x"}, "只能填整数，例如 2"),
        ({"share": "x"}, "只能填数字，例如 3 或 3.5"),
        ({"day": "昨天"}, "日期写成 2020-05-18 这样"),
        ({"kind": "b"}, "从列出的选项里选一个"),
        ({"code": "高风险"}, "只用半角字母、数字、短横线和下划线，例如 high-risk"),
    ],
)
def test_a_field_says_the_fix(typed, words):
    form = Every(typed)
    assert words in str(form.errors)
    assert "确保" not in str(form.errors)
