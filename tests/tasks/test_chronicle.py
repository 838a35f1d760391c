"""Entries for many tasks at once: hashed as each would be alone."""

from datetime import UTC, datetime

from app.tasks.chronicle import BLANK, Hashes
from app.tasks.entries import SEALED, hash_of

AT = datetime(2026, 9, 21, 2, tzinfo=UTC)
NASTY = ('"","seq":0', '0,"text_hash"', '围墙\\"\n', '{"previous":"","seq":0}')


def test_a_row_among_many_has_the_hash_it_would_have_alone():
    hashes, facts = Hashes(), [{"said": said, said: [said, 0]} for said in NASTY]
    rows = [
        {**BLANK, "actor_name": NASTY[0], "task_id": n, "seq": n % 3, "at": AT, "step": "urge", "from_state": state,
         "to_state": state, "level": n % 2, "facts": facts[n % 4], "previous": f"{n:064d}"}
        for n, state in enumerate(["issued", "planning", "rectifying"] * 8)
    ]  # fmt: skip
    assert [hashes.of(row) for row in rows] == [hash_of({name: row[name] for name in SEALED}) for row in rows]
