"""Migrations go up, down and up again on both databases, end where the models stand, and keep what people entered."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.pool import NullPool

import config
from app import create_app
from app.clock import now
from app.db import Base, db, unit_of_work
from app.evidence.traces import PhotoFacts
from app.notices import keys
from app.notices.models import Channel
from tests import cast, postgres, story


def own_database(database, folder) -> str:
    """A database of its own beside the one the other tests use."""
    if database.url.startswith("sqlite"):
        return f"sqlite:///{folder / 'own.db'}"
    name = f"own_{folder.name.replace('-', '_')}"
    cluster = postgres.start()
    cluster.drop(name)
    return cluster.create(name)


def test_up_down_and_up_again_ends_where_the_models_stand(database, tmp_path):
    settings = config.from_environment({"DATA_DIR": str(tmp_path), "DATABASE_URL": own_database(database, tmp_path)})
    app = create_app(settings | {"SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": NullPool}})
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(tables()) <= {"alembic_version"}
        upgrade()
        assert differences() == []
        with unit_of_work():
            cast.enter()
            piece = story.evidence(story.draft(cast.Cast()).task, cast.Cast().inspector)
            db.session.add(PhotoFacts(evidence_id=piece.id, is_plain=False))
            robot = Channel(kind="dingtalk", name="群", unit_id=cast.Cast().units["first"].id, made_at=now())
            db.session.add(robot)
            keys.keep(robot, "https://oapi.dingtalk.com/robot/send?access_token=TOKEN", "SECRET")
        downgrade(revision="0034")
        told = db.session.execute(text("SELECT address, secret FROM channels WHERE kind = 'dingtalk'")).one()
        assert tuple(told) == ("https://oapi.dingtalk.com/robot/send?access_token=TOKEN", "SECRET")
        db.session.rollback()
        upgrade()
        robot = db.session.query(Channel).filter_by(kind="dingtalk").one()
        assert (robot.address, tuple(keys.of(robot))) == ("https://oapi.dingtalk.com", tuple(told))
        assert db.session.query(PhotoFacts).one().evidence_id == 1, "nothing was lost of what others refer to"
        db.session.remove()


def tables() -> list[str]:
    return list(db.inspect(db.engine).get_table_names())


def differences() -> list[object]:
    with db.engine.connect() as connection:
        options = {"compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))
