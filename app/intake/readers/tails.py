"""Where an item on a shared line ends: “…;其三,校服价格没有公示。对此学校致歉。” The rest is no part of it."""

from __future__ import annotations

from app.intake.readers.numbering import Segment

_SPOKEN = ("being", "whose", "ordinal")


def cut(segments: list[Segment]) -> list[Segment]:
    """The same pieces; behind the full stop of an item said in a sentence, the rest stands by itself."""
    spoken = [one for one in segments if one.label and one.label.style in _SPOKEN]
    if len(spoken) < 2 or not any(one.plain.endswith((";", ",")) for one in spoken):
        return segments
    out: list[Segment] = []
    for segment in segments:
        stop = segment.plain.find("。")
        if segment in spoken and 0 < stop < len(segment.plain) - 1:
            out.append(Segment(segment.line.cut(0, stop + 1), segment.label, segment.opens_line))
            out.append(Segment(segment.line.cut(stop + 1), None, False))
        else:
            out.append(segment)
    return out
