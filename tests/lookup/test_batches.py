"""Many identifiers in one request: which go together, and which had better go alone."""

import pytest

from refcheck import plugins
from refcheck.model import Query, Reply

JSON = {"content-type": "application/json"}
ODD = "10.1000/a,b"


@pytest.mark.parametrize(
    ("name", "nothing"),
    [("crossref", b'{"message": {"items": []}}'), ("openalex", b'{"results": []}')],
)
def test_a_comma_goes_alone(name, nothing):
    """Commas part the filters of a request: a DOI with one is asked for by itself."""
    queries = [Query("work", identifier=doi) for doi in ("10.1000/1", ODD, "10.1000/2")]
    search = plugins.sources()[name].search(queries)
    alone = next(search)
    together = search.send(Reply(404, b"", "", JSON))
    with pytest.raises(StopIteration):
        search.send(Reply(200, nothing, "", JSON))
    assert alone.url.endswith("a%2Cb")
    filtered = dict(together.params)["filter"]
    assert "10.1000/1" in filtered
    assert "10.1000/2" in filtered
    assert ODD not in filtered
