"""Count how telling the words of titles are, into refcheck/matching/rarity.json and rarer.json.

    python tools/count_words.py FILE.jsonl.gz...

Each line is a record with a ``title``. Kept are words in at least one of 2,000 titles, and in the
second table those in at least one of 20,000, with log(titles / titles with the word) /
log(titles / 3), so that 1.0 is a word in three titles.
"""

import gzip
import json
import math
import sys
from collections import Counter
from pathlib import Path

from refcheck.text import is_cjk, tokens

OUT = Path(__file__).parents[1] / "refcheck" / "matching"
TABLES = (("rarity.json", 2000), ("rarer.json", 20_000))


def main() -> None:
    """Read the files that are named and write the table."""
    counts: Counter[str] = Counter()
    titles = 0
    for name in sys.argv[1:]:
        with gzip.open(name, "rt", encoding="utf-8") as file:
            for line in file:
                title = json.loads(line).get("title") or ""
                if title and not is_cjk(title):
                    titles += 1
                    counts.update(set(tokens(title)))
    most = math.log(titles / 3)
    kept = set[str]()
    for name, share in TABLES:
        table = {
            word: round(math.log(titles / count) / most, 2)
            for word, count in sorted(counts.items())
            if count >= titles / share and word not in kept
        }
        kept |= set(table)
        text = json.dumps(table, ensure_ascii=False, indent=0)
        (OUT / name).write_text(f"{text}\n", encoding="utf-8")
    print(f"{titles} titles, {len(kept)} words kept")


if __name__ == "__main__":
    main()
