"""Questions of a writer who tries to remember: "which EWD was it?", "Cochrane? look for it"."""

from __future__ import annotations

import re

from refcheck.finders.gaps.reading import Reading
from refcheck.text import fold

WHICH = (
    r"which|what|where|who|wo|welch\w+|woher|quel\w*|ou|(?:en |de )?que|(?:en |de )?cual|donde|quale?|dove|onde|waar|welke?|gdzie|ktor\w+|"
    r"kde|kter\w+|где|как(?:ой|ая|ое)|де|hvor|hvilke[nt]|var|vilke[nt]|missa|mika|hol|melyik|nerede|hangi|di mana|unde|care|哪|どの|どこ|어느|어디"
)
"""Words that ask after a work, folded."""
_ASKS_BACK = re.compile(
    rf"\W*(?:{WHICH})\b.{{0,30}}\b(?:was (?:it|that)|again|war das|noch ?mal|deja|(?:era|fue)|ook alweer)\W*$"
)
_THEN = re.compile(r"[?？]+[ \t]*(?P<s>[^?？]{2,40})$")


def recalls(reading: Reading) -> bool:
    """Tell whether it asks back and says what to do: "Cochrane? look for it", "which one was it?".

    What goes on in small letters after the question mark is a note; sentences are prose.
    """
    if reading.size > 12:
        return False
    if reading.asked:
        return _ASKS_BACK.match(reading.text) is not None
    then = _THEN.search(reading.bare)
    if then is None or then["s"][0].isupper() or len(then["s"].split()) > 4:
        return False
    return (
        reading.lex.act.match(fold(then["s"]))
        or re.match(r"look |search |ask ", then["s"]) is not None
    )
