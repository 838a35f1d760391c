"""What machines ask: is it well, what can it do, and what is said in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

from app import catalogue
from workflows.book import WORKFLOWS


def test_the_house_says_that_it_is_well(client):
    assert client.get("/healthz").json["state"] == "ok"


def test_the_openapi_document_knows_every_step_and_what_it_asks(sign_in):
    paths = sign_in("head").get("/openapi.json").json["paths"]
    for workflow in WORKFLOWS.values():
        for step in workflow.steps:
            assert step.opens or f"/tasks/{{task_id}}/steps/{step.name}" in paths
    asked = paths["/tasks/{task_id}/steps/send_back"]["post"]["requestBody"]["content"]
    of_finding, of_order = asked["application/x-www-form-urlencoded"]["schema"]["anyOf"]
    assert (of_finding["required"], of_order["required"]) == (["method", "reason"], ["reason"])
    assert of_finding["additionalProperties"] is of_order["additionalProperties"] is False


def test_everything_that_is_said_is_said_in_chinese_too():
    written = catalogue.read(catalogue.catalogue_file())
    assert catalogue.missing(written) == []
    assert catalogue.misplaced(written) == []
    mixed = [m.id for m in written if m.id and re.search(r"(?:[A-Za-z]+,? ){7}", "".join(m.string))]
    assert mixed == [], "a translation goes on in English"


def test_the_catalogue_keeps_nothing_that_nobody_says():
    written = catalogue.read(catalogue.catalogue_file())
    said = {message if isinstance(message, str) else message[0] for message in catalogue.said()}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in written if message.id}
    assert kept - said == set()


def test_the_page_that_nginx_shows_by_itself_is_there_and_needs_nothing_else(app):
    said = (Path(app.root_path).parent / "templates/handbook/_running.html").read_text()
    shown, root = re.search(r"location = /(\S+) \{ internal; root /opt/rectify/(\S+); \}", said).groups()
    page = (Path(app.root_path).parent / root / shown).read_text()
    assert f"/{shown};" in said
    assert "请求未送达系统" in page
    assert re.findall(r"(?:src|href)=\"(?!/\")", page) == [], "the house may be what is away"
