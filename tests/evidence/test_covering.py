"""What must not be seen is painted over in every copy; a photo sent back for it is hidden until then."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from app.clock import now
from app.db import db, unit_of_work
from app.evidence.models import Evidence
from app.evidence.shrink import COVER
from app.tasks.entries import Entry, Listener
from app.tasks.models import Party
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone

JSON = {"Accept": "application/json"}
LEFT = "[[0, 0, 0.5, 1]]"


@pytest.fixture
def photo(app, sign_in) -> str:
    """The address of a photo that the owner sent for a measure."""
    with app.app_context(), unit_of_work():
        measure = story.rectifying(Cast()).measures[0].task.id
    phone = Phone(sign_in("owner"), measure, pictures.jpeg())
    phone.announces()
    return f"/evidence/{phone.sends(0).headers['Upload-Evidence']}"


def seen(browser, address: str, size: int = 320) -> tuple[int, int, int] | str:
    """The colour in the middle of the left half, or what else is shown instead."""
    answer = browser.get(f"{address}/{size}")
    if answer.mimetype != "image/jpeg":
        return answer.mimetype
    return colour(answer.data)


def colour(content: bytes) -> tuple[int, int, int]:
    image = Image.open(io.BytesIO(content))
    return image.getpixel((image.width // 4, image.height * 3 // 4))


def is_covered(colour) -> bool:
    return max(abs(a - b) for a, b in zip(colour, COVER, strict=True)) < 12


def test_boxes_sent_with_a_photo_are_burnt_into_every_copy_and_the_file_is_sealed(app, sign_in, photo):
    with app.app_context():
        task = db.session.query(Evidence).one().task_id
    phone = Phone(sign_in("owner"), task, pictures.photo())
    phone.announces()
    phone.announces(boxes=LEFT)
    address = f"/evidence/{phone.sends(0).headers['Upload-Evidence']}"
    for login in ("owner", "district"):
        assert all(is_covered(seen(sign_in(login), address, size)) for size in (320, 1600))
        assert sign_in(login).get(f"{address}/file").status_code == 403
    assert not is_covered(seen(sign_in("district"), photo))
    packed = zipfile.ZipFile(io.BytesIO(sign_in("inspector").get("/papers/ledger/file?format=pack").data))
    carried = [packed.read(name) for name in packed.namelist() if name.endswith(".jpg")]
    assert sorted(is_covered(colour(copy)) for copy in carried) == [False, True], "as in what is carried out"
    with app.app_context():
        assert db.session.query(Evidence).order_by(Evidence.id.desc()).first().sha256 == phone.sha256


def test_a_reviewer_sends_a_photo_back_and_it_is_hidden_until_it_is_covered(app, sign_in, photo):
    district, owner, leader = sign_in("district"), sign_in("owner"), sign_in("leader")
    before = seen(leader, photo)
    assert district.post(f"{photo}/cover-request").status_code == 303
    assert district.post(f"{photo}/cover-request").status_code == 409
    assert seen(sign_in("head"), photo) == seen(owner, photo) == before, "who may cover it still sees it"
    assert "需遮挡" in owner.get(photo).text
    with app.app_context():
        entry = db.session.query(Entry).filter_by(step="ask_to_cover").one()
        told = db.session.query(Listener).filter_by(entry_id=entry.id).one()
        assert told.person_id == Cast().owner.id
    assert "退回遮挡" in owner.get("/inbox").text
    for page in ("/", "/inbox"):
        assert f'href="{photo}#cover"' in owner.get(page).text, "a thing to do, one tap from where it is done"
    (waits,) = owner.get("/", headers=JSON).json["to_cover"]
    assert (waits["url"], waits["name"]) == (photo, "整改后.jpg")
    for login in ("district", "leader", "stranger"):
        assert sign_in(login).get("/", headers=JSON).json["to_cover"] == []
    assert owner.post(f"{photo}/cover", data={"boxes": LEFT}).status_code == 303
    assert owner.get("/", headers=JSON).json["to_cover"] == []
    assert is_covered(seen(leader, photo))
    assert is_covered(seen(owner, photo))


def test_somebody_who_only_looks_sees_nothing_of_a_hidden_photo(app, sign_in, photo):
    with app.app_context(), unit_of_work():
        piece, cast = db.session.query(Evidence).one(), Cast()
        piece.cover_asked_at = now()
        for task in (piece.task, piece.task.measure.findings[0].task):
            db.session.add(Party(task=task, role="supporter", person_id=cast.teacher.id, since=now(), level=0))
    teacher = sign_in("teacher")
    assert seen(teacher, photo) == "image/svg+xml"
    assert teacher.get(f"{photo}/file").status_code == 403
    assert teacher.post(f"{photo}/cover", data={"boxes": LEFT}).status_code == 403
    assert teacher.post(f"{photo}/cover-request").status_code == 403


def test_covering_is_only_ever_added_to(app, sign_in, photo):
    owner = sign_in("owner")
    owner.post(f"{photo}/cover", data={"boxes": LEFT})
    again = owner.post(f"{photo}/cover", data={"boxes": LEFT})
    assert again.status_code == 422
    assert "至少" in again.text
    assert owner.post(f"{photo}/cover", data={"boxes": "[[0.9, 0.9, 0.1, 0.1]]"}).status_code == 303
    assert owner.get(photo, headers=JSON).json["boxes"] == [[0, 0, 0.5, 1], [0.9, 0.9, 0.1, 0.1]]
    assert is_covered(seen(owner, photo))
    assert owner.post(f"{photo}/cover", data={"boxes": "[[1,2]]"}).status_code == 422
    assert owner.post(f"{photo}/cover", data={"boxes": LEFT, "sha256": "0"}).status_code == 422
