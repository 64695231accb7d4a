"""Which short lines are the titles of reference lists, where a format does not mark its headings."""

from __future__ import annotations

_TITLES = frozenset(
    "references|reference|bibliography|works cited|literature cited|sources|literatur|literaturverzeichnis|quellen|quellenverzeichnis|bibliographie|références|bibliografía|referencias|fuentes|"
    "bibliografia|referências|riferimenti|bronnen|literatuur|literatura|källor|referenser|litteratur|kaynakça|daftar pustaka|литература|список литературы|список использованных источников|المراجع|参考文献|參考文獻|参考资料|참고문헌".split(
        "|"
    )
)


def looks_like_list_title(line: str) -> bool:
    """Tell whether a line, its number and colon aside, is the title of a reference list."""
    bare = line.strip().lstrip("0123456789.IVX§ \t").rstrip(" :：.")
    return 0 < len(bare) <= 60 and bare.lower() in _TITLES
