"""DBLP's and PubMed's XML dumps, read element by element, never whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from refcheck.catalog.importers.form import Broken, FileImporter, Item
from refcheck.identifiers import normal_doi
from refcheck.text import plain

_DBLP_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "proceedings": "book", "book": "book",
    "incollection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "data": "dataset",
}  # fmt: skip


def read_dblp(file: BinaryIO) -> Iterator[Item | Broken]:
    """Yield the publications of ``dblp.xml``, counted from 1."""
    for number, element in enumerate(_elements(file, tuple(_DBLP_TYPES)), 1):
        if isinstance(element, Broken):
            yield element
            continue
        title = _inner(element.find("title")).removesuffix(".")
        if not title:
            yield Broken(number, "has no title")
            continue
        key = element.get("key") or ""
        kind = "article" if key.startswith("journals/corr/") else _DBLP_TYPES[element.tag]
        item: dict[str, Any] = {"id": f"dblp:{key}", "type": kind, "title": title}
        for role in ("author", "editor"):
            people = [re.sub(r" \d{4}$", "", _inner(one)) for one in element.findall(role)]
            if people:
                item[role] = [{"literal": one} for one in people]
        for name, tag in (
            ("container-title", "journal"), ("container-title", "booktitle"), ("volume", "volume"), ("issue", "number"),
            ("page", "pages"), ("publisher", "publisher"), ("publisher", "school"), ("ISBN", "isbn"), ("collection-title", "series"),
        ):  # fmt: skip
            if value := _inner(element.find(tag)):
                item.setdefault(name, value)
        if (year := _inner(element.find("year"))).isdigit():
            item["issued"] = {"date-parts": [[int(year)]]}
        for one in element.findall("ee"):
            address = _inner(one)
            if doi := normal_doi(address) if "doi.org/" in address else "":
                item.setdefault("DOI", doi)
            elif address.startswith("http"):
                item.setdefault("URL", address)
        yield item


def read_pubmed(file: BinaryIO) -> Iterator[Item | Broken]:
    """Yield the articles of a PubMed file (``PubmedArticleSet``), counted from 1."""
    for number, element in enumerate(_elements(file, ("PubmedArticle",)), 1):
        if isinstance(element, Broken):
            yield element
            continue
        article = element.find(".//Article")
        title = _inner(article.find("ArticleTitle")) if article is not None else ""
        if article is None or not title:
            yield Broken(number, "has no title")
            continue
        pmid = _inner(element.find(".//MedlineCitation/PMID"))
        item: dict[str, Any] = {
            "id": f"pmid:{pmid}", "type": "article-journal", "title": title.strip("[]").removesuffix("."), "PMID": pmid,
        }  # fmt: skip
        people = []
        for one in article.findall(".//AuthorList/Author"):
            family, group = _inner(one.find("LastName")), _inner(one.find("CollectiveName"))
            if family:
                given = _inner(one.find("ForeName")) or _inner(one.find("Initials"))
                people.append({"family": family, **({"given": given} if given else {})})
            elif group:
                people.append({"literal": group})
        if people:
            item["author"] = people
        for name, path in (
            ("container-title", "Journal/Title"), ("container-title-short", "Journal/ISOAbbreviation"),
            ("volume", "Journal/JournalIssue/Volume"), ("issue", "Journal/JournalIssue/Issue"),
            ("page", "Pagination/MedlinePgn"), ("ISSN", "Journal/ISSN"), ("language", "Language"),
        ):  # fmt: skip
            if value := _inner(article.find(path)):
                item[name] = value
        date = article.find("Journal/JournalIssue/PubDate")
        said = (
            _inner(date.find("Year")) or _inner(date.find("MedlineDate"))
            if date is not None
            else ""
        )
        if year := re.match(r"\d{4}", said):
            item["issued"] = {"date-parts": [[int(year[0])]]}
        for one in element.findall(".//PubmedData/ArticleIdList/ArticleId"):
            if one.get("IdType") == "doi" and (doi := normal_doi(_inner(one))):
                item["DOI"] = doi
            elif one.get("IdType") == "pmc":
                item["PMCID"] = _inner(one)
        yield item


def _elements(file: BinaryIO, tags: tuple[str, ...]) -> Iterator[Any]:
    """Yield the elements of these names and forget each; a break in the XML ends the file."""
    from lxml import etree

    # DBLP names its letters by entities that its DTD declares: unknown ones are left out, nothing is fetched
    events = etree.iterparse(
        file,
        tag=tags,
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        recover=True,
        huge_tree=True,
    )
    count = 0
    try:
        for _, element in events:
            count += 1
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        yield Broken(count + 1, f"XML breaks off: {error}")


def _inner(element: Any) -> str:
    """Return the text of an element; entities that are not declared are decoded as HTML has them."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_inner(child))
        else:
            parts.append(child.text or "")
        parts.append(child.tail or "")
    return plain("".join(parts))


def _starts(data: bytes, *names: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and any(
        name in data for name in names
    )


IMPORTERS = (
    FileImporter("DBLP XML", lambda start: _starts(start, b"<dblp"), read_dblp),
    FileImporter("PubMed XML", lambda start: _starts(start, b"<PubmedArticle"), read_pubmed),
)
