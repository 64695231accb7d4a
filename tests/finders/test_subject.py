"""What promised literature is to be about, from its own line."""

import pytest

from refcheck.finders.subject import topic_of_list


@pytest.mark.parametrize(
    ("own", "before", "topic"),
    [
        ("(To be added)", "Additional academic papers on tidal power", "tidal power"),
        ("To be completed: literature on tidal power in Wales.", "", "tidal power in Wales"),
        ("to be added", "Annual tables of tides", "Annual tables of tides"),
        ("Evidence for tidal power in bays: TODO", "", "Evidence for tidal power in bays"),
        ("noch zu ergänzen", "Arbeiten zu Gezeitenkraftwerken in Wales", "Arbeiten zu Gezeitenkraftwerken in Wales"),
        ("à compléter", "Articles sur les usines marémotrices", "usines marémotrices"),
        ("待补充", "关于潮汐发电的论文", "潮汐发电"),
        ("to be added", "", "The tides"),
    ],
)  # fmt: skip
def test_topic(own, before, topic):
    """The promise's own words, else its whole item, else what the article is called."""
    assert topic_of_list(own, before, "", "The tides") == topic
