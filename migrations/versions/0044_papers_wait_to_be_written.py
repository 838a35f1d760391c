"""Papers wait to be written: numbered with what they say, their file made when they are first opened."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: a rebuilt table would take along, on SQLite, whatever refers to it.
    op.execute(
        "ALTER TABLE papers ADD COLUMN unwritten JSON"
        " CONSTRAINT ck_papers_written CHECK ((unwritten IS NULL) = (sha256 <> ''))"
    )


def downgrade() -> None:
    op.drop_column("papers", "unwritten")
