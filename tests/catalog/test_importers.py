"""Every form in which records come is read into the same kind of item."""

import gzip
import json

import pytest

pytest.importorskip("tantivy", reason="tantivy is not installed (extra `catalog`)")

from refcheck.catalog import build as builder
from refcheck.catalog import store
from refcheck.record import CSL_TYPES

TITLE = "On the casting of bells"
PUBMED = (
    "<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><Journal><JournalIssue>"
    "<Volume>3</Volume><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Bell Letters</Title></Journal>"
    f"<ArticleTitle>{TITLE}.</ArticleTitle><AuthorList><Author><LastName>Bell</LastName><ForeName>Ada</ForeName></Author></AuthorList>"
    "</Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType='doi'>10.1000/B</ArticleId></ArticleIdList></PubmedData>"
    "</PubmedArticle></PubmedArticleSet>"
)
DBLP = (
    "<?xml version='1.0'?><dblp><article key='journals/bl/Bell01'><author>Ada Bell</author><title>On the casting of bells.</title>"
    "<journal>Bell Letters</journal><volume>3</volume><year>2001</year><ee>https://doi.org/10.1000/b</ee></article></dblp>"
)
CROSSREF = {"DOI": "10.1000/B", "type": "journal-article", "title": [TITLE], "author": [{"family": "Bell", "given": "Ada"}], "issued": {"date-parts": [[2001]]}, "container-title": ["Bell Letters"]}  # fmt: skip
OPENALEX = {"id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/b", "title": TITLE, "display_name": TITLE, "publication_year": 2001, "type": "article", "authorships": [{"author": {"display_name": "Ada Bell"}}]}  # fmt: skip
DATACITE = {"id": "10.1000/b", "attributes": {"doi": "10.1000/b", "titles": [{"title": TITLE}], "creators": [{"name": "Bell, Ada", "familyName": "Bell", "givenName": "Ada"}], "publicationYear": 2001, "types": {"resourceTypeGeneral": "Text"}}}  # fmt: skip
ARXIV = {"id": "0101.00001", "title": TITLE, "categories": "bells", "authors_parsed": [["Bell", "Ada", ""]], "doi": "10.1000/b", "versions": [{"created": "Mon, 1 Jan 2001 10:00:00 GMT"}]}  # fmt: skip
CSL = {"type": "article-journal", "title": TITLE, "author": [{"family": "Bell", "given": "Ada"}], "issued": {"date-parts": [[2001]]}, "DOI": "10.1000/B"}  # fmt: skip
FLAT = {"title": TITLE, "authors": ["Bell, Ada"], "year": 2001, "doi": "10.1000/b"}
ZOTERO = {"itemType": "journalArticle", "title": TITLE, "creators": [{"firstName": "Ada", "lastName": "Bell", "creatorType": "author"}], "date": "2001-05-01", "publicationTitle": "Bell Letters", "DOI": "10.1000/b"}  # fmt: skip
BIBTEX = "@article{bell, author = {Bell, Ada}, title = {On the casting of bells}, year = 2001, doi = {10.1000/b}}\n"
RIS = "TY  - JOUR\nAU  - Bell, Ada\nTI  - On the casting of bells\nPY  - 2001\nDO  - 10.1000/b\nER  - \n"
FORMS = {
    "Crossref dump": json.dumps({"items": [CROSSREF]}),
    "Crossref lines": json.dumps(CROSSREF),
    "OpenAlex": json.dumps(OPENALEX),
    "DataCite": json.dumps(DATACITE),
    "arXiv": json.dumps(ARXIV),
    "CSL-JSON lines": json.dumps(CSL),
    "CSL-JSON list": json.dumps([CSL], indent=1),
    "flat": json.dumps(FLAT),
    "Zotero": json.dumps(ZOTERO),
    "DBLP": DBLP,
    "PubMed": PUBMED,
    "BibTeX": BIBTEX,
    "RIS": RIS,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_form_is_told_by_its_content(tmp_path, form, packed):
    """Title, author, year and DOI are read from it, and nothing is empty or of no CSL type."""
    source = tmp_path / "records"
    data = FORMS[form].encode() + b"\n"
    source.write_bytes(gzip.compress(data) if packed else data)
    built = builder.build(tmp_path / "cat", [source], lambda *_: None)
    assert (built.records, built.rejects) == (1, 0)
    reader = store.Reader(tmp_path / "cat")
    item = reader.items([0])[0]
    assert item["title"] == TITLE
    person = item["author"][0]
    assert "Bell" in (person.get("family") or person.get("literal"))
    assert all(person.values())
    assert item["issued"]["date-parts"][0][0] == 2001
    assert item["type"] in CSL_TYPES
    if form != "arXiv":  # whose DOI is that of the published version
        assert item["DOI"] == "10.1000/b"
        assert reader.known(["doi:10.1000/b"]) == [0]
