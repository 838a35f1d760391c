"""Lines that belong to what stands above them: below the heading of a part, below a list by number."""

from __future__ import annotations

from app.intake.readers import named_items, pairs, terms
from app.intake.readers.blocks import Field, fields_of, terms_as_fields
from app.intake.readers.entries import Entry
from app.intake.readers.judging import names_a_part, sounds_like_an_act, sounds_wrong
from app.intake.readers.labelled import TERMS, Labelled
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import Segment, label_at_start, segments_of
from app.intake.readers.rules import rule
from app.intake.readers.sections import KIND_IN

_FURTHER = rule(r"具体|如[:,]|例如|主要(?:表现|原因|体现|是|有)|表现(?:为|在)|其中|比如|分别")
_OVER = rule(r"未|没|不(?!断|定期)|缺")
_OF_THEM = rule(r"(?:以上|上述|全部|所有)[^。]{0,4}(?:问题|隐患)")
_OWNED = rule(r"责任人(?:均|都|统一)?(?:为|是|:)|由[^,。;]{2,16}负责")
_OF_ALL_OF_THEM = rule(
    r"以上|上述|所有|各(?:[校园院镇乡街]|单位|部门|科室|项)|逐[项条]|问题|隐患|整改|改正|纠正|全部(?:完成|落实|解决|到位)"
)
_STOPS = rule(r"[,。;:!?]")
_NAMED = rule(
    r"\s*(?P<about>针对|对应|对照|关于|解决)?\s?(?:(?:上述|以上)?第\s?(?=[^:,]{1,24}[项条个点])|(?:问题|隐患)(?:清单)?(?:序号)?\s?[(]?)(?P<items>[\d一二三四五六七八九十、,，和及至到\-—~第 ]{1,40})[)]?\s?(?:[项条个点])?(?:问题|隐患)?(?:的?整改(?:措施|责任))?[:,]\s*(?=\S)"
)
_OF_ITEMS = rule(r"(?:对|上述|以上)?第\s?(?:\d|[①-⑳一二三四五六七八九十])[^。]{0,16}[项条点]")


class Below(Labelled):
    """What a walk does with a line that another one gives its place."""

    def _stands_below(self, entry: Entry, segment: Segment, head: Line, fields: list[Field]) -> bool:
        """A line below “三、后勤保障方面” is what that heading names, one below a measure may name its own problem."""
        if entry.label and not entry.fields and len(entry.parts) == 1 and self._only_names_a_part(entry):
            made = self._new(entry.kind, segment, head.raw)
            made.label, made.number, made.parent = entry.label, entry.number, entry
            entry.children += 1
        elif self.section == "measures" and pairs.numbers_named(head.plain[:14]):
            made = self._new("measure", segment, head.raw)
        else:
            return False
        self._take(made, fields)
        return True

    def _announces(self, segment: Segment) -> bool:
        """“我们的打算是:” below a list, and another one counts from one: what that tells decides what it is."""
        coming = [line for line in self.ahead if line.plain.strip()]
        first = label_at_start(coming[0].cut(0), {}) if coming else None
        before = self.found.entries[-1] if self.found.entries else None
        below_a_list = before and before.list_id == self.list_id and (before.label or before.kind != "loose")
        if (
            not segment.plain.endswith(":")
            or len(segment.plain) > 60
            or not below_a_list
            or _FURTHER.match(segment.plain)
        ):
            return False
        if first is None or first[0].number != 1:
            return False
        words = [piece.plain for line in coming for piece in segments_of(line, {})[:1] if piece.label]
        answers = [
            bool(_NAMED.match(plain)) or (sounds_like_an_act(plain) and not _OVER.search(plain)) for plain in words
        ]
        if sum(answers) * 2 >= len(words):
            self._open("measures", None)
        else:
            self._open("findings" if self._problems_follow() else "other", None)
        return True

    def _opens_a_group(self, segment: Segment) -> bool:
        """“二楼” between two lists: a few words without a stop, and the next line counts from one."""
        near = next((line for line in self.ahead if line.plain.strip()), None)
        label = label_at_start(near.cut(0), {}) if near and len(segment.plain) <= 12 else None
        return (
            label is not None
            and label[0].number == 1
            and not _STOPS.search(segment.plain)
            and not sounds_wrong(segment.plain)
        )

    def _only_names_a_part(self, entry: Entry) -> bool:
        plain = fold(entry.text)
        return names_a_part(plain) and not sounds_wrong(plain)

    def _values_by_number(self, pieces: list[Segment]) -> bool:
        """“整改时限:①11月30日前 ②立即”: each value is that of the problem listed before under its number."""
        if len(pieces) < 3 or pieces[0].label or not all(piece.label for piece in pieces[1:]):
            return False
        head, fields = fields_of(pieces[0].line)
        if head.plain or len(fields) != 1 or fields[0].kind not in TERMS or fields[0].value.plain:
            return False
        known = {
            entry.label.number: entry for entry in self.found.of("finding") + self.found.of("loose") if entry.label
        }
        for piece in pieces[1:]:
            entry = known.get(piece.label.number) if piece.label else None
            if entry is not None:
                entry.fields.append(Field(fields[0].kind, fields[0].label, "", piece.line))
        return True

    def _answers_by_number(self, line: Line) -> bool:
        """“问题1、2：责任人谭明远，5月15日前完成”, “针对问题3：重新浇筑盖板”: said of those listed before."""
        hit = _NAMED.match(line.plain[:200])
        if hit is None or (self.section == "findings" and not hit["about"]):
            return False
        wanted = set(named_items.numbers_in(hit["items"]))
        kinds = ("finding", "loose") if hit["about"] else ("finding",)
        near = [entry for entry in self.found.entries[-400:] if entry.kind in kinds and entry.number]
        named = [entry for entry in near if pairs.number_in(entry) in wanted]
        words = line.cut(hit.end())
        if not named or len(named) > len(wanted) or self._begins_anew(named, words):
            return False
        said = terms_as_fields(terms.terms_of(words))
        head, fields = (words.cut(len(words.plain)), said) if said else fields_of(words)
        if head.plain:
            self._take(self._answer_to(named, head), fields)
        for entry in [] if head.plain else named:
            entry.fields += fields
        return True

    def _begins_anew(self, named: list[Entry], words: Line) -> bool:
        """“问题1：…” once more, of another place or amiss itself: no answer to the first one, but another problem."""
        amiss = sounds_wrong(words.plain) and not sounds_like_an_act(words.plain) and not terms.terms_of(words)
        elsewhere = bool(self.places) and any(one.unit != self.unit for one in named)
        return elsewhere or (amiss and self.section == "pairs" and not fields_of(words)[1])

    def _answer_to(self, named: list[Entry], head: Line) -> Entry:
        made = Entry("measure", head.number, None, [head.raw], answers=named[0], unit=named[0].unit, also=named[1:])
        made.number, made.list_id = named[0].number, self.list_id
        self.found.entries.append(made)
        self.current = made
        return made

    def _speaks_of_all(self, segment: Segment) -> bool:
        listed = segment.label is not None and self.section in KIND_IN and not _OF_ITEMS.match(segment.plain)
        if listed and self.section == "measures" and named_items.by_number(segment.line):
            return self.found.is_dated_by(segment.line)  # “分类整改。第1、3项立即整改,第7项限3月6日前整改到位”
        if listed and self.section == "measures" and _OF_THEM.search(segment.plain):
            self.found.is_dated_by(segment.line)  # the last of the demands, and a measure like them
        if not listed and not self.found.had("finding"):
            self.found.is_dated_ahead(segment.line)
        if (
            listed
            or self._says_it_of_itself(segment)
            or not (
                self.others
                or self.found.had("finding")
                or (named_items.OF_ALL.match(segment.plain) and self.found.entries)
            )
            or (self.section in ("measures", "pairs") and self.current and not self._is_of_them(segment.plain))
        ):
            return False
        dated = self.found.is_dated_by(segment.line)
        dated = dated or (
            named_items.OF_ALL.match(segment.plain) is not None and self.found.names_an_owner(segment.line)
        )
        if dated and segment.label is None:
            self.current = None  # what follows is said of all, too
        return dated

    def _is_of_them(self, plain: str) -> bool:
        owned = named_items.OF_ALL.match(plain) and _OWNED.search(plain)
        return bool(owned or _OF_THEM.search(plain))

    def _says_it_of_itself(self, segment: Segment) -> bool:
        """“3. 阀门全部更换，4月3日前完成” among decisions: their own day, unless the words are of all problems."""
        decided = segment.label is not None and self.section == "other"
        return decided and not (_OF_ALL_OF_THEM.search(segment.plain) or named_items.NAMED.search(segment.plain))

    def _below_a_list(self, fields: list[Field]) -> bool:
        """Who and until when, on a line below several items of which none has either, is said of them all."""
        entry = self.current
        if entry is None or entry.kind == "loose" or not all(field.kind in TERMS for field in fields):
            return False
        if entry.answers is not None or self._counts_on(entry):
            return False
        alike = [one for one in self.found.entries if one.kind == entry.kind and one.list_id == entry.list_id]
        bare = all(field.kind not in TERMS for one in alike for field in one.fields)
        if len(alike) < 2 or not bare or not fields[0].value.plain or entry.label is None:
            return False
        for field in fields:
            if field.kind in ("planned", "unknown"):
                self.found.common_deadline = field.value.raw
            else:
                for one in alike if entry.kind == "finding" else [*alike, *self._bare_problems()]:
                    one.fields.append(field)
        return True

    def _bare_problems(self) -> list[Entry]:
        answered = [one.answers for one in self.found.of("measure") if one.answers is not None]
        bare = (one for one in self.found.of("finding") if all(field.kind not in TERMS for field in one.fields))
        return [one for one in bare if not any(one is other for other in answered)]

    def _counts_on(self, entry: Entry) -> bool:
        """Whether the next number goes on with the list that the item stands in."""
        labels = (found[0] for line in self.ahead if (found := label_at_start(line.cut(0), self.last)))
        after = next(labels, None)
        mine = entry.label
        return mine is not None and after is not None and after.style == mine.style and after.number == mine.number + 1
