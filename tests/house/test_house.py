"""The house keeps its rules, and every rule finds the fault that is planted for it."""

from pathlib import Path

import pytest

from tests.house import code, pages, tree
from tests.house.rule import Rule, TreeRule, plant

FILE_RULES = [*code.RULES, *pages.RULES]


def named(rules):
    return [pytest.param(rule, id=rule.says.split(" (")[0].split(":")[0]) for rule in rules]


@pytest.mark.parametrize("rule", named([*FILE_RULES, *tree.RULES]))
def test_the_house_keeps(rule: Rule | TreeRule):
    broken = rule.complaints()
    assert not broken, f"The rule: {rule.says}.\nInstead: {rule.instead}.\n" + "\n".join(broken)


@pytest.mark.parametrize("rule", named(FILE_RULES))
def test_it_is_noticed_when_somebody_forgets_that(rule: Rule):
    assert [text for text in rule.bad if not list(rule.finds(text))] == []
    assert [text for text in rule.fine if list(rule.finds(text))] == []


@pytest.mark.parametrize("rule", named(tree.RULES))
def test_it_is_noticed_when_a_tree_forgets_that(rule: TreeRule, tmp_path: Path):
    assert rule.complaints(plant(tmp_path / "sound", rule.sound)) == []
    assert rule.complaints(plant(tmp_path / "planted", rule.planted))


def test_a_rule_looks_where_it_says_and_spares_whom_it_names(tmp_path: Path):
    late = 'task.state = "closed"\n'
    plant(tmp_path, {"app/tasks/perform.py": late, "app/units/actions.py": late, "app/static/vendor/x.py": late})
    assert code.RULES[0].complaints(tmp_path) == ["app/units/actions.py:1"]
