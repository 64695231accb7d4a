"""The text of a page: its bytes by the charset that it names, or that fits them.

No source itself (it defines no ``SOURCE``).
"""

from __future__ import annotations

import re


def decode(body: bytes, header: str) -> str:
    """Return a page's text by the byte order mark, the header's charset, the page's own, or a guess.

    A charset that does not fit the bytes is passed over, and gb2312 is read as its superset.
    """
    said = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", header, re.IGNORECASE)
    inside = re.search(
        rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", body[:4096], re.IGNORECASE
    )
    declared = [said[1]] if said else []
    declared += [inside[1].decode("ascii", "replace")] if inside else []
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared.insert(0, "utf-16")
    for name in ("utf-8-sig", *declared):
        codec = "gb18030" if name.lower() in {"gb2312", "gbk", "gb_2312-80"} else name
        try:
            return body.decode(codec)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    if _reads_as_chinese(body):
        return body.decode("gb18030")
    from charset_normalizer import from_bytes

    best = from_bytes(body[:200_000]).best()
    if best is not None:
        return body.decode(best.encoding, errors="replace")
    return body.decode("utf-8", errors="replace")


def _reads_as_chinese(body: bytes) -> bool:
    """Tell whether bytes are GBK: all but a few of the signs are common ones (level 1 of GB 2312)."""
    try:
        signs = [sign for sign in body.decode("gb18030") if ord(sign) > 0x2FFF]
    except UnicodeDecodeError:
        return False
    common = [sign for sign in signs if 0xB0 <= sign.encode("gb18030")[0] <= 0xD7]
    return len(signs) >= 4 and len(common) >= 0.85 * len(signs)
