"""Reports made by hand: one with real works in every status, one hostile, one large.

Each finding stands for what the pipeline makes of such a place; scores are given, not measured.
"""

from datetime import UTC, datetime

from refcheck.model import (
    Ambiguous,
    Block,
    Candidate,
    Clues,
    Corrected,
    Diagnostic,
    Document,
    DocumentReport,
    Edit,
    Entry,
    Evidence,
    Finding,
    Kind,
    Match,
    NotAsked,
    Placeholder,
    Provenance,
    Report,
    Resolution,
    Resolved,
    Run,
    SourceState,
    Span,
    Suggested,
    Unresolved,
    Verified,
)
from refcheck.record import Name, PartialDate, Record

WHEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

TEXT = """Xiaomi’s Second Electric Vehicle: The Road Ahead

Incentives matter (Helveston, n.d.), and so does the network of chargers [citation needed].
Sales of the second model began in June 2025, as IT之家 reported ([link to IT之家]).
小米的第二款车在中国市场竞争激烈（来源待补），销量仍在增长。
Vaccines are unrelated to all this (Wakefield et al., 1998), but nobody cites (Zhang, 2017).

References:
- 36Kr article: [Insert Link to 36Kr Article Here] (Note: This should be replaced.)
- Additional academic papers and industry reports on the Chinese EV market (To be added)
- Helveston, J. P., & Nahm, J. (2019). China's key role in scaling low-carbon energy technologies. Science, 366(6467), 794–796. https://doi.org/10.1126/science.aaz1014
- Kalthaus, M., & Son, J. (2020). Determinants of electric vehicles diffusion in China. Environmental and Resource Economics, 80(3), 473–510.
- Wakefield, A. J. et al. (1998). Ileal-lymphoid-nodular hyperplasia. The Lancet, 351, 637–641.
Views: 0
"""


def people(*names: str) -> tuple[Name, ...]:
    """Make names of "Family, Given", or of a group without a comma."""
    pairs = [name.split(", ") for name in names]
    return tuple(Name(family=p[0], given=p[1]) if len(p) > 1 else Name(literal=p[0]) for p in pairs)


def day(text: str) -> PartialDate:
    """Make a date of its ISO form."""
    return PartialDate(start=tuple(int(part) for part in text.split("-")))


def read_at(record: Record, source: str, id_: str, url: str = "") -> Provenance:
    """Say that every field of a record was read at one source, under its own name."""
    return Provenance(source, id_, url, WHEN, tuple((f, f) for f in ("type", *record.present())))


def match(
    record: Record, score: float, source: str, *evidence: Evidence, cited_by: int | None = None
) -> Match:
    """Make a candidate of a record read at one source, compared."""
    id_ = record.doi or record.url or record.id
    url = {
        "crossref": f"https://api.crossref.org/works/{record.doi}",
        "openalex": f"https://api.openalex.org/works/doi:{record.doi}",
    }.get(source, record.url)
    return Match(Candidate(record, (read_at(record, source, id_, url),), cited_by), score, evidence)


AUTOBETA = Record(
    type="post-weblog",
    title="The second model of Xiaomi car has been exposed!",
    issued=day("2024-05-30"),
    container_title="AutoBeta",
    url="https://www.autobeta.net/a31230.html",
    language="en",
)
MOTORIONLINE = Record(
    type="webpage",
    title="Xiaomi: il secondo modello potrebbe arrivare nel primo trimestre del 2025",
    container_title="Motorionline",
    url="https://www.motorionline.com/xiaomi-il-secondo-modello-potrebbe-arrivare-nel-primo-trimestre-del-2025",
    language="it",
)
ITHOME = Record(
    type="article-newspaper",
    title="小米 YU7 汽车 3 分钟大定突破 20 万台",
    issued=day("2025-06-27"),
    container_title="IT之家",
    url="https://www.ithome.com/0/863/978.htm",
    language="zh-CN",
)
SCIENCE = Record(
    type="article-journal",
    title="China's key role in scaling low-carbon energy technologies",
    author=people("Helveston, John P.", "Nahm, Jonas"),
    issued=day("2019"),
    container_title="Science",
    volume="366",
    issue="6467",
    page="794-796",
    doi="10.1126/science.aaz1014",
)
SUBSIDIES = Record(
    type="article-journal",
    title=(
        "Will subsidies drive electric vehicle adoption? Measuring consumer preferences in the U.S. and China"
    ),
    author=people("Helveston, J.P.", "Liu, Y.", "Feit, E.M."),
    issued=day("2015"),
    container_title="Transportation Research Part A: Policy and Practice",
    volume="73",
    page="96-112",
    doi="10.1016/j.tra.2015.01.002",
)
DIFFUSION = Record(
    type="article-journal",
    title="Determinants of Electric Vehicle Diffusion in China",
    author=people("Kalthaus, Martin", "Sun, Jiatang"),
    issued=day("2021"),
    container_title="Environmental and Resource Economics",
    volume="80",
    issue="3",
    page="473-510",
    doi="10.1007/s10640-021-00596-4",
)
GOVERNMENT = Record(
    type="report",
    title="The Role of Government in the Market for Electric Vehicles: Evidence from China",
    author=people("Li, Shanjun", "Zhu, Xianglei", "Ma, Yiding"),
    issued=day("2020-08"),
    publisher="World Bank",
    url="https://openknowledge.worldbank.org/server/api/core/bitstreams/201e62ad-7bca-562f-b35f-6114cc127fd7/content",
)
OUTLOOK = Record(
    type="report",
    title="Global EV Outlook 2023",
    author=people("International Energy Agency"),
    issued=day("2023"),
    publisher="International Energy Agency",
    url="https://www.iea.org/reports/global-ev-outlook-2023",
)
LANCET = Record(
    type="article-journal",
    title=(
        "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder in children"
    ),
    author=people("Wakefield, A. J."),
    issued=day("1998"),
    container_title="The Lancet",
    volume="351",
    issue="9103",
    page="637-641",
    doi="10.1016/s0140-6736(97)11096-0",
    retraction=("retraction", "2010-02-06", "10.1016/s0140-6736(10)60175-4"),
)


DIFFERENCES = (
    Evidence("author", "Kalthaus, M.; Son, J.", "Kalthaus, Martin; Sun, Jiatang", 0.8),
    Evidence(
        "title", "Determinants of electric vehicles diffusion in China", DIFFUSION.title, 0.98
    ),
    Evidence("issued", "2020", "2021", 0.5),
)


def place(
    text: str,
    part: str,
    rule: str,
    name: str,
    kind: Kind,
    *clues: Clues,
    extent: str = "",
) -> Placeholder:
    """Make a placeholder of a piece of the text; ``extent`` is what an edit would replace."""
    start = text.index(part)
    whole = Span(text.index(extent), text.index(extent) + len(extent)) if extent else None
    return Placeholder(
        rule,
        name,
        kind,
        Span(start, start + len(part)),
        clues=clues[0] if clues else Clues(),
        extent=whole,
    )


def blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into lines, the first and "References:" as headings, "- " as list items."""
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        span = Span(at, at + len(line.rstrip("\n")))
        at += len(line)
        if not line.strip():
            continue
        if span.start == 0 or line.startswith("References"):
            out.append(Block("heading", span, span, 1))
        elif line.startswith("- "):
            out.append(Block("list_item", span, Span(span.start + 2, span.end), 1))
        else:
            out.append(Block("paragraph", span, span))
    return tuple(out)


def findings() -> tuple[Finding, ...]:
    """Return a finding in every status, in the order of the text."""
    subsidies, science = (
        match(
            record,
            score,
            "openalex",
            Evidence("author", "Helveston", "Helveston", 1.0),
            Evidence("year", "n.d.", str(record.issued and record.issued.year), None),
        )
        for record, score in ((SUBSIDIES, 0.71), (SCIENCE, 0.69))
    )
    return (
        Finding(
            place(
                TEXT, "(Helveston, n.d.)", "RC204", "incomplete-citation", "incomplete_reference"
            ),
            Ambiguous((subsidies, science)),
        ),
        Finding(place(TEXT, "[citation needed]", "RC203", "citation-marker", "citation_marker")),
        Finding(
            place(
                TEXT,
                "[link to IT之家]",
                "RC201",
                "link-placeholder",
                "link_placeholder",
                Clues(publisher="IT之家", topic="Sales of the second model", date="2025-06"),
            ),
            Resolved(
                match(
                    ITHOME,
                    0.93,
                    "gdelt",
                    Evidence("publisher", "IT之家", "IT之家", 1.0),
                    Evidence("topic", "Sales of the second model", ITHOME.title, 0.74),
                    Evidence("date", "2025-06", "2025-06-27", 1.0),
                )
            ),
        ),
        Finding(
            place(TEXT, "（来源待补）", "RC203", "citation-marker", "citation_marker"),
            Unresolved("too_vague"),
        ),
        Finding(place(TEXT, "(Zhang, 2017)", "RC406", "cited-not-listed", "consistency")),
        Finding(
            place(
                TEXT,
                "[Insert Link to 36Kr Article Here]",
                "RC201",
                "link-placeholder",
                "link_placeholder",
                Clues(
                    publisher="36Kr",
                    topic="Xiaomi’s second electric vehicle",
                    date="2025",
                    language="zh",
                    written_in="en",
                    types=("article-newspaper",),
                ),
                extent="[Insert Link to 36Kr Article Here] (Note: This should be replaced.)",
            ),
            Unresolved(
                "not_found",
                (
                    match(
                        AUTOBETA,
                        0.62,
                        "gdelt",
                        Evidence(
                            "publisher",
                            "36Kr",
                            "AutoBeta",
                            0.0,
                            contradicts=True,
                            note="it quotes 36Kr",
                        ),
                        Evidence("topic", "Xiaomi’s second electric vehicle", AUTOBETA.title, 0.81),
                        Evidence(
                            "date",
                            "2025 Q1",
                            "first half of 2025",
                            0.3,
                            contradicts=True,
                            note="what it says of the launch",
                        ),
                    ),
                    match(
                        MOTORIONLINE,
                        0.48,
                        "wikipedia-links",
                        Evidence("publisher", "36Kr", "Motorionline", 0.0, contradicts=True),
                        Evidence("date", "2025 Q1", "primo trimestre del 2025", 1.0),
                    ),
                ),
                (
                    "Search 36kr.com for 小米 第二款车 2025.",
                    "Ask the author which article was meant: 36Kr is quoted for the first half of 2025.",
                ),
            ),
        ),
        Finding(
            place(
                TEXT,
                "(To be added)",
                "RC202",
                "bibliography-placeholder",
                "bibliography_placeholder",
                Clues(topic="Chinese EV market", types=("article-journal", "report")),
            ),
            Suggested(
                (
                    match(
                        DIFFUSION,
                        0.88,
                        "crossref",
                        Evidence("topic", "Chinese EV market", DIFFUSION.title, 0.88),
                        cited_by=31,
                    ),
                    match(
                        GOVERNMENT,
                        0.83,
                        "library",
                        Evidence("topic", "Chinese EV market", GOVERNMENT.title, 0.83),
                    ),
                    match(
                        OUTLOOK,
                        0.55,
                        "library",
                        Evidence("topic", "Chinese EV market", OUTLOOK.title, 0.55),
                    ),
                )
            ),
        ),
        Finding(
            place(
                TEXT,
                TEXT[TEXT.index("Helveston, J. P.,") : TEXT.index("- Kalthaus")].strip(),
                "RC410",
                "reference",
                "reference",
            ),
            Verified(
                match(
                    SCIENCE,
                    0.99,
                    "crossref",
                    Evidence("DOI", SCIENCE.doi, SCIENCE.doi, 1.0),
                    Evidence("title", SCIENCE.title, SCIENCE.title, 1.0),
                )
            ),
        ),
        Finding(
            place(
                TEXT,
                TEXT[TEXT.index("Kalthaus, M.") : TEXT.index("- Wakefield")].strip(),
                "RC410",
                "reference",
                "reference",
            ),
            Corrected(
                match(
                    DIFFUSION,
                    0.95,
                    "crossref",
                    *DIFFERENCES,
                    Evidence(
                        "container-title", DIFFUSION.container_title, DIFFUSION.container_title, 1.0
                    ),
                ),
                DIFFERENCES,
            ),
        ),
        Finding(
            place(
                TEXT,
                TEXT[TEXT.index("Wakefield, A. J.") : TEXT.index("Views")].strip(),
                "RC410",
                "reference",
                "reference",
            ),
            Verified(match(LANCET, 0.97, "crossref", Evidence("year", "1998", "1998", 1.0))),
        ),
    )


def sample() -> Report:
    """Return the report on an article with a finding in every status, of real works."""
    link = Span(
        TEXT.index("[link to IT之家]"), TEXT.index("[link to IT之家]") + len("[link to IT之家]")
    )
    part = DocumentReport(
        document=Document("drafts/xiaomi article.txt", "text", TEXT, blocks=blocks(TEXT)),
        findings=findings(),
        diagnostics=(
            Diagnostic(
                "RC301",
                "source-failed",
                "warning",
                "semanticscholar could not be asked: too many requests (429)",
                "run again later, or give a key: REFCHECK_SEMANTICSCHOLAR_API_KEY",
            ),
        ),
        edits=(Edit(link, ITHOME.url),),
        bibliography=(
            Entry(
                "ithome2025",
                (
                    Run("小米 YU7 汽车 3 分钟大定突破 20 万台. (2025, June 27). "),
                    Run("IT之家", italic=True),
                    Run(". "),
                    Run(ITHOME.url, url=ITHOME.url),
                ),
            ),
        ),
        records=(ITHOME,),
    )
    return Report(
        documents=(part,),
        sources=(
            SourceState("library", 0, 0, 0, "ok"),
            SourceState("gdelt", 2, 0, 0, "ok"),
            SourceState("crossref", 3, 1, 0, "ok"),
            SourceState("openalex", 1, 0, 0, "ok"),
            SourceState("semanticscholar", 1, 0, 1, "failed", "too many requests (429)"),
            SourceState("wayback", state="not_needed"),
        ),
        made=WHEN,
    )


ATTACKS = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "| table | [x](javascript:alert(1)) ![](https://attacker.example/p.png) `code` *b* _i_ <b>",
    "\x1b[31mred\x1b]8;;https://attacker.example\x07link\x9b2J\x1b[2J",
    "right\u202eto left\u2066 isolate\u200bd \U000e0041tag \ud800half",
    '=HYPERLINK("https://attacker.example")\r\n::error::x%0A\n# heading\n- item',
    "-->]]><!-- --- \\ \\\\ &amp; &#x3c; @everyone #1 www.attacker.example",
)  # fmt: skip


def hostile() -> Report:
    """Return a report in which the document, the records and the sources all attack the reader."""
    text = "\n\n".join(f"{attack} [TODO {n}]" for n, attack in enumerate(ATTACKS))
    found = []
    for n, attack in enumerate(ATTACKS):
        record = Record(
            type="webpage",
            title=attack,
            author=(Name(literal=attack),),
            container_title=attack,
            url="javascript:alert(document.domain)" if n % 2 else f"https://a.example/{attack}",
            issued=PartialDate(literal=attack),
        )
        provenance = Provenance(attack, attack, "javascript:alert(2)", WHEN, (("title", attack),))
        evidence = Evidence("title", attack, attack, 0.2, contradicts=True, note=attack)
        matches = (Match(Candidate(record, (provenance,)), 0.5, (evidence,)),)
        outcome: Resolution = (
            Unresolved("not_found", matches, (attack,)) if n % 2 else Ambiguous(matches * 2)
        )
        kind: Kind = "citation_marker"
        found.append(
            Finding(
                place(text, f"[TODO {n}]", "RC203", attack if n == 0 else "marker", kind), outcome
            )
        )
    start = text.index(ATTACKS[0])
    span = Span(start, start + len(ATTACKS[0]))
    found.append(Finding(Placeholder("RC203", "marker", kind, span), NotAsked()))
    found.sort(key=lambda one: one.placeholder.span)
    part = DocumentReport(
        Document("-x $(touch y) \x1b[31m<b>.md", "markdown", text),
        tuple(found),
        diagnostics=tuple(
            Diagnostic("RC301", attack, "warning", attack, attack) for attack in ATTACKS
        ),
        bibliography=(
            Entry(ATTACKS[0], (Run(ATTACKS[1], url="javascript:alert(3)"), Run(ATTACKS[3]))),
        ),
    )
    return Report((part,), (SourceState(ATTACKS[0], 1, 0, 1, "failed", ATTACKS[4]),), made=WHEN)


def large(findings: int = 500, characters: int = 1_000_000) -> Report:
    """Return a report on a long document with many findings of two candidates each."""
    each = characters // findings
    sentence = "The market for electric vehicles in China grew in this year as it did before. "
    passage = (sentence * (each // len(sentence)))[: each - 20]
    text = "".join(f"{passage}[citation needed]\n\n" for _ in range(findings))
    step, found = len(passage) + len("[citation needed]\n\n"), []
    for n in range(findings):
        span = Span(n * step + len(passage), n * step + len(passage) + len("[citation needed]"))
        offered = tuple(
            match(
                record,
                0.5,
                "openalex",
                Evidence("title", sentence, record.title, 0.5),
                Evidence("year", "2020", "2021", 0.4),
            )
            for record in (DIFFUSION, SCIENCE)
        )
        found.append(
            Finding(
                Placeholder("RC203", "citation-marker", "citation_marker", span),
                (Ambiguous(offered), Unresolved("not_found", offered), NotAsked())[n % 3],
            )
        )
    document = Document("long.txt", "text", text, blocks=blocks(text))
    return Report((DocumentReport(document, tuple(found)),), made=WHEN)
