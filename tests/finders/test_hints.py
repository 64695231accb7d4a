"""What a citation gap says of its works in its own words."""

import pytest

from refcheck.finders import hints


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("[CITE]", []),
        (r"\cite{}", []),
        (r"\cite{citation-needed}", []),
        ("[citation needed]", []),
        ("[CITE (Kahneman 1979)]", [("Kahneman 1979", ("Kahneman",), 1979)]),
        ("[CITE SMITH 2012]", [("SMITH 2012", ("SMITH",), 2012)]),
        ("(Lee 2001; Kim 2003)", [("Lee 2001", ("Lee",), 2001), ("Kim 2003", ("Kim",), 2003)]),
        ("[cite Lee 2001, Kim 2003]", [("Lee 2001", ("Lee",), 2001), ("Kim 2003", ("Kim",), 2003)]),
        ("(cite Lee, Kim and Park 2012)", [("Lee, Kim and Park 2012", ("Lee", "Kim", "Park"), 2012)]),
        (r"\todo{cite Grace Hopper talk, and Alan Kay interview}", [
            ("Grace Hopper talk", ("Grace Hopper",), None), ("Alan Kay interview", ("Alan Kay",), None),
        ]),
        (r"{\color{red} cite Lanczos}", [("Lanczos", ("Lanczos",), None)]),
        (r"{\color{red} references to fixed points}", [("fixed points", (), None)]),
        (r"\TODO{Cite VTK paper}", [("VTK paper", (), None)]),
        ("% TODO https://example.org/p/123/A-theory-of-justice.pdf", [("A theory of justice", (), None)]),
    ],
)  # fmt: skip
def test_own_words(own, expected):
    """Each work is told by itself, markers and commands are no words of it."""
    assert [(one.words, one.names, one.year) for one in hints.hints(own)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"We use \openmp and \emph{tasks}", "We use openmp and tasks"),
        (r"as in~\cite{a,b} and \autoref{fig:x}", "as in † and"),
        ("by Velvet[ref] and BWA [@li2009]", "by Velvet † and BWA †"),
        ("see [the handbook](https://example.org) of (WGS)Quik", "see the handbook of WGSQuik"),
        ("[^raii]: a pattern", "raii. a pattern"),
        ("% a comment\nand text", "a comment and text"),
    ],
)
def test_text_round_a_gap(text, expected):
    """Markup goes, other citations are marked, commands that are words stay."""
    assert hints.clean(text) == expected
