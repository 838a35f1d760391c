"""What is static travels pressed to whoever can read it; pages never do."""

from __future__ import annotations

import gzip

GZIP, PLAIN = {"Accept-Encoding": "gzip, br"}, {"Accept-Encoding": "gzip;q=0"}
SHEET = "/static/css/app.css"


def test_static_texts_are_pressed_for_who_reads_gzip_each_kind_with_its_own_mark(client):
    plain, pressed = client.get(SHEET, headers=PLAIN, buffered=True), client.get(SHEET, headers=GZIP, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert (pressed.headers["Content-Encoding"], gzip.decompress(pressed.data)) == ("gzip", plain.data)
    assert int(pressed.headers["Content-Length"]) == len(pressed.data) < len(plain.data)
    assert plain.headers["ETag"] != pressed.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in pressed.headers["Vary"]
    again = client.get(SHEET, headers=GZIP | {"If-None-Match": pressed.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(SHEET, headers=GZIP, buffered=True).headers["ETag"] == pressed.headers["ETag"]
    part = client.get(SHEET, headers=GZIP | {"Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, plain.data[:10])


def test_pages_and_pictures_are_sent_as_they_are(client):
    for address in ("/login", "/static/marks/rectify.png", "/static/marks/dot.svg"):
        assert "Content-Encoding" not in client.get(address, headers=GZIP, buffered=True).headers
