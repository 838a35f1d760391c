"""Charts: each number is the length of its list, and what each role sees equals a plain count in Python."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from datetime import date, timedelta
from xml.etree import ElementTree

import openpyxl
import pytest

from app.analysis import charts, glance, keeping, queries_course, queries_kept
from app.analysis import lens as lenses
from app.analysis.models import Count
from app.analysis.scope import Scope
from app.clock import day_of, now, today
from app.db import db, unit_of_work
from app.escalations.models import Climb, Rung
from app.evidence.traces import Likeness
from app.findings.models import Finding
from app.people.models import SUPERVISING, Person, Post
from app.steps.actions import take
from app.units.models import Unit
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}
ROLES = ("leader", "inspector", "district", "owner", "neighbour", "stranger")


@pytest.fixture
def county(app):
    """Findings of every fate: late, returned twice, passed at once, come back, long-term, supported, a draft."""
    with app.app_context(), unit_of_work():
        cast, moment = Cast(), now()
        old, older = moment - timedelta(days=45), moment - timedelta(days=120)
        late = story.rectifying(cast, at=older, text="围墙开裂", clause="安全 3.2")
        story.issued(cast, at=old, unit="north", text="宿舍电线老化", clause="安全 3.2")
        story.issued(cast, unit="willow", text="消防栓无水", supporters=[cast.units["north"]])
        back = story.verifying(cast, at=moment - timedelta(days=10), text="灭火器过期", clause="食品 7.1")
        again(back, cast)
        again(back, cast)
        first = story.closed(cast, at=moment - timedelta(days=20), text="疏散指示缺失")
        came = story.issued(cast, text="疏散指示又缺失", recurs=first)
        story.planning(cast, at=old, text="校舍改造", track="long_term")
        take(came.task, "propose_withdrawal", cast.inspector, now=moment, reason="重复")
        story.draft(cast, text="尚未下达")
        climb(late.task)
        piece = story.evidence(back.task, cast.owner, sha256="a" * 64)
        other = story.evidence(first.task, cast.owner, sha256="b" * 64)
        db.session.add(Likeness(evidence_id=piece.id, other_id=other.id, kind="alike", distance=2, found_at=moment))
        gone = db.session.query(Post).filter_by(person=cast.northerner).one()
        gone.ends_on = today() - timedelta(days=1)
    return app


def again(finding, cast):
    """Sent back, put right anew, handed in once more."""
    given = {"method": "papers", "reason": "照片不清", "on": None}
    take(finding.task, "send_back", cast.district, now=now(), **given)
    story.done(story.planned(finding, cast, text="再次更换"), cast)
    take(finding.task, "report_done", cast.owner, now=now(), remark="")


def climb(task):
    """Its open wait has climbed to the urging."""
    rungs = {rung.kind: rung for rung in db.session.query(Rung) if rung.ladder_id == 1}
    for kind in ("reminder", "urging"):
        rung = rungs[kind]
        db.session.add(Climb(
            task=task, wait=task.current_wait, rung=rung, until=task.current_wait.until, kind=kind, days=rung.days,
            due_at=now(), fired_at=now(), outcome="skipped",
        ))  # fmt: skip


def listed(browser, url):
    """How many findings stand in the list behind that address."""
    found = 0
    while url:
        answer = browser.get(url, headers=JSON).json
        found, url = found + len(answer["findings"]), answer["next"]
    return found


def seen(login):
    """What she may see, worked out without any SQL of ours: task by task, from her posts and the parties."""
    person = db.session.query(Person).filter_by(login=login).one()
    return [finding for finding in db.session.query(Finding) if _may_see(person, finding.task)]


def _may_see(person, task):
    seats = person.seats
    if any(seat.kind == "inspector" and seat.unit_id == task.issuer_unit_id for seat in seats):
        return True
    if task.issued_at is None:
        return False
    wide = [seat.reach if seat.kind in ("inspector", "reviewer", "leader") else seat.path
            for seat in seats if seat.kind != "member"]  # fmt: skip
    party = any(p.person_id == person.id or (p.until is None and person.sits(p.post or "", p.unit_id))
                for p in task.parties)  # fmt: skip
    return party or any((task.unit_path or "-").startswith(path) for path in wide)


def oracle(login):
    """The sums of every chart, counted one finding after the other."""
    day = today()
    tasks = [finding.task for finding in seen(login)]
    open_ = [task for task in tasks if task.open]
    late = [t for t in open_ if t.submitted_at is None and t.due_on and t.due_on < day]
    valid = [t for t in tasks if t.issued_at and t.state != "withdrawn"]
    dated = [t for t in valid if t.track != "long_term"]
    closed = [t for t in dated if t.state == "closed"]
    aged = Counter(_age((day - day_of(t.issued_at)).days) for t in open_ if t.issued_at)
    due = [t for t in dated if t.state == "closed" or t.due_on <= day]
    waited = [(now() - t.current_wait.started_at).days for t in open_]
    return {
        "units": [len(open_), len(late)],
        "ageing": [aged[n] for n in range(4)],
        "returned": [sum(t.returns >= n for t in open_) for n in (1, 2)],
        "stuck": [len(open_), *(sum(days >= n for days in waited) for n in (14, 30, 90))],
        "rates": [len(dated), len(closed), len(due), sum(day_of(t.submitted_at) <= t.due_on for t in closed)],
        "long_term": [sum(t.track == "long_term" for t in valid)],
        "first_pass": [sum(t.state == "closed" or t.returns > 0 for t in valid),
                       sum(t.state == "closed" and not t.returns for t in valid)],
        "recurrences": [len(valid), sum(t.finding.recurs_id is not None for t in valid)],
        "clauses": [len([t for t in valid if t.unit_id])],
    }  # fmt: skip


def _age(days):
    return 0 if days <= 7 else 1 if days <= 30 else 2 if days <= 90 else 3


def test_every_number_is_the_length_of_its_list_and_what_a_plain_count_finds(county, sign_in):
    for login in ROLES:
        with county.app_context():
            expected = oracle(login)
        compare(sign_in(login), expected, login)


def compare(browser, expected, login):
    """What the pages say with what was counted; every number is followed to its list once."""
    lengths = {}
    for name in [one["name"] for one in browser.get("/analysis", headers=JSON).json["charts"]]:
        chart = browser.get(f"/analysis/{name}", headers=JSON).json
        sums = [int(cell["number"]) for cell in chart["sums"] if isinstance(cell["number"], int)]
        known = expected.get(name, [])
        assert sums[: len(known)] == known, (login, name)
        for cell in [*(cell for row in chart["rows"] for cell in row), *chart["sums"]]:
            if url := cell["url"]:
                lengths[url] = lengths[url] if url in lengths else listed(browser, url)
                assert lengths[url] == cell["number"], (login, name, cell)


LINK = re.compile(r'<a\b([^>]*)href="(/findings[?][^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


def numbered(page):
    """Every link to a list with the number it says: the last of its label or words, of a whole sentence the first."""
    for before, url, after, words in LINK.findall(page):
        label = re.search('aria-label="([^"]*)"', before + after)
        told = re.sub("<[^>]*>", " ", label[1] if label else words).replace(",", "")
        if found := re.findall(r"(?<![\d.])\d+(?![\d.]|\s*%)", told):
            yield html.unescape(url), int(found[0 if told.strip().endswith(("。", ".")) else -1]), told


@pytest.mark.parametrize("login", ["leader", "head"])
def test_every_number_on_a_page_is_the_length_of_the_list_it_leads_to(county, sign_in, login):
    browser, lengths, seen = sign_in(login), {}, 0
    with county.app_context():
        units = [f"/units/{unit.id}" for unit in db.session.query(Unit)]
    shown = [f"/analysis/{name}" for name, one in charts.CHARTS.items() if one.is_listed]
    for page in ["/", "/coverage", "/week", *units, *shown]:
        answer = browser.get(page)  # what is not for her answers 404 and says nothing
        for url, number, told in numbered(answer.text):
            lengths[url] = lengths[url] if url in lengths else listed(browser, url)
            assert lengths[url] == number, (page, url, told)
            seen += 1
    assert seen > 20


def test_the_named_things_are_found(county, sign_in):
    def rows(name):
        chart = sign_in("leader").get(f"/analysis/{name}", headers=JSON).json
        return {row[0]["text"]: [cell["number"] for cell in row[1:]] for row in chart["rows"]}

    assert rows("hints")["清河县第一小学"] == [1, 1]
    assert rows("ladder")["清河县第一小学"][1:4] == [3, 0, 1]
    assert rows("vacant")["北山中学"] == [1, 1, 1]
    assert rows("returned")["清河县第一小学"] == [1, 1]
    assert sum(row[1] or 0 for row in rows("waits").values()) > 0


def test_the_unit_that_sent_a_photo_is_not_told_of_hints(county, sign_in):
    for login in ("head", "owner"):
        assert sign_in(login).get("/analysis/hints").status_code == 404
        assert listed(sign_in(login), "/findings?hints=1&state=all") == 0
    assert listed(sign_in("district"), "/findings?hints=1") == 1


def test_open_at_the_end_of_each_week_is_what_was_issued_and_had_not_ended(county):
    with county.app_context():
        rows = queries_course.flow(lenses.of(Cast().leader), Scope(today()))
        tasks = [finding.task for finding in seen("leader") if finding.task.issued_at]
        for _first, last, _came, _went, standing in rows:
            end = date.fromisoformat(last)
            assert standing == sum(day_of(t.issued_at) <= end and not (t.closed_at and day_of(t.closed_at) <= end)
                                   for t in tasks), last  # fmt: skip


def test_a_chart_is_drawn_with_words_beside_it_and_its_workbook_holds_the_same(county, sign_in):
    leader = sign_in("leader")
    for name in [name for name, one in charts.CHARTS.items() if one.is_listed]:
        page = leader.get(f"/analysis/{name}?unit=清河").text
        if drawn := re.search(r'<svg class="(bars|weeks|heat)".*</svg>(?=\s*(<p|<figcaption))', page, re.DOTALL):
            drawing = ElementTree.fromstring(drawn[0])
            assert all(drawing.find(part).text for part in ("title", "desc"))
        assert 'style="' not in page
        book = leader.get(f"/analysis/{name}/workbook?unit=清河")
        assert book.status_code == 200
        sheet = openpyxl.load_workbook(io.BytesIO(book.data)).active
        heads = leader.get(f"/analysis/{name}?unit=清河", headers=JSON).json["heads"]
        assert [cell.value for cell in sheet[4]][: len(heads)] == heads


def test_few_are_grey_and_never_ranked_and_nothing_is_divided_by_nothing(county, sign_in):
    chart = sign_in("leader").get("/analysis/first_pass", headers=JSON).json
    assert [row[3]["few"] for row in chart["rows"]] == [True]
    rates = sign_in("stranger").get("/analysis/rates", headers=JSON).json
    assert rates["rows"] == []
    key = charts.CHARTS["units"].order
    rows = [["a", "甲", 4, 4, 0], ["b", "乙", 10, 5, 0], ["c", "丙", 20, 12, 0]]
    assert [row[1] for row in sorted(rows, key=key)] == ["丙", "乙", "甲"]


def test_a_large_house_shows_as_of_when_and_the_tick_counts_again(county, sign_in):
    county.config["KEPT_FROM"] = 1
    try:
        leader, address = sign_in("leader"), "/analysis/units"
        before = leader.get(address, headers=JSON).json
        with county.app_context(), unit_of_work():
            story.issued(Cast(), unit="first", text="新发现的问题")
        assert leader.get(address, headers=JSON).json == before
        with county.app_context():
            assert keeping.refresh(now() + timedelta(minutes=16)) == 1
        after = leader.get(address, headers=JSON).json
        assert after["sums"][1]["number"] == before["sums"][1]["number"] + 1
        assert after["as_of"] > before["as_of"]
        assert sign_in("stranger").get(address, headers=JSON).json["rows"] == []
        with county.app_context(), unit_of_work():
            post = db.session.query(Post).filter_by(person=Cast().leader).one()
            post.ends_on = today() - timedelta(days=1)
        assert leader.get(address, headers=JSON).json["rows"] == []
        with county.app_context():
            keeping.refresh(now() + timedelta(days=36))
            assert db.session.query(Count).count() == 0
    finally:
        county.config["KEPT_FROM"] = 50_000


def test_nobody_waits_for_the_desk_nor_a_leader_for_a_chart_neither_after_midnight_nor_after_a_holiday(county, sign_in):
    county.config["KEPT_FROM"] = 1
    try:
        with county.app_context():
            others = len(queries_kept.holders(SUPERVISING, today())) - len(queries_kept.holders({"leader"}, today()))
            assert others >= 2
            assert keeping.ahead(now() - timedelta(hours=3)) == len(charts.CHARTS) + others
            assert keeping.ahead(now()) == 0
            lens, late = lenses.of(Cast().leader), now() - timedelta(hours=3)
            tomorrow = Scope(today() + timedelta(days=1))
            kept = keeping.counted(glance.UNITS, lens, tomorrow, late + timedelta(hours=7))
            assert (kept.is_kept, abs(kept.at - late) < timedelta(minutes=1)) == (True, True)
        for address in ("/", *(f"/analysis/{name}" for name, one in charts.CHARTS.items() if one.is_listed)):
            with counted(county) as sent:
                assert sign_in("leader").get(address).status_code == 200
            assert not [one for one in sent if re.search(r"GROUP BY|sum\(", one)], address
        with counted(county) as sent:
            assert sign_in("inspector").get("/").status_code == 200
        assert not [one for one in sent if re.search(r"GROUP BY|sum\(", one)]
        for days in (3, 20):
            with county.app_context():
                assert keeping.refresh(now() + timedelta(days=days)) == len(charts.CHARTS) + others
    finally:
        county.config["KEPT_FROM"] = 50_000


def test_a_chart_costs_a_bounded_number_of_statements(county, sign_in):
    leader = sign_in("leader")
    for name in [name for name, one in charts.CHARTS.items() if one.is_listed]:
        with counted(county) as sent:
            leader.get(f"/analysis/{name}")
        assert len(sent) <= 8, (name, sent)


def test_the_median_is_the_middle_one():
    assert queries_course.median(Counter({1: 1, 3: 1})) == 2
    assert queries_course.median(Counter({0: 5, 9: 4})) == 0
    assert queries_course.median(Counter({2: 1, 4: 1, 8: 1})) == 4
