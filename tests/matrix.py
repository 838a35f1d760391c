"""Asking every route as everybody: the scene that is set, and what each person is answered."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from app.analysis import actions as screens
from app.calendars.models import Hours
from app.clock import day_of, now
from app.db import db, unit_of_work
from app.draws import actions as draws
from app.draws.models import Drawn
from app.escalations.models import Climb, LadderChoice, Proposal, Rung
from app.escalations.watches import Alert
from app.evidence import actions as evidence
from app.evidence import actions_erasing, links
from app.evidence import actions_uploads as uploads
from app.evidence.receiving import receive_seen as receive
from app.evidence.traces import Likeness
from app.extensions import actions as extensions
from app.intake.models import Batch, Preview
from app.jobs import actions as jobs
from app.notices import keys, leaving
from app.notices.models import Channel, Message
from app.orders import actions as orders
from app.orders.addressing import Letter
from app.papers.models import Paper, PaperTask
from app.people import sessions
from app.people.models import Deputy, Person, Post
from app.people.queries import by_login
from app.reports import actions as reports
from app.tasks.clocks import Clock
from app.units import actions as units
from tests import story
from tests.cast import SINCE, START, Cast
from tests.evidence import pictures

FILE = Path(__file__).with_name("matrix.csv")
# Who asks, and how they stand to the finding of the scene.
ASKING = {
    "nobody": None,  # anonymous
    "owner": "owner",  # party by name
    "head": "head",  # own unit
    "teacher": "teacher",  # own unit, no party
    "inspector": "inspector",  # issuing side
    "district": "district",  # unit above, verifier
    "leader": "leader",  # reaches everything below the bureau
    "child": "branch",  # heads a unit below the school's
    "sibling": "neighbour",  # another school of the district
    "foreign": "stranger",  # another county
    "admin": "admin",  # administers, sees no findings
}
HEAD = ("method", "rule", *ASKING)
FORMS: dict[str, dict[str, Any]] = {
    "people.sign_in": {"login": "nobody", "password": "wrong"},
}


def scene(app: Any) -> dict[str, Any]:
    """A finding being put right, with everything that can hang on it; the values fill the rules' places."""
    with app.app_context(), unit_of_work():
        cast, moment = Cast(), now()
        finding = story.rectifying(cast, track="long_term")
        measure = finding.measures[0]
        stored = receive(BytesIO(pictures.jpeg()), "整改后.jpg")
        piece = evidence.add(finding.task, cast.owner, "after", stored, now=moment)
        draft = story.draft(cast)
        other = story.evidence(draft.task, cast.inspector, "before")
        hint = Likeness(evidence_id=piece.id, other_id=other.id, kind="alike", distance=3, found_at=moment)
        db.session.add(hint)
        said = {"kind": "after", "name": "整改后.jpg", "length": 1000}
        upload = uploads.announce(measure.task, cast.owner, "a-phones-name", now=moment, sha256="", **said)
        today = day_of(moment)
        later = finding.task.due_on.replace(year=finding.task.due_on.year + 1)
        extension = extensions.ask(finding, cast.owner, now=moment, reason="待拨款", proposed_on=later)
        report = reports.ask_for(finding, today, now=moment)
        db.session.add(Deputy(person=cast.westerner, deputy=cast.northerner, starts_on=today, ends_on=today))
        below(cast.units["first"])
        cast.owner.wishes = {"views": [[1, "我的", "mine=1"]]}
        db.session.add_all(lists(finding.inspection, cast.inspector, moment))
        letter = Letter("order", cast.units["first"], "限期整改", today)
        order, written = (
            act(letter, [finding.task], who, now=moment)
            for act, who in ((orders.send, cast.leader), (orders.write, cast.inspector))
        )
        circular, talk = (
            orders.send(replace(letter, kind=kind), [finding.task], cast.leader, now=moment)
            for kind in ("circular", "talk")
        )
        paper = proposed(story.rectifying(cast).task, cast.leader, moment)
        lot = drawn(cast, moment)
        choice = LadderChoice(unit=cast.units["west"], ladder_id=2)
        alert = Alert(kind="gap", key="gap:scene", message="stood still", given={}, first_at=moment, last_at=moment)
        set_days = Clock(kind="finding", state="issued", days=2, source="制度", set_at=moment)
        db.session.add_all([choice, alert, set_days])
        db.session.flush()
        return {
            "task_id": finding.task.id, "finding_id": finding.id, "inspection_id": finding.inspection.id,
            "visit_task": finding.inspection.task.id, "draft_task": draft.task.id, "likeness_id": hint.id,
            "measure_id": measure.id, "measure_task": measure.task.id, "evidence_id": piece.id, "upload_id": upload.id,
            "mark": links.signed(piece.id, cast.owner.id, moment),
            "extension_id": extension.id, "report_id": report.id, "unit_id": cast.units["first"].id,
            "person_id": cast.teacher.id, "post_id": db.session.query(Post).filter_by(person=cast.teacher).one().id,
            "view_id": 1, "deputy_id": db.session.query(Deputy).one().id, "size": 320, "year": 2026, "name": "comment",
            "filename": "vendor/app.css", **long_work(cast), "issuer_id": cast.units["office"].id,
            **numbered(finding, cast), "kind": "notice", "ending": "docx", "subject_id": finding.id,
            "preview_id": db.session.query(Preview).one().id, "batch_id": db.session.query(Batch).one().id,
            "ladder_id": 2, "choice_id": choice.id, "alert_id": alert.id, "clock_id": set_days.id, "chart": "units",
            **screen(cast),
            "draw_id": lot.draw_id, "drawn_id": lot.id, "proposal_id": paper.id, "order_id": order.id,
            "order_draft": written.task_id, "circular_id": circular.id, "talk_id": talk.id,
            **erasing(piece, cast), **post(cast, moment), "leaving": leaving.mark(cast.teacher.id, "news"),
            "signed_in": signed_in(moment),
        }  # fmt: skip


def drawn(cast: Cast, moment: Any) -> Drawn:
    """A closed finding of the school that was drawn for looking back."""
    story.closed(cast, text="灭火器过期", at=moment)
    db.session.flush()
    draws.draw(cast.units["first"], cast.county, now=moment, seed="回头看", size=1, criteria={}, at=moment)
    return db.session.query(Drawn).one()


def proposed(task: Any, leader: Person, moment: Any) -> Proposal:
    """An order that the ladder drafted about the finding for the leader."""
    rung = db.session.query(Rung).filter_by(kind="order").order_by(Rung.id).first()
    climb = Climb(
        task=task, wait=task.current_wait, rung=rung, until=task.current_wait.until, kind="order", days=rung.days,
        due_at=moment, fired_at=moment, outcome="skipped",
    )  # fmt: skip
    paper = Proposal(task=task, climb=climb, kind="order", decider=leader, made_at=moment)
    db.session.add(paper)
    db.session.flush()
    return paper


def erasing(piece: Any, cast: Cast) -> dict[str, int]:
    """A proposal to erase the photo, and an entry whose words might go."""
    erasure = actions_erasing.propose(piece, cast.colleague, "家长要求", now=now())
    entries = (entry for entry in piece.task.entries if entry.step == "begin")
    return {"erasure_id": erasure.id, "entry_id": next(entries).id}


def screen(cast: Cast) -> dict[str, Any]:
    """A wall display about the county."""
    made, token = screens.set_up("门厅", cast.units["bureau"], cast.admin, now=now())
    return {"screen_id": made.id, "token": token}


def long_work(cast: Cast) -> dict[str, int]:
    """One of the owner's exports that is ready, and one that waits."""
    made, waiting = (jobs.ask("ledger", cast.owner, {"n": n}, now=now()) for n in (1, 2))
    stored = receive(BytesIO(pictures.jpeg()), "台账.jpg")
    made.phase, made.ended_at, made.sha256, made.size = "done", now(), stored.sha256, stored.size
    made.name, made.media_type, made.expires_at = stored.name, stored.media_type, now() + timedelta(days=1)
    return {"job_id": made.id, "waiting_job": waiting.id}


def numbered(finding: Any, cast: Cast) -> dict[str, int]:
    """A notice about the finding, numbered by the inspector."""
    stored = receive(BytesIO(pictures.jpeg()), "整改通知书.jpg")
    paper = Paper(
        kind="notice", unit_id=cast.units["office"].id, year=2026, number=1, text="整改通知书〔2026〕1号",
        title="整改通知书（清河县第一小学）", subject_id=finding.id, about_unit_id=finding.task.unit_id,
        person_id=cast.inspector.id, at=now(), name="整改通知书.docx", sha256=stored.sha256, size=stored.size,
        tasks=[PaperTask(task_id=finding.task_id)],
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    return {"paper_id": paper.id}


def post(cast: Cast, moment: Any) -> dict[str, int | str]:
    """A robot, and a message to its group that was given up."""
    robot = Channel(kind="wecom", name="家校群", unit=cast.units["first"], made_at=moment)
    keys.keep(robot, "https://gateway/x", "")
    lost = Message(channel=robot, made_at=moment, phase="given_up", try_at=moment, tries=7, said='["Saved.", {}]')
    office = Hours(name="office", starts=480, ends=1080, source="制度", set_at=moment)
    db.session.add_all([lost, office])
    db.session.flush()
    return {"channel_id": robot.id, "message_id": lost.id}


def lists(visit: Any, inspector: Person, moment: Any) -> list[Any]:
    """A list that the visit's inspector is looking at, and one that was taken in."""
    aside = [{"row": 5, "sheet": "", "raw": "走廊灯不亮", "why": "缺单位", "advice": ""}]
    whole: dict[str, Any] = {"inspection": visit, "person": inspector, "at": moment, "text": "1、围墙开裂"}
    return [Preview(sha256="1" * 64, **whole), Batch(sha256="2" * 64, set_aside=aside, changes=[], **whole)]


def below(unit: Any) -> None:
    """A branch of the school, and whoever heads it."""
    branch = units.create(unit, kind="school", name="第一小学分校")
    head = Person(login="branch", name="汤敏", created_at=SINCE, activated_at=SINCE)
    db.session.add(Post(person=head, unit=branch, kind="head", starts_on=START))


# Rules whose task is not the finding itself.
TASKS = {
    "inspections.edit": "visit_task", "findings.add_finding": "visit_task", "intake.paste": "visit_task",
    "findings.edit": "draft_task", "measures.change": "measure_task",
    "orders.issue": "order_draft", "intake.preview": "visit_task", "intake.undo_batch": "visit_task",
}  # fmt: skip


def browsers(app: Any, places: dict[str, Any]) -> dict[str, Any]:
    """A browser for each who asks."""
    opened = {who: app.test_client() for who in ASKING}
    for who, token in places["signed_in"].items():
        with opened[who].session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
    return opened


def signed_in(moment: Any) -> dict[str, str]:
    """The session of each who asks."""
    return {who: sessions.start(by_login(login), now=moment) for who, login in ASKING.items() if login}


def routes(app: Any) -> list[tuple[str, Any]]:
    """Every method and rule the house answers."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    pairs = [(method, rule) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}]
    return sorted(pairs, key=lambda pair: (str(pair[1]), pair[0]))


def ask(browser: Any, method: str, rule: Any, places: dict[str, Any], **sent: str) -> str:
    """The status with which that route answers in this scene, an empty form or `sent` being sent."""
    values = dict(places)
    if rule.endpoint == "jobs.cancel":
        values["job_id"] = places["waiting_job"]
    if rule.endpoint == "intake.rules":
        values["unit_id"] = places["issuer_id"]
    if rule.endpoint.startswith("notices."):
        values["mark"] = places["leaving"]
    if rule.endpoint == "calendars.unset_hours":
        values["name"] = "office"
    if rule.endpoint in TASKS:
        values["task_id"] = places[TASKS[rule.endpoint]]
    address = str(rule)
    for name in rule.arguments:
        converter = rule._converters[name].__class__.__name__
        kind = "int:" if converter == "RowNumber" else "path:" if converter == "PathConverter" else ""
        address = address.replace(f"<{kind}{name}>", str(values[name]))
    data = {"file": (BytesIO(b""), "")} if rule.endpoint == "evidence.upload" else {}
    form = data | FORMS.get(rule.endpoint, {}) | sent if method == "POST" else None
    with browser.open(address, method=method, data=form) as answer:
        return answer_class(answer)


def answer_class(answer: Any) -> str:
    """The status; a redirect to the sign-in page is told apart from one that goes on."""
    if answer.status_code in (302, 303) and "/login" in answer.headers.get("Location", ""):
        return "login"
    return str(answer.status_code)


def expected() -> dict[tuple[str, str], dict[str, str]]:
    """The matrix as it is kept: by method and rule, the answer for each who asks."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["method"], row["rule"]): row for row in csv.DictReader(file)}
