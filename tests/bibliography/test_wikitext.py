"""Citation templates of several Wikipedias, read by their own parameters."""

import pytest

from refcheck.bibliography.wikitext import read

CASES = [
    (
        "{{Literatur |Autor=Max Weber, Anna Schmidt |Titel=Wirtschaft und Gesellschaft |Verlag=Mohr |Ort=Tübingen |Jahr=1922 |Seiten=1–9}}",
        ("book", "Wirtschaft und Gesellschaft", "Mohr", 1922, ["Max Weber", "Anna Schmidt"]),
    ),
    (
        "{{Internetquelle |url=https://example.org/a |titel=Geschichte |werk=Mozilla |datum=2016-04-03 |abruf=2016-04-05}}",
        ("webpage", "Geschichte", "", 2016, []),
    ),
    (
        "{{Ouvrage|nom1=Hugo|prénom1=Victor|titre=Les Misérables|éditeur=Lacroix|année=1862}}",
        ("book", "Les Misérables", "Lacroix", 1862, ["Hugo"]),
    ),
    (
        "{{cita libro|apellidos=Borges|nombre=Jorge Luis|título=Ficciones|editorial=Sur|año=1944}}",
        ("book", "Ficciones", "Sur", 1944, ["Borges"]),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_templates_of_other_languages(text, expected):
    """German, French, Spanish: names, title, publisher and year as in the English ones."""
    (found,) = read(text.encode(), "").records
    people = [one.family or one.literal for one in found.author]
    assert (found.type, found.title, found.publisher, found.issued.year, people) == expected
