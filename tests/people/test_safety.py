"""Safe as delivered: cookies, headers, csrf, closed doors, and no start with what production must not have."""

import re
from io import BytesIO

import pytest

import config
from app import create_app
from app.evidence import receiving
from app.people import refuse_demo_people
from tests.people.keys import RIGHT, change, enter, is_in

OPEN = {"/login", "/login/demo", "/logout", "/language", "/activate", "/setup", "/static/<path:filename>", "/healthz"}
OPEN |= {"/help", "/wall/<token>", "/unsubscribe/<mark>"}  # whoever holds the mark may; a false one is not found
# Asks for the token itself, after the permission and before the bytes.
ASKS_LATER = {"/tasks/<int:task_id>/evidence", "/tasks/<int:task_id>/paste"}
PRODUCTION = {"RECTIFY_ENV": "production", "SECRET_KEY": "k" * 40, "TRUSTED_HOSTS": "localhost,rectify.example"}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+\s*=|\sstyle\s*=|<style|javascript:", re.IGNORECASE)


def rules(app, method):
    """Every address that takes the method, with 1 for its numbers and x for its words."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods:
            yield rule.rule, re.sub(r"<int:\w+>", "1", re.sub(r"<(?!int)[^>]+>", "x", rule.rule))


@pytest.mark.parametrize("secret", ["", "short", "k" * 31])
def test_production_does_not_start_with_a_weak_secret(tmp_path, secret):
    with pytest.raises(config.Unsafe, match="SECRET_KEY"):
        config.from_environment({"DATA_DIR": str(tmp_path), **PRODUCTION, "SECRET_KEY": secret})


def test_production_does_not_start_without_the_names_it_is_reached_by(tmp_path):
    with pytest.raises(config.Unsafe, match="TRUSTED_HOSTS"):
        config.from_environment({"DATA_DIR": str(tmp_path), **PRODUCTION, "TRUSTED_HOSTS": " , "})


def test_under_a_foreign_name_nobody_is_answered(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["localhost", ".rectify.example"])
    assert client.get("/login", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/login", headers={"Host": "county.rectify.example"}).status_code == 200


def test_every_error_page_carries_a_number_of_its_own(client, caplog):
    pages = [client.get("/nowhere").text for _try in range(2)]
    numbers = [re.search(r"404[^<]*?([0-9a-f]{8})", page)[1] for page in pages]
    assert numbers[0] != numbers[1]
    assert "trace-12345" in client.get("/nowhere", headers={"X-Request-Id": "trace-12345"}).text
    assert "<b>" not in client.get("/nowhere", headers={"X-Request-Id": "<b>1234</b>"}).text


def production(database, tmp_path, **more):
    settings = config.from_environment({"DATA_DIR": str(tmp_path), "DATABASE_URL": database.url, **PRODUCTION, **more})
    return settings | {"SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": pytest.importorskip("sqlalchemy.pool").NullPool}}


def test_production_does_not_start_with_demo_people(app, database, tmp_path):
    assert create_app(production(database, tmp_path)).config["DEMO"] is False
    change(app, "head", is_demo=True)
    with pytest.raises(config.Unsafe, match=r"demo people \(such as head\)"):
        create_app(production(database, tmp_path))


def test_production_starts_with_a_database_that_is_not_yet_migrated(app, tmp_path):
    empty = config.from_environment({"DATA_DIR": str(tmp_path), **PRODUCTION})
    refuse_demo_people(create_app(empty))


def test_in_production_the_cookie_travels_under_tls_only(app, database, tmp_path):
    house = create_app(production(database, tmp_path) | {"WTF_CSRF_ENABLED": False, "TESTING": True})
    change(app, "head", password=RIGHT)
    cookie = enter(house.test_client(), "head").headers["Set-Cookie"]
    assert cookie.startswith("__Host-rectify=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Expires" not in cookie


def test_everywhere_the_cookie_is_out_of_reach_of_scripts(app, client):
    change(app, "head", password=RIGHT)
    cookie = enter(client, "head").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_no_address_writes_without_a_token(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browser = sign_in("admin")
    answers = {rule: browser.post(path).status_code for rule, path in rules(app, "POST") if rule not in ASKS_LATER}
    assert len(answers) > 10
    assert {rule: status for rule, status in answers.items() if status != 400} == {}


def test_nobody_is_signed_in_by_a_foreign_page(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    change(app, "head", password=RIGHT)
    assert enter(client, "head").status_code == 400
    assert not is_in(client)
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', client.get("/login").text)[1]
    assert enter(app.test_client(), "head", csrf_token=token).status_code == 400
    assert enter(client, "head", csrf_token=token).status_code == 303
    assert is_in(client)


def test_a_form_that_outlived_its_session_leads_back_to_itself(app, client, sign_in, monkeypatch):
    browser = sign_in("inspector")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    sent = {"data": {"purpose": "消防检查"}, "headers": {"Referer": "http://localhost/inspections/new"}}
    lost = client.post("/inspections/new", **sent)
    assert (lost.status_code, 'href="/login?next=/inspections/new"' in lost.text) == (400, True)
    assert 'href="/inspections/new"' in browser.post("/inspections/new", **sent).text
    sent["headers"]["Referer"] = "http://evil.example/inspections/new"
    assert "inspections/new" not in client.post("/inspections/new", **sent).text


def test_every_address_is_closed_to_strangers_unless_it_says_otherwise(app, client):
    closed = [path for method in ("GET", "POST") for rule, path in rules(app, method) if rule not in OPEN]
    assert len(closed) > 10
    for method in ("GET", "POST"):
        for rule, path in rules(app, method):
            answer = client.open(path, method=method, headers={"Accept": "application/json"})
            assert (answer.status_code == 401) == (rule not in OPEN), f"{method} {rule}"


def test_a_view_that_forgot_to_ask_who_calls_is_closed_all_the_same(app, client, monkeypatch):
    def forgetful():
        return "secret"

    monkeypatch.setitem(app.view_functions, "people.activate", forgetful)
    assert client.get("/activate").location.startswith("/login")


def test_pages_carry_the_policy_and_nothing_inline(app, client, sign_in):
    pages = [client.get("/login"), client.get("/activate"), client.get("/nowhere"), sign_in("head").get("/password")]
    for page in pages:
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert page.headers["Cache-Control"] == "private, no-store"
        assert not INLINE.search(page.text), INLINE.search(page.text)


@pytest.mark.parametrize("path", ["/login", "/activate", "/password", "/password/others", "/language", "/login/demo"])
def test_unknown_fields_change_nothing(app, sign_in, path):
    answer = sign_in("head").post(path, data={"is_admin": "1", "locale": "en"})
    assert answer.status_code in {303, 404, 422}
    assert answer.status_code != 303 or path == "/password/others"


def test_strangers_fill_no_disk(app, client, sign_in, monkeypatch):
    """They are asked to sign in before a byte is written down; who signed in may send photos."""
    landed, photo = (
        [],
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + bytes(2 * 1024 * 1024),
    )
    monkeypatch.setattr(receiving, "Landing", lambda folder: landed.append(folder) or BytesIO())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    form = {"data": photo + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}
    for path in ("/login", "/tasks/1/evidence", "/inspections/new"):
        assert client.post(path, **form).location.startswith("/login"), path
    assert landed == []
    assert sign_in("inspector").post("/inspections/new", **form).status_code == 400
    assert len(landed) == 1
