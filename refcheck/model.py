"""The values that travel through the pipeline, in the order in which they come to be.

All are frozen: each stage makes new ones of a new type, so half done is not taken for done.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

import msgspec

from refcheck.errors import SourceError
from refcheck.record import Record

# --- documents: bytes -> Document ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in ``Document.text``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "code", "other"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item: `span` is all of it, `content` what follows its marker.

    ``level`` is 1–6 for headings, the depth from 1 for list items, else 0.
    """

    kind: BlockKind
    span: Span
    content: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the document's format: all of it, its label, its target (may be empty)."""

    span: Span
    label: Span
    target: Span


@dataclass(frozen=True)
class Document:
    """A document's text and what is needed to write it back.

    ``blocks`` are in order and do not overlap. ``inert`` are the spans in which nothing is meant
    for a reader to follow or fill in (code, mathematics, quoted markup), in order.
    ``raw`` are the bytes of the file named ``name``; ``files`` those of further files that belong
    to it, ``further`` those of them that are read as documents too (its .bib), ``missing`` the names
    of those that were not there. ``root`` names the document of which it is a part. ``encoding`` is a Python codec; ``bom`` the byte order mark that
    stood before the text.
    ``parts`` say, for text extracted from a file, from which code point on it stands in which part
    of the file ("word/footnotes.xml", "page 3").
    ``read_only`` says why nothing can be written into it; "" where it can be changed.
    """

    name: str
    format: str
    text: str
    raw: bytes = b""
    encoding: str = "utf-8"
    errors: str = "strict"
    bom: bytes = b""
    blocks: tuple[Block, ...] = ()
    inert: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()
    read_only: str = ""
    further: tuple[Document, ...] = ()
    missing: tuple[str, ...] = ()
    root: str = ""

    def of_file(self, name: str) -> Document:
        """Return the document, or the one of its further files that is named."""
        return next((one for one in self.further if one.name == name), self)

    def slice(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span.start : span.end]

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text)))

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a code point."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        starts = self._line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def block_at(self, offset: int) -> Block | None:
        """Return the block in which a code point stands."""
        at = bisect_right(self._block_starts, offset) - 1
        if at >= 0 and offset < max(self.blocks[at].span.end, self.blocks[at].span.start + 1):
            return self.blocks[at]
        return None

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.span.start for block in self.blocks)

    def in_file(self, offset: int) -> tuple[str, int] | None:
        """Return the part of the file in which a code point stands, and the number of its block there.

        Blocks count from 1. None where the text is the file's own.
        """
        at = bisect_right(self.parts, offset, key=lambda part: part[0]) - 1
        if at < 0:
            return None
        begun, name = self.parts[at]
        first = bisect_left(self._block_starts, begun)
        return name, max(1, bisect_right(self._block_starts, offset) - first)

    def heading_of(self, offset: int) -> str:
        """Return the text of the nearest heading before a code point; "" for none."""
        at = bisect_right(self._heading_starts, offset) - 1
        return self.slice(self._headings[at].content).strip() if at >= 0 else ""

    @cached_property
    def _headings(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "heading")

    @cached_property
    def _heading_starts(self) -> tuple[int, ...]:
        return tuple(block.span.start for block in self._headings)


@dataclass(frozen=True, slots=True)
class KeyForm:
    r"""How keys of works are written: ``[@a; @b]``, ``\\citep{a,b}``, ``@a``."""

    opening: str
    before_key: str
    separator: str
    closing: str

    def write(self, keys: Sequence[str]) -> str:
        """Return the citation of the works with these keys."""
        inner = self.separator.join(f"{self.before_key}{key}" for key in keys)
        return f"{self.opening}{inner}{self.closing}"


@dataclass(frozen=True, slots=True)
class Citing:
    """How a document cites by key, in brackets and in the sentence, and where the works are listed.

    ``bibliography`` is the name, among ``Document.files``, of the .bib file that takes further
    entries; "" where the document names none that is there.
    """

    parenthetical: KeyForm
    narrative: KeyForm
    bibliography: str = ""


# --- finders: Document -> Placeholder -----------------------------------------------------------

Kind = Literal[
    "link_placeholder",
    "bibliography_placeholder",
    "citation_marker",
    "template_reference",
    "fake_identifier",
    "dummy_url",
    "incomplete_reference",
    "leaked_token",
    "other_placeholder",
    "reference",
    "consistency",
]
Certainty = Literal["certain", "likely", "maybe"]
Slot = Literal["reference", "address", "citation", "list", "nothing"]
"""What belongs in a place: a whole reference, an address alone, a citation in running text, several
references, or nothing (what stands there is only to be looked at)."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a citation gap says of one work in its own words.

    ``words`` are those words without what only says that something is missing; ``names`` those of
    them that can be somebody's name.
    """

    words: str
    names: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Clues:
    """What a placeholder and the text round it still say of the work that is meant.

    ``publisher`` as the author writes it; ``topic`` in the author's words, the most telling text
    first; ``context`` are the passages round the place, nearest first. ``types`` are CSL types
    wanted. ``date`` is what the text says of the day of publication, ISO, as exact as it is;
    ``since`` and ``until`` bound it where it is said otherwise ("early May", "a week ago").
    ``language`` is that of the work where it can be told from the publisher, ``written_in`` that
    of the document. ``hints`` are the gap's own words, a hint for each work that it names;
    ``before`` and ``after`` the text that it stands in, without markup. ``label`` is what a link is
    called whose target is missing.
    """

    publisher: str = ""
    topic: str = ""
    title: str = ""
    author: tuple[str, ...] = ()
    year: int | None = None
    identifier: str = ""
    date: str = ""
    since: str = ""
    until: str = ""
    language: str = ""
    written_in: str = ""
    container_title: str = ""
    types: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    before: str = ""
    after: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A span that stands for a work not properly named, or a reference that is written out.

    ``extent`` is what an accepted edit replaces: the span, and an instruction to the writer that
    goes with it ("(Note: This should be replaced …)"). ``file`` names the further file of the
    document in which it stands; "" is the document itself. ``masks`` are the fields of a BibTeX
    entry that hold a mask: the name, and where the value stands; filling these is the edit.
    """

    rule: str
    name: str
    kind: Kind
    span: Span
    certainty: Certainty = "certain"
    clues: Clues = field(default_factory=Clues)
    extent: Span | None = None
    slot: Slot = "reference"
    file: str = ""
    masks: tuple[tuple[str, Span], ...] = ()

    @property
    def replaced(self) -> Span:
        """What an accepted edit replaces."""
        return self.extent or self.span


@dataclass(frozen=True, slots=True)
class Finder:
    """A rule: its code and name, the kind of what it finds, and how it finds it."""

    rule: str
    name: str
    kind: Kind
    find: Callable[[Document], Sequence[Placeholder]]


# --- lookup: Query -> Request -> Reply -> Found -------------------------------------------------

Want = Literal["work", "topic", "news", "entity", "page", "archive"]
"""What a query is after: one work as described; literature on a topic; a news item or web page;
what is known of a name (its site, its names in other languages); an address's own metadata; stored
copies of a site's pages."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question, in the terms that sources share. A source uses what it understands.

    ``text`` are free words; ``site`` a host to which to keep; ``since`` and ``until`` ISO days;
    ``types`` CSL types wanted; ``limit`` how many answers at most. ``any_of`` are words of which
    one will do, for sources that take alternatives: they use them in place of ``text``.
    """

    want: Want
    text: str = ""
    title: str = ""
    author: tuple[str, ...] = ()
    year: int | None = None
    container_title: str = ""
    identifier: str = ""
    url: str = ""
    site: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    types: tuple[str, ...] = ()
    limit: int = 10
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What goes out.

    A path is under the source's base; an absolute address is anybody's page,
    reached only where it is safe. Keys and contacts are added at the edge, never here.
    """

    url: str
    params: tuple[tuple[str, str], ...] = ()
    method: Literal["GET", "POST"] = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``url`` is where it came from in the end, after redirects."""

    status: int
    body: bytes
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    retrieved: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    from_cache: bool = False

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def text(self, encoding: str = "utf-8") -> str:
        """Return the body as text; what cannot be decoded becomes U+FFFD."""
        return self.body.decode(encoding, errors="replace")

    def json(self) -> Any:
        """Decode the body.

        Raises `SourceError` where it is no JSON: a page in place of an answer means that the
        source is blocked or ill, never that it knows nothing.
        """
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, RecursionError):  # the latter of a thousand brackets
            start = self.body[:200].lstrip()
            what = "a web page" if start[:1] == b"<" else "what is no JSON"
            raise SourceError(f"answered {what} (status {self.status})") from None


@dataclass(frozen=True, slots=True)
class Found:
    """A record as a source gave it.

    With the source's own id of it, the address where a person sees it,
    and, where it is worth saying, in which part of the reply each field was read.
    """

    record: Record
    id: str = ""
    url: str = ""
    read_in: tuple[tuple[str, str], ...] = ()
    cited_by: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """What is known of a name: what it is called in each language, its official site."""

    id: str
    label: str
    names: tuple[tuple[str, str], ...] = ()
    site: str = ""
    description: str = ""

    def named(self, language: str) -> tuple[str, ...]:
        """Return its names in a language, the main one first."""
        return tuple(name for lang, name in self.names if lang == language)


Answer = Found | Entity
Search = Generator[Request, Reply, tuple[tuple[Answer, ...], ...]]
"""A source at work: yields requests, is sent replies, returns the answers to each query in order."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public service (or a library of the user's own) and how it likes to be asked.

    ``search`` takes at most ``batch`` queries at once. ``requests_per_second`` and ``connections``
    are the documented limits, ``contact_requests_per_second`` the one for callers that name an
    address. ``key_setting`` names the setting that holds a key, put into the header
    ``key_header`` or the parameter ``key_param`` at the edge. A source with ``needs_setting`` is
    asked only where that setting is given; one that is not ``default`` only when it is named.

    ``burst`` requests may leave at once before the rate counts; ``contact_connections`` and
    ``keyed_requests_per_second`` are the limits of callers with an address or a key. Sources that
    one operator counts together name one limit in ``shares``. ``cost`` says what a request takes
    of the ``daily_budget`` that callers without a key have.
    """

    base: str
    search: Callable[[Sequence[Query]], Search]
    wants: frozenset[Want]
    purpose: str
    requests_per_second: float = 1.0
    contact_requests_per_second: float | None = None
    connections: int = 1
    batch: int = 1
    types: frozenset[str] = frozenset()
    default: bool = True
    contact_param: str = ""
    key_setting: str = ""
    key_header: str = ""
    key_param: str = ""
    needs_setting: str = ""
    base_setting: str = ""
    limits: str = ""
    homepage: str = ""
    burst: int = 1
    contact_connections: int = 0
    keyed_requests_per_second: float | None = None
    key_prefix: str = ""
    shares: str = ""
    cost: Callable[[Request], float] | None = None
    daily_budget: float = 0.0

    @property
    def is_own(self) -> bool:
        """Whether it is the user's own (a library, the catalogue), and so sends no request."""
        return not self.base and not self.base_setting and not self.homepage


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where fields were read: the source, its id of the record, the address, when.

    ``fields`` maps each field of the record that was read there to the part of the reply.
    """

    source: str
    id: str
    url: str
    retrieved: datetime
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that sources offer for a placeholder. Every field of it is in some provenance."""

    record: Record
    provenance: tuple[Provenance, ...]
    cited_by: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A source's answers to a query, none where it knows nothing."""

    source: str
    query: Query
    answers: tuple[Candidate | Entity, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that could not be asked a query, and why in one line.

    ``refused`` says that the address leads to where refcheck does not go.
    """

    source: str
    query: Query
    message: str
    refused: bool = False


# --- matching: Placeholder + Candidate -> Match -> Resolution -----------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: what the document says, what the candidate says, how far they agree.

    ``agreement`` is 0.0 (not at all) to 1.0 (wholly), None where nothing can be compared.
    ``contradicts`` says that the two cannot both be true of one work.
    """

    field: str
    given: str
    found: str
    agreement: float | None = None
    contradicts: bool = False
    note: str = ""


SPELT = "written otherwise, and the same title"
"""Note on a title with a slip in it: no contradiction, and told all the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """A placeholder and a candidate compared. ``score`` is 0.0 to 1.0."""

    candidate: Candidate
    score: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def contradictions(self) -> tuple[Evidence, ...]:
        """The evidence that speaks against it whatever else agrees."""
        return tuple(one for one in self.evidence if one.contradicts)


Reason = Literal["not_found", "too_vague", "source_failed"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """One candidate is the work that is meant; ``others`` were considered too.

    ``also`` are the further works that a gap for several of them means.
    """

    match: Match
    others: tuple[Match, ...] = ()
    also: tuple[Match, ...] = ()
    status: Literal["resolved"] = "resolved"


@dataclass(frozen=True, slots=True)
class Verified:
    """A written-out reference is as a source describes it."""

    match: Match
    others: tuple[Match, ...] = ()
    status: Literal["verified"] = "verified"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A written-out reference is of a real work, described wrongly in ``differences``."""

    match: Match
    differences: tuple[Evidence, ...]
    others: tuple[Match, ...] = ()
    status: Literal["corrected"] = "corrected"


@dataclass(frozen=True, slots=True)
class Suggested:
    """Likely or useful, not certain: for a person to choose from, best first."""

    matches: tuple[Match, ...]
    status: Literal["suggested"] = "suggested"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several candidates fit about equally well."""

    matches: tuple[Match, ...]
    status: Literal["ambiguous"] = "ambiguous"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Nothing can be trusted; ``matches`` came nearest. Never means that no such work exists."""

    reason: Reason
    matches: tuple[Match, ...] = ()
    advice: tuple[str, ...] = ()
    status: Literal["unresolved"] = "unresolved"


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Nobody was asked, or nobody who was asked could know; ``why`` says so where it is not plain."""

    why: str = ""
    status: Literal["not_asked"] = "not_asked"


Resolution = Resolved | Verified | Corrected | Suggested | Ambiguous | Unresolved | NotAsked


@dataclass(frozen=True, slots=True)
class Finding:
    """A placeholder and what became of it."""

    placeholder: Placeholder
    resolution: Resolution = field(default_factory=NotAsked)


# --- styles: Records -> text --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of rendered text in one look; ``url`` makes it a link.

    ``upright`` is what stands out within italics by not being italic.
    """

    text: str
    italic: bool = False
    url: str = ""
    bold: bool = False
    raised: bool = False
    lowered: bool = False
    small_caps: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a style: its line in the list and how it is cited in running text.

    A style may cite a work that it does not list: then ``reference`` is empty.
    ``label`` is what stands before it in a numeric list ("[1]").
    """

    id: str
    reference: tuple[Run, ...]
    parenthetical: tuple[Run, ...] = ()
    narrative: tuple[Run, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Records in a style, all at once, in the order of the list."""

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def listed(self) -> tuple[Entry, ...]:
        """The entries of the reference list: what is only cited is left out."""
        return tuple(entry for entry in self.entries if entry.reference)


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style: all records of a list at once, so that "2014a, 2014b" can be told apart.

    ``render`` takes the records and a locale ("en-US"); ``each`` renders each by itself.
    """

    render: Callable[[Sequence[Record], str], Rendered]
    title: str = ""


# --- writers: Resolutions -> Edits, Report -> str -----------------------------------------------

Safety = Literal["safe", "unsafe", "display"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A span and its new text.

    ``safe`` edits are applied by `fix`, ``unsafe`` ones only when
    suggestions are accepted or a person chose them, ``display`` ones never. ``file`` names the file
    of the document that it changes, ``cited`` the works that it points to and that have to stand
    in the document's bibliography.
    """

    span: Span
    text: str
    safety: Safety = "safe"
    file: str = ""
    cited: tuple[Record, ...] = ()


Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A thing to be said: its rule, what, where (None: of the whole document), what to do."""

    rule: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source fared in a run. ``message`` says in a line why it failed."""

    name: str
    requests: int = 0
    from_cache: int = 0
    failed: int = 0
    state: Literal["ok", "failed", "offline", "not_needed"] = "ok"
    message: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """How far the asking has come, to be shown while it goes on.

    ``sources`` are those that were put questions: name, how many, how many are answered, how many
    of these failed. ``left_s`` are the seconds after which nothing is asked any more. ``decided``
    counts places and documents that nothing more is asked for, ``all`` how many there are.
    """

    sources: tuple[tuple[str, int, int, int], ...] = ()
    left_s: float = 0.0
    decided: tuple[int, int] = (0, 0)
    all: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document with its findings, in order of place, and what else is to be said of it.

    ``style`` is the one in which the bibliography is written, ``bibliography`` its entries in order;
    ``edits`` are those that were accepted; ``written`` names each file written for the document,
    with the SHA-256 of its bytes in hexadecimal, so that a later run knows it for refcheck's.
    ``options`` are those that a further command must be given to do the same work.
    """

    document: Document
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    edits: tuple[Edit, ...] = ()
    bibliography: tuple[Entry, ...] = ()
    records: tuple[Record, ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: the documents in the order asked, and how the sources fared."""

    documents: tuple[DocumentReport, ...]
    sources: tuple[SourceState, ...] = ()
    style: str = "apa"
    made: datetime = datetime(1970, 1, 1, tzinfo=UTC)
