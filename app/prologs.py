"""Office packages: no part of XML in them may declare entities, which blow up or reach out once a parser follows."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

PROLOG, PIECE = 64 * 1024, 4096  # bytes in which the root element must have begun
XML = (".xml", ".rels", ".vml")


class Declares(Exception):
    """A part has a DOCTYPE."""


class NotXml(Exception):
    """A part is called XML and is not."""


class _Begun(Exception):
    """The root element has begun; what could declare entities lies behind us."""


def check(package: zipfile.ZipFile) -> None:
    """Look before the root of every part of XML; expat knows a DOCTYPE in every encoding and behind every comment."""
    for name in package.namelist():
        if name.lower().endswith(XML):
            _check(package, name)


def _check(package: zipfile.ZipFile, name: str) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = _root
    try:
        with package.open(name) as part:
            for _piece in range(PROLOG // PIECE):
                parser.Parse(part.read(PIECE))
    except _Begun:
        return
    except expat.ExpatError as error:
        raise NotXml from error
    raise NotXml


def _doctype(*_declared: object) -> None:
    raise Declares


def _root(*_element: object) -> None:
    raise _Begun
