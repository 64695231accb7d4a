"""The language of a passage, for choosing a table of words: by script, then by little words."""

from __future__ import annotations

import re
from functools import lru_cache

from refcheck.text import script_language

_LITTLE = {
    "en": "the of and to in is that for with are this was from be which we have not has can were by it an as on or at",
    "de": "der die das und ist nicht von mit den dem des ein eine einer zu im auf fur wird werden sich auch als oder bei wie aus durch sind hat dass nach wurde konnen zum zur",
    "fr": "le la les des une est dans que pour qui sur pas par avec sont cette nous du et au aux ce ces plus ont comme mais ou il elle leur entre etre",
    "es": "el la los las del que una por con para es como mas este esta son sus al se su lo pero ha sobre entre fue ser han cuando desde muy",
    "pt": "o os as do da dos das que uma com para nao em por mais como foi sao ao pela pelo no na nos nas se um mas ou seu sua tambem entre ser",
    "it": "il lo gli della delle dei che una per con non sono come piu nel nella alla questo questa di del al anche dal dalla si ha le essere stato",
    "nl": "de het een van en in is dat op te voor met niet zijn aan worden wordt ook als door naar bij dit deze er maar om uit heeft meer over kan",
    "pl": "i w na z do jest nie sie ze to o po od dla przez oraz jak ktory ktora sa byl tym przy jego lub ale tego moze tej",
    "cs": "a v na je se ze s z do pro jako jsou to by ktery ktera nebo tak byl byla podle ale jeho o pri od jen take jsem",
    "sv": "och att det i en som ar av for med den till inte har om ett han pa de var fran vi kan eller ska men sig vid",
    "da": "og at det i en som er af for med den til ikke har om et han pa de var fra vi kan eller skal men sig ved der blev",
    "no": "og at det i en som er av for med den til ikke har om et han pa de var fra vi kan eller skal men seg ved ble blir",
    "fi": "ja on ei etta se joka oli han ovat mutta myos kuin tai kun sen niin voi ole tama",
    "ro": "si de la in cu pe este un o nu din care pentru a fost sunt mai ca sau prin dar se al ale",
    "hu": "a az es hogy nem is egy meg volt ez van csak mint de el vagy kell mar azt lehet",
    "tr": "ve bir bu icin ile da de olarak daha cok gibi olan en ne kadar sonra ya ise var degil",
    "id": "yang dan di untuk dengan dari pada ini itu adalah dalam tidak ke oleh akan sebagai juga atau dapat karena ada",
    "vi": "la va cua cac co trong mot cho nhung duoc khong voi nay den de nguoi khi tu",
}
LATIN = frozenset(_LITTLE) - {"vi"}
"""Languages in Latin script; the folded words of Vietnamese are those of too many others."""
HINT = 1.0
"""What a letter that few languages have counts."""
_OF_WORD: dict[str, tuple[str, ...]] = {}
for _language, _words in _LITTLE.items():
    for _word in _words.split():
        _OF_WORD[_word] = (*_OF_WORD.get(_word, ()), _language)
_ACCENTS = str.maketrans(
    "áàâäãåąāéèêëęěíìîïıóòôöõøőúùûüůűýÿçćčñńňśšşșźžżłďťřğß",
    "aaaaaaaaeeeeeeiiiiiooooooouuuuuuyycccnnnsssszzzldtrgs",
)
_HINTS = (("vi", re.compile(r"[ăđơưạảấầẩậắặẻếềểệỉịọỏốồổộớờởợụủứừửựỳỷỹ]")), ("tr", re.compile(r"[ğş]|ı")), ("pl", re.compile(r"[ąęłśżź]")), ("cs", re.compile(r"[ěřůďť]")), ("fr", re.compile(r"[èêëùœ]|ç[aoe]")), ("es", re.compile(r"[ñ¿¡]|ció")), ("pt", re.compile(r"[ãõ]|ção")), ("de", re.compile(r"[ßü]|ä")), ("sv", re.compile(r"å|ö|ä")), ("da", re.compile(r"[æø]")), ("no", re.compile(r"[æø]")), ("hu", re.compile(r"[őű]")), ("ro", re.compile(r"[ățș]")), ("fi", re.compile(r"ää|yö|äi")))  # fmt: skip


@lru_cache(maxsize=4096)
def language_of(text: str) -> str:
    """Return the language of a passage, "" where too little speaks for any."""
    if script := _by_script(text):
        return script
    ranked = _ranked(text)
    if not ranked or ranked[0][1] < 1 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


ENOUGH = 2.5
"""What must speak for a language before others are left out, in words that are its own."""
PLAINLY = 4
"""English words that no other language here has, after which no more are counted."""
_ENGLISH = re.compile(
    r"\b(?:the|and|this|that|with|which|from|are|was|were|have|been|their|they)\b"
)
ABOUT_AS_LIKELY = 0.6
_SHARED = {"zh": ("ja",), "ja": ("zh",), "ru": ("uk",)}
"""Languages that a short passage in another's script may be in."""
_VIETNAMESE = re.compile(r"[ạảấầẩậắặẻếềểệỉịọỏốồổộớờởợụủứừửựỳỷỹ]")


@lru_cache(maxsize=4096)
def languages_near(text: str) -> frozenset[str]:
    """Return the languages that a passage may be in: the likeliest and those about as likely.

    A short passage tells little: then every language of its script may be meant.
    """
    if text.isascii() and len(_ENGLISH.findall(text, 0, 600)) >= PLAINLY:
        return frozenset({"en"})
    if script := _by_script(text):
        return frozenset({script, *_SHARED.get(script, ())})
    ranked = _ranked(text)
    best = ranked[0][1] if ranked else 0
    if best < ENOUGH:
        return LATIN | {"vi"} if _VIETNAMESE.search(text.lower()) else LATIN
    return frozenset(one for one, weight in ranked[:5] if weight >= ABOUT_AS_LIKELY * best)


def _by_script(text: str) -> str:
    script = script_language(text)
    if script == "ru":
        return "uk" if re.search("[іїєґ]", text.lower()) else "ru"
    return script


def _ranked(text: str) -> list[tuple[str, float]]:
    """Weigh languages by their little words; one that several share counts for each the less."""
    weights: dict[str, float] = {}
    lower = text[:2000].lower()
    for word in re.findall(r"[^\W\d_]+", lower.translate(_ACCENTS)):
        among = _OF_WORD.get(word, ())
        for language in among:
            weights[language] = weights.get(language, 0.0) + 1 / len(among)
    for language, pattern in _HINTS:
        if pattern.search(lower):
            weights[language] = weights.get(language, 0.0) + HINT
    return sorted(weights.items(), key=lambda pair: -pair[1])
