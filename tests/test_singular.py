"""English says one thing otherwise than two; Chinese says both alike."""

from __future__ import annotations

import re

from flask import render_template_string
from flask_babel import force_locale

from app.catalogue import said
from app.singular import ONE
from app.words import told
from workflows.grammar import say

PLACES = re.compile(r"%\((\w+)\)")


def test_every_sentence_that_counts_one_is_one_that_is_said_and_fills_the_same_places():
    assert set(ONE) <= said()
    for many, one in ONE.items():
        assert set(PLACES.findall(one)) <= set(PLACES.findall(many)), many


def test_one_day_is_no_days_in_code_and_in_templates(app):
    page = "{{ _('%(n)d drafts', n=n) }} {{ _('Overdue') }} {{ _('%(n)d more stand in the table.', n=n) }} <{{ n }}>"
    for language, counted in [
        ("en", ("1 day overdue", "2 days overdue", "1 draft Overdue 1 more stands in the table. <1>")),
        ("zh_CN", ("逾期1天", "逾期2天", "1 项待下达 逾期 另有1项，见下表。 <1>")),
    ]:
        with app.test_request_context(), force_locale(language):
            said_of = [told(say("%(n)d days overdue", n=n)) for n in (1, 2)]
            assert [*said_of, render_template_string(page, n=1)] == list(counted), language
