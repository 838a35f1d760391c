"""Rules about what reaches a screen: no inline style or script, no foreign host, one vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.house.code import longer_than
from tests.house.rule import Rule

PAGES = ("templates/**/*.html",)
# What is said instead of what; the glossary decides, and one word has one meaning.
BANNED = {
    r"\bbugs?\b": "finding, 存在问题",
    r"(?<!\|)(?<!\| )\breject(s|ed|ing|ions?)?\b": "send back, refuse",
    "驳回": "退回",
    "台帐": "台账",
    "工单|缺陷": "问题",
    "任务失败": "what happened, what is kept, what to do",
    "登陆": "登录",
    "帐号|帐户": "账号",
    "其它": "其他",
}


def lines_with(pattern: str) -> Callable[[str], Iterator[int]]:
    """Finds the lines on which `pattern` begins; Jinja comments do not count."""
    wanted = re.compile(pattern, re.IGNORECASE)

    def find(text: str) -> Iterator[int]:
        text = text.replace("Report-Msgid-Bugs-To", "")  # the head of a catalogue, which the format prescribes
        shown = re.sub(r"\{#.*?#\}", lambda comment: "\n" * comment[0].count("\n"), text, flags=re.DOTALL)
        return (shown.count("\n", 0, match.start()) + 1 for match in wanted.finditer(shown))

    return find


RULES = [
    Rule(
        "a template carries no style",
        "name a class and describe it in app/static/css; the content policy blocks inline styles",
        lines_with(r"\sstyle\s*=|<style\b"),
        bad=('<p style="color:red">', "<style>p{}</style>"),
        fine=('<p class="late">', "{# style = #}"),
        among=PAGES,
    ),
    Rule(
        "a template carries no script",
        "write a module in app/static/js and hook it to a data- attribute; the policy blocks inline scripts",
        lines_with(r'<script(?![^>]*\b(?:src=|type="application/json"))|\son[a-z]+\s*=|hx-on|javascript:'),
        bad=(
            "<script>go()</script>",
            '<a onclick="go()">',
            '<a hx-on:click="go()">',
            '<a href="javascript:go()">',
        ),
        fine=(
            '<script src="/static/js/go.js" defer></script>',
            '<option value="on">',
            '<a data-confirm="once">',
        ),
        among=PAGES,
    ),
    Rule(
        "nothing is fetched from a foreign host",
        "install it through package.json; Rectify runs in closed networks",
        lines_with(r"https?://(?!www\.w3\.org/|127\.0\.0\.1:)|(?:src|href)\s*=\s*[\"']//|url\([\"']?//"),
        bad=('<link href="https://cdn.example/x.css">', '<img src="//host.example/x">'),
        fine=('<svg xmlns="http://www.w3.org/2000/svg">', '<a href="/tasks">', "proxy_pass http://127.0.0.1:8000;"),
        among=(*PAGES, "app/static/**/*.css", "app/static/**/*.js", "app/static/**/*.svg"),
    ),
    Rule(
        "a template stays under 60 lines",
        "split it by meaning; a part is one element with one id",
        longer_than(60),
        bad=("<p>\n" * 61,),
        fine=("<p>\n" * 60,),
        among=PAGES,
    ),
    Rule(
        "the screen speaks the glossary: one word for one thing",
        "say " + "; ".join(f"{word} (never {said})" for said, word in BANNED.items()),
        lines_with("|".join(BANNED)),
        bad=("<h1>Reject</h1>", 'msgstr "驳回"', "整改台帐"),
        fine=("<h1>退回</h1>", "整改台账", "debugger", "{{ rows|rejectattr('late') }}"),
        among=(*PAGES, "translations/**/*.po"),
    ),
]
