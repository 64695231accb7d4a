r"""TeX's way of writing letters, undone: ``{\"o}`` is ö, ``\&`` is &.

Source: The TeXbook, chapter 9; LaTeX2e, fonts T1 and TS1.
"""

from __future__ import annotations

import re
import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "d": "\u0323", "b": "\u0331", "r": "\u030a", "t": "\u0361", "U": "\u030e", "G": "\u030f",
}  # fmt: skip
LETTERS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ",
    "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
    "dag": "†", "ddag": "‡", "dots": "…", "ldots": "…", "textellipsis": "…", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "flqq": "«", "frqq": "»",
    "glqq": "„", "grqq": "“", "textquestiondown": "¿", "textexclamdown": "¡", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textregistered": "®",
    "texttrademark": "™", "textdegree": "°", "textcopyright": "©", "textbar": "|", "textless": "<",
    "textgreater": ">", "textdollar": "$", "textperiodcentered": "·", "textbullet": "•", "euro": "€",
    "texteuro": "€", "textsterling": "£", "textmu": "µ", "textonehalf": "½", "slash": "/", "TeX": "TeX",
    "LaTeX": "LaTeX", "quad": " ", "qquad": " ", "space": " ", "newline": " ", "textordmasculine": "º",
    "textordfeminine": "ª", "texttimes": "×", "textminus": "−", "textquotesingle": "'", "cprime": "ʹ",
    "textapos": "'", "ldquo": "“", "rdquo": "”", "lq": "‘", "rq": "’", "textbraceleft": "{",
    "textbraceright": "}", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "times": "×", "pm": "±", "leq": "≤", "geq": "≥", "le": "≤",
    "ge": "≥", "sim": "∼", "approx": "≈", "infty": "∞", "to": "→", "rightarrow": "→", "cdot": "⋅",
    "circ": "∘", "prime": "′", "ell": "ℓ", "neq": "≠", "in": "∈", "partial": "∂", "varepsilon": "ε",
    "varphi": "φ", "textalpha": "α", "textbeta": "β", "textgamma": "γ", "textmugreek": "μ",
}  # fmt: skip
_STYLED = {
    "emph": "i", "textit": "i", "mkbibemph": "i", "textsl": "i", "textbf": "b", "mkbibbold": "b",
    "textsuperscript": "sup", "textsubscript": "sub",
}  # fmt: skip
_SWITCHES = {"em": "i", "it": "i", "itshape": "i", "bf": "b", "bfseries": "b"}
_DROPPED = {
    "url", "textrm", "textsf", "texttt", "textup", "textnormal", "text", "mbox", "hbox", "enquote*",
    "mathrm", "mathit", "ensuremath", "relax", "noopsort", "protect", "rm", "sc", "tt", "sf", "bibinfo",
    "mkbibparens", "foreignlanguage", "ignorespaces", "sl", "mathbf", "mathcal", "mathbb", "nobreak",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+\*?)[ \t\n]*|\\(?P<sign>[^A-Za-z])|(?P<math>\$[^$]*\$)|(?P<open>\{)"
    r"|(?P<close>\})|(?P<run>---|--|``|''|~|[^\\${}~`'-]+|.)",
    re.DOTALL,
)
_RUNS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0"}
_SIMPLE_MATH = re.compile(r"\$\s*([_^])\s*(?:\{([^{}$\\]*)\}|([^{}$\\]))\s*\$")


def decode(text: str, *, rich: bool = False) -> str:
    """Return a value's text. Braces go; with ``rich``, looks and protected words become CSL tags.

    A command that is not known keeps its argument and loses its name. Never raises; unbalanced
    braces are dropped.
    """
    if not re.search(r"[\\{}$~`]|--|''", text):
        return " ".join(text.split())
    body = _Decoder(text, rich=rich).group(top=True)
    body = re.sub(r"<(i|b|sup|sub)></\1>", "", body)
    return " ".join(unicodedata.normalize("NFC", body).replace("\u00a0", " ").split())


class _Decoder:
    """One pass over a value; `group` reads up to the brace that closes it."""

    def __init__(self, text: str, *, rich: bool) -> None:
        self.tokens = list(_TOKEN.finditer(text))
        self.at = 0
        self.rich = rich

    def group(self, *, top: bool = False) -> str:
        out: list[str] = []
        closing = ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token["close"]:
                if not top:
                    break
            elif token["open"]:
                out.append(self._braced())
            elif token["math"]:
                out.append(self._math(token["math"]))
            elif token["run"]:
                out.append(_RUNS.get(token["run"], token["run"]))
            elif token["sign"] is not None:
                out.append(self._sign(token["sign"]))
            elif (tag := _SWITCHES.get(token["word"])) and self.rich and not top:
                out.append(f"<{tag}>")
                closing = f"</{tag}>" + closing
            else:
                out.append(self._word(token["word"]))
        return "".join(out) + closing

    def _braced(self) -> str:
        """Read a brace group; one that holds words in capitals is marked, to be judged later."""
        first = self.tokens[self.at] if self.at < len(self.tokens) else None
        special = first is not None and (first["word"] or first["sign"])
        body = self.group()
        if self.rich and not special and any(c.isupper() for c in body) and "<" not in body:
            return f'<span class="nocase">{body}</span>'
        return body

    def _argument(self) -> str:
        """Read what a command applies to: the next group, letter or command."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token["open"]:
                return self.group()
            if token["word"]:
                return self._word(token["word"])
            if token["sign"] is not None:
                return self._sign(token["sign"])
            if token["run"] is None:
                self.at -= 1
                return ""
            run = token["run"].lstrip()
            if run:
                rest = run[1:]
                return run[0] + rest if not rest else self._split(run)
        return ""

    def _split(self, run: str) -> str:
        """Take the first letter of a run and leave the rest to be read next."""
        rest = _TOKEN.match(run[1:])
        if rest:
            self.tokens.insert(self.at, rest)
            if rest.end() < len(run) - 1:
                self.tokens[self.at : self.at + 1] = list(_TOKEN.finditer(run[1:]))
        return run[0]

    def _sign(self, sign: str) -> str:
        if sign in ACCENTS:
            return _accented(self._argument(), ACCENTS[sign])
        if sign in "&%$#_{} ":
            return sign
        return {"\\": " ", "-": "", "/": "", ",": "\u00a0", ";": " ", ":": " "}.get(sign, "")

    def _word(self, word: str) -> str:
        if word in ACCENTS:
            return _accented(self._argument(), ACCENTS[word])
        if word in LETTERS:
            return LETTERS[word]
        if word in _STYLED:
            body = self._argument()
            tag = _STYLED[word]
            return f"<{tag}>{body}</{tag}>" if self.rich and body else body
        if word == "textsc":
            body = self._argument()
            style = 'style="font-variant:small-caps;"'
            return f"<span {style}>{body}</span>" if self.rich and body else body
        if word in {"mkbibquote", "enquote"}:
            return f"“{self._argument()}”"
        if word == "href":
            self._argument()
            return self._argument()
        if word in _DROPPED:
            return ""
        if word == "char":
            return ""
        return ""

    def _math(self, math: str) -> str:
        if (simple := _SIMPLE_MATH.fullmatch(math)) and self.rich:
            tag = "sup" if simple[1] == "^" else "sub"
            return f"<{tag}>{simple[2] or simple[3]}</{tag}>"
        command = re.fullmatch(r"\$\s*\\([A-Za-z]+)\s*\$", math)
        if command and command[1] in LETTERS:
            return LETTERS[command[1]]
        if re.fullmatch(r"\$[\w\s.,:+()/<>=-]*\$", math) and "_" not in math:
            return math[1:-1]
        return math


def _accented(base: str, accent: str) -> str:
    base = {"ı": "i", "ȷ": "j"}.get(base, base)
    if not base.strip():
        return {"\u0303": "~", "\u0302": "^"}.get(accent, "")
    if accent == "\u0361":
        return base
    return base[0] + accent + base[1:]
