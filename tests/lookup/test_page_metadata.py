"""What is read from a web page, in which order of trust, and what is not believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.errors import SourceError
from refcheck.lookup.page import page
from refcheck.lookup.page_decoding import decode
from refcheck.lookup.page_metadata import read, split_title
from refcheck.model import Reply
from refcheck.record import CSL_TYPES, Name

URL = "https://news.example.org/a/1.html"


def head(*parts, body="<h1>Heading</h1>", title="Heading"):
    return f"<html><head><title>{title}</title>{''.join(parts)}</head><body>{body}</body></html>"


def ld(thing):
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def test_linked_data_is_believed_first():
    """JSON-LD goes before Open Graph, and each field says where it was read."""
    article = {"@type": "NewsArticle", "headline": "A", "datePublished": "2024-05-30T23:00:00+08:00",
               "author": {"@type": "Person", "name": "Ann Lee"}, "publisher": {"name": "The Site"}}  # fmt: skip
    record, where, _ = read(
        head(ld({"@graph": [article]}), '<meta property="og:title" content="B">'), URL
    )
    assert (record.title, record.type, record.container_title) == (
        "A",
        "article-newspaper",
        "The Site",
    )
    assert record.author == (Name(family="Lee", given="Ann"),)
    assert record.issued.iso() == "2024-05-30", "the day it was where it was published"
    assert where["title"] == "JSON-LD NewsArticle.headline"


def test_the_page_s_own_article_is_chosen():
    """Of several articles in a page's data the one of its own address is taken."""
    other = {"@type": "NewsArticle", "headline": "Other", "url": "https://news.example.org/b"}
    own = {"@type": "Article", "headline": "Own", "mainEntityOfPage": {"@id": URL}}
    assert read(head(ld([other, own])), URL)[0].title == "Own"


@pytest.mark.parametrize(
    ("tag", "where"),
    [
        ('<meta property="article:published_time" content="2024-05-30">', "article:published_time"),
        ('<meta name="DC.date.issued" content="2024-05-30">', "dc.date.issued"),
        ('<meta name="pubdate" content="20240530">', "pubdate"),
    ],
)
def test_dates_are_read_from_many_tags(tag, where):
    """A date is found under its many names."""
    record, read_in, _ = read(head(tag), URL)
    assert record.issued.iso() == "2024-05-30"
    assert read_in["issued"] == where


def test_a_visible_date_and_author_are_marked_as_such():
    """What only stands in sight is said to be so."""
    body = '<h1>Heading</h1><span class="author">By Ann Lee</span><span class="date">May 30, 2024</span>'
    record, where, _ = read(head(body=body), URL)
    assert record.author == (Name(family="Lee", given="Ann"),)
    assert (where["author"], where["issued"]) == ("byline (visible)", "date (visible)")


def test_no_author_is_invented():
    """The site's own name, an address and a sentence are no authors."""
    for said in (
        "The Site",
        "https://facebook.com/x",
        "Read more about our authors in this long text",
    ):
        article = {
            "@type": "Article",
            "headline": "A",
            "author": said,
            "publisher": {"name": "The Site"},
        }
        assert read(head(ld(article)), URL)[0].author == ()


def test_the_site_is_cut_from_the_title():
    """What follows the heading in the title is the site."""
    assert split_title("Headline here - The Site", ("Headline here",), ()) == (
        "Headline here",
        "The Site",
    )
    assert split_title("标题_36氪", ("",), ("36氪",)) == ("标题", "36氪")
    assert split_title("A - B", ("",), ("",)) == ("A - B", "")


def test_a_canonical_address_is_taken_on_the_same_site_only():
    """A page speaks for its own site; another's address, or a local file, is not believed."""
    for href in (
        "http://127.0.0.1/secret",
        "file:///etc/passwd",
        "https://evil.example.com/x",
        "/",
    ):
        assert read(head(f'<link rel="canonical" href="{href}">'), URL)[0].url == URL
    good = '<link rel="canonical" href="https://www.news.example.org/a/one">'
    assert read(head(good), URL)[0].url == "https://www.news.example.org/a/one"


def test_a_stored_copy_names_its_page():
    """An archive's copy has the page's address, and its own as that of the archive."""
    copy = f"https://web.archive.org/web/20240601000000id_/{URL}"
    record = read(head(), copy)[0]
    assert (record.url, record.archive_url, record.archive) == (URL, copy, "Internet Archive")


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("小米第二款电动汽车发布".encode("gbk"), "text/html; charset=utf-8"),
        ("小米第二款电动汽车发布".encode(), "text/html; charset=gb2312"),
        ("小米第二款电动汽车发布".encode("gb18030"), "text/html; charset=gbk"),
        ("小米第二款电动汽车发布".encode("utf-16"), "text/html"),
        ('<meta charset="gb2312">小米第二款电动汽车发布'.encode("gbk"), "text/html"),
    ],
)
def test_charsets_are_found_though_wrongly_told(body, header):
    """The bytes decide where the header or the page is wrong."""
    assert decode(body, header).endswith("小米第二款电动汽车发布")


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data):
    """Whatever a page holds, it is read to a sound record."""
    record, _, text = read(decode(data, "text/html"), URL)
    assert record.type in CSL_TYPES
    assert isinstance(text, str)


@pytest.mark.parametrize(
    "hostile",
    [
        ld({"@type": "NewsArticle", "headline": {"a": [1]}, "author": [[{"name": 7}]], "datePublished": ["x", 3]}),
        '<script type="application/ld+json">' + "[" * 100_000 + "]" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headl</script>',
        '<meta property="article:published_time" content="99999-99-99T99:99:99Z">',
        "<div>" * 20_000,
    ],
    ids=["types", "depth", "cut", "date", "nesting"],
)  # fmt: skip
def test_hostile_pages_are_read_as_far_as_they_are_sound(hostile):
    """Broken data in a page cost that page its data, no more."""
    record, _, _ = read(head(hostile), URL)
    assert record.title == "Heading"
    assert record.issued is None


@pytest.mark.parametrize("title", ["404 Not Found", "Page not found - Site", "页面不存在 - 站"])
def test_a_page_that_is_gone_says_nothing(title):
    """A page that says with status 200 that it is gone is gone."""
    assert (
        page(Reply(200, head(title=title, body="").encode(), URL, {"content-type": "text/html"}))
        == ()
    )


@pytest.mark.parametrize(
    ("status", "title", "kind"),
    [
        (403, "Just a moment...", "text/html"), (200, "Just a moment...", "text/html"),
        (200, "Before you continue", "text/html"), (200, "A", "application/pdf"), (503, "A", "text/html"),
    ],
)  # fmt: skip
def test_a_closed_page_is_told_as_such(status, title, kind):
    """A wall, a consent page and what is no page are raised: nothing is known of the article."""
    reply = Reply(status, head(title=title, body="").encode(), URL, {"content-type": kind})
    with pytest.raises(SourceError):
        page(reply)


@pytest.mark.parametrize(
    "body", [b"", bytes(range(256)) * 4, b"<html><body><script>go()</script></body></html>"]
)
def test_a_page_without_a_title_is_not_gone(body):
    """What answers and tells a program nothing is closed, not missing."""
    with pytest.raises(SourceError, match=r"news\.example\.org gave a page without a title"):
        page(Reply(200, body, URL, {"content-type": "text/html"}))


@pytest.mark.parametrize(
    "front", ["https://news.example.org/", "https://www.news.example.org/index.html"]
)
def test_a_site_that_answers_with_its_front_page_gives_no_article(front):
    """What stands at the front page is not what was at the article's address, and is not taken for it."""
    reply = Reply(
        200, head(title="Xiaomi and more news").encode(), front, {"content-type": "text/html"}
    )
    with pytest.raises(SourceError, match="to its front page"):
        page(reply, URL)
    assert page(reply, front)[0].record.title, "asked for itself, the front page is read"
    assert page(reply, "https://short.example.net/x1")[0].record.title, "a short link may mean it"


def test_a_name_of_an_article_says_where_it_stood():
    """An article without a headline is told by its name, and the report says so."""
    record, where, _ = read(head(ld({"@type": "Report", "name": "A"})), URL)
    assert (record.title, where["title"]) == ("A", "JSON-LD Report.name")


@pytest.mark.parametrize("key", ["headline", "author", "publisher", "datePublished"])
@pytest.mark.parametrize("depth", [2, 900, 5000])
def test_brackets_without_end_say_nothing(key, depth):
    """What is nested more deeply than anybody writes is passed over, not followed."""
    value = "[" * depth + '"Some"' + "]" * depth
    said = f'{{"@type": "NewsArticle", "name": "A", "{key}": {value}}}'
    record, where, _ = read(head(f'<script type="application/ld+json">{said}</script>'), URL)
    assert not any(place == f"JSON-LD NewsArticle.{key}" for place in where.values())
    assert record.title in {"A", "Heading"}
