"""Bytes to text and back: which encoding a file is in, told so that every byte can be kept.

A byte order mark decides; then strict UTF-8; then UTF-16 and UTF-32 by where their zero bytes
lie; then what the file declares of itself; then the East Asian encodings by how common the signs
are that each gives; then the single-byte code pages (charset-normalizer). Bytes that spoil an otherwise
sound UTF-8 file are kept as they are (PEP 383) and told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from refcheck.errors import InputError
from refcheck.model import Diagnostic

STATEFUL = frozenset(
    {"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr", "iso2022_jp_3", "hz", "utf_7"}
)
"""Encodings in which a byte means nothing without those before it."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,120}charset\s*=\s*[\"']?([\w.:-]+)"
    rb"|\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}|(?:^|\n)[^\n]{0,20}coding[:=]\s*([\w.-]+)"
    rb"|%\s*!TEX\s+encoding\s*=\s*([\w -]+)|%\s*Encoding:\s*([\w-]+)",
    re.IGNORECASE,
)
_TEX_NAMES = {
    "latin1": "latin-1",
    "latin9": "iso8859-15",
    "ansinew": "cp1252",
    "applemac": "mac-roman",
    "utf8x": "utf-8",
}
_WESTERN = frozenset(
    "àâäáãåçéèêëíîïìñóôöòõúùûüßæøœÿÀÂÄÁÃÅÇÉÈÊËÍÎÏÌÑÓÔÖÒÕÚÙÛÜÆØŒ«»“”„‘’‚–—…•°§©®€£·´¿¡ªº\xa0"
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd")  # fmt: skip
_SAMPLE_BYTES = 65_536
_HAN_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
_HAN_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes are to be read: ``bom + text.encode(encoding, errors)``."""

    text: str
    encoding: str
    errors: str = "strict"
    bom: bytes = b""
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Return the text of a file. Raises `InputError` in one line for what is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom) and not (bom == codecs.BOM_UTF16_LE and data[2:4] == b"\0\0"):
            return _with_bom(data, bom, encoding, name)
    if data.startswith(_BINARY):
        raise InputError(f"{name} is no text but a binary file; give a document that can be read")
    if b"\0" in data:
        return _wide(data, name)
    if b"\x1b$" in data and (found := _strictly(data, "iso2022_jp")):
        return found
    if b"\x1b$)C" in data and (found := _strictly(data, "iso2022_kr")):
        return found
    if found := _strictly(data, "utf-8"):
        return found
    if found := _declared(data):
        return found
    if found := _damaged_utf8(data):
        return found
    return _east_asian(data) or _code_page(data)


def decode_part(data: bytes, name: str) -> Decoded:
    """Return the text of an XML part of a document: in the encoding that it declares, else UTF-8.

    Never guessed; bytes that are none of the encoding are kept as they are.
    Source: XML 1.0, 4.3.3 and appendix F.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom) and not (bom == codecs.BOM_UTF16_LE and data[2:4] == b"\0\0"):
            return _with_bom(data, bom, encoding, name)
    return (
        _strictly(data, "utf-8")
        or _declared(data)
        or Decoded(data.decode("utf-8", "surrogateescape"), "utf-8", "surrogateescape")
    )


def _with_bom(data: bytes, bom: bytes, encoding: str, name: str) -> Decoded:
    body = data[len(bom) :]
    if encoding == "utf-8":
        if found := _strictly(body, encoding):
            return Decoded(found.text, encoding, "strict", bom)
        text = body.decode(encoding, "surrogateescape")
        return Decoded(text, encoding, "surrogateescape", bom, (_spoilt(text),))
    for errors in ("strict", "surrogatepass"):
        try:
            return Decoded(body.decode(encoding, errors), encoding, errors, bom)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name} is cut off or damaged: it begins as {encoding.upper()} and is not")


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes, name: str) -> Decoded:
    """Read UTF-16 or UTF-32 without a mark; a file with zero bytes that is neither is no text."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        found = _strictly(data, encoding)
        if found is None or not found.text:
            continue
        sample = found.text[:4000]
        odd = sum(not (c.isprintable() or c in "\t\r\n\f") for c in sample)
        plain = sum(c.isascii() or c in _HAN_SIMPLIFIED or c in _HAN_TRADITIONAL for c in sample)
        if odd <= len(sample) // 100 and plain * 20 >= len(sample):
            return found
    raise InputError(f"{name} is no text but a binary file; give a document that can be read")


def _declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    label = next(group for group in match.groups() if group).decode("ascii").strip().lower()
    label = _TEX_NAMES.get(label, label)
    try:
        codec = codecs.lookup(label)
    except LookupError:
        return None
    if codec.name in {"utf-8", "ascii"} or not codec._is_text_encoding:  # noqa: SLF001  # the only place where Python says it
        return None
    return _strictly(data, codec.name)


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Take a file for UTF-8 that holds at least four sound signs for each spoilt byte."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(re.findall(r"[\udc80-\udcff]", text))
    good = len(re.findall(r"[^\x00-\x7f\udc80-\udcff]", text))
    if good < 4 * bad:
        return None
    return Decoded(text, "utf-8", "surrogateescape", b"", (_spoilt(text),))


def _spoilt(text: str) -> Diagnostic:
    bad = [match.start() for match in re.finditer(r"[\udc80-\udcff]", text)]
    line = 1 + len(re.findall(r"\r\n|\r|\n", text[: bad[0]])) if bad else 1
    return Diagnostic(
        "RC101",
        "invalid-bytes",
        "warning",
        f"{len(bad)} bytes are not UTF-8, the first in line {line}; they are kept as they are",
        "save the file as UTF-8 if signs look wrong",
    )


def _east_asian(data: bytes) -> Decoded | None:
    """Choose among the East Asian encodings by the share of signs that are common in the language."""
    best, best_score = None, 0.3
    for encoding in ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "johab"):
        sample = _clip(data, encoding)
        if sample is None:
            continue
        signs = [c for c in sample if ord(c) > 0x7F]
        if len(signs) < 2:
            continue
        score = sum(_common(c, encoding) for c in signs) / len(signs)
        if score > best_score and (found := _strictly(data, encoding)):
            best, best_score = found, score
    return best


def _clip(data: bytes, encoding: str) -> str | None:
    for cut in range(4):
        try:
            return data[: _SAMPLE_BYTES - cut].decode(encoding)
        except UnicodeDecodeError as error:
            if len(data) <= _SAMPLE_BYTES or error.start < _SAMPLE_BYTES - 8:
                return None
    return None


def _common(sign: str, encoding: str) -> float:
    code = ord(sign)
    if encoding == "gb18030":
        return 1.0 if sign in _HAN_SIMPLIFIED else 0.6 if sign in "，。、；：？！“”《》（）" else 0.2 if 0x4E00 <= code < 0x9FA6 else -0.2  # fmt: skip
    if encoding == "big5hkscs":
        return 1.0 if sign in _HAN_TRADITIONAL else 0.6 if sign in "，。、；：？！「」《》（）" else 0.2 if 0x4E00 <= code < 0x9FA6 else -0.2  # fmt: skip
    if encoding in {"cp932", "euc_jp"}:
        if 0x3040 <= code <= 0x30FF:
            return 1.0
        if 0xFF61 <= code <= 0xFF9F:  # half-width kana: what other encodings look like when misread
            return -0.3
        return 0.4 if 0x4E00 <= code < 0x9FA6 or code in {0x3001, 0x3002} else -0.2
    if 0xAC00 <= code <= 0xD7A3:
        return 0.95 if encoding == "cp949" else 0.9
    return -0.2


def _code_page(data: bytes) -> Decoded:
    western = _strictly(data, "cp1252")
    if western is not None:
        signs = [c for c in western.text[:_SAMPLE_BYTES] if ord(c) > 0x7F]
        if sum(c in _WESTERN for c in signs) >= 0.98 * len(signs):
            return _strictly(data, "latin-1") if not re.search(rb"[\x80-\x9f]", data) else western  # type: ignore[return-value]
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE_BYTES]).best()
    for encoding in (guess.encoding if guess else "", "cp1252", "latin-1"):
        if encoding and encoding not in STATEFUL and (found := _strictly(data, encoding)):
            return found
    return Decoded(data.decode("latin-1"), "latin-1")
