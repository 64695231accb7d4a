"""Identifiers: recognised, made alike, checked."""

import pytest

from refcheck import identifiers


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/ABC.d", "10.1000/abc.d"), ("doi:10.1000/x(1)2", "10.1000/x(1)2"), ("(10.1000/x)", "10.1000/x"),
        ("see 10.1000/x.", "10.1000/x"), ("10.1000/a\\_b", "10.1000/a_b"), ("10.xxxx/y", ""), ("10.1000", ""), ("", ""),
        ("https://dx.doi.org/10.1000%2Fx", "10.1000/x"),
    ],
)  # fmt: skip
def test_dois(text, doi):
    """Prefixes, case, TeX and the sentence's punctuation are taken away; a mask is no DOI."""
    assert identifiers.normal_doi(text) == doi


@pytest.mark.parametrize(
    ("doi", "dummy"),
    [
        ("10.99999/nonexistent.00000", True), ("10.0000/1", True), ("10.1000/placeholder", True), ("10.1234/xxxx.1", True),
        ("10.1000/xyz123", False), ("10.63317/1", False), ("10.1000/dummying", False), ("10.9999/fake.1", False), ("10.1000/0", False),
    ],
)  # fmt: skip
def test_dummy_dois(doi, dummy):
    """A registrant that there is not, or a suffix that says so; what may be a DOI is left to the registries."""
    assert identifiers.is_dummy_doi(doi) is dummy


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("arXiv:2101.00001v2", "2101.00001"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("2101.00001", "2101.00001"),
        ("page 2101.00001 of it", ""),
        ("arXiv:24XX.12345", ""),
    ],
)
def test_arxiv_numbers(text, number):
    """The version is cut; a number in running text is none."""
    assert identifiers.normal_arxiv(text) == number


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("0306406153", ""),
        ("12345", ""),
        ("080442957X", "9780804429573"),
    ],
)
def test_isbns(text, isbn):
    """Ten digits become thirteen; a wrong check digit is no ISBN."""
    assert identifiers.normal_isbn(text) == isbn


def test_one_page_has_one_key():
    """Scheme, www, m, tracking, a closing slash and an archive's prefix do not make another page."""
    keys = {
        identifiers.page_key(url)
        for url in (
            "https://www.example.org/a/?utm_source=x", "http://example.org/a", "https://m.example.org/a#:~:text=x",
            "https://web.archive.org/web/20240101000000/https://example.org/a/",
        )
    }  # fmt: skip
    assert keys == {"example.org/a"}
    assert identifiers.page_key("https://example.org/a?id=1") != identifiers.page_key(
        "https://example.org/a?id=2"
    )


def test_sites_and_their_sub_sites():
    """A sub-site belongs to a site, a site of a similar name does not."""
    assert identifiers.on_site("https://eu.36kr.com/p/1", "36kr.com")
    assert not identifiers.on_site("https://my36kr.com/p/1", "36kr.com")
    assert not identifiers.on_site("https://36kr.com.example.org/", "36kr.com")
    assert not identifiers.on_site("https://example.org/", "")
