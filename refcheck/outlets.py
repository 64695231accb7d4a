"""News outlets and other publishers by their everyday names, with the site they publish on.

The offline fallback for what Wikidata's "official website" (P856) says, and the first thing asked:
people write "36Kr", "WaPo" or "the Guardian", which are no labels. From general knowledge, the
sites as they answered in 2024–2026; extend it freely, one line an outlet:

    main name | other names, separated by commas | site | language of what it publishes
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from refcheck.identifiers import host
from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its names, the main one first; its site without ``www.``; its language."""

    names: tuple[str, ...]
    site: str
    language: str


_TABLE = """
36Kr | 36氪, 36 Kr, 36 Krypton, 36Krypton, 36Ke | 36kr.com | zh
KrASIA | Kr-Asia | kr-asia.com | en
IT之家 | ITHome, IT Home, IT Zhijia | ithome.com | zh
澎湃新闻 | The Paper, ThePaper, Pengpai, Pengpai News, 澎湃 | thepaper.cn | zh
第六声 | Sixth Tone | sixthtone.com | en
财新 | Caixin, 财新网, 财新周刊 | caixin.com | zh
Caixin Global | | caixinglobal.com | en
财经 | Caijing, 财经杂志, 财经网 | caijing.com.cn | zh
第一财经 | Yicai, CBN, China Business Network | yicai.com | zh
Yicai Global | | yicaiglobal.com | en
晚点LatePost | LatePost, 晚点, 晚点Auto, Late Post | latepost.com | zh
虎嗅 | Huxiu, 虎嗅网 | huxiu.com | zh
界面新闻 | Jiemian, Jiemian News, 界面 | jiemian.com | zh
钛媒体 | TMTPost | tmtpost.com | zh
快科技 | MyDrivers, Kuai Keji, 驱动之家 | mydrivers.com | zh
机器之心 | Synced, Jiqizhixin | jiqizhixin.com | zh
量子位 | QbitAI | qbitai.com | zh
新浪财经 | Sina Finance | finance.sina.com.cn | zh
新浪 | Sina, 新浪网 | sina.com.cn | zh
网易 | NetEase, 网易新闻 | 163.com | zh
搜狐 | Sohu | sohu.com | zh
腾讯新闻 | Tencent News, 腾讯网 | news.qq.com | zh
凤凰网 | ifeng, Phoenix News | ifeng.com | zh
少数派 | SSPAI | sspai.com | zh
知乎 | Zhihu | zhihu.com | zh
知乎日报 | Zhihu Daily | daily.zhihu.com | zh
简书 | Jianshu | jianshu.com | zh
哔哩哔哩 | Bilibili, B站 | bilibili.com | zh
微博 | Weibo, Sina Weibo | weibo.com | zh
汽车之家 | Autohome | autohome.com.cn | zh
懂车帝 | Dongchedi | dongchedi.com | zh
盖世汽车 | Gasgoo | gasgoo.com | zh
第一电动 | D1EV | d1ev.com | zh
证券时报 | Securities Times, STCN | stcn.com | zh
财联社 | Cailianshe, CLS | cls.cn | zh
华尔街见闻 | Wallstreetcn | wallstreetcn.com | zh
每日经济新闻 | National Business Daily, NBD, 每经 | nbd.com.cn | zh
21世纪经济报道 | 21st Century Business Herald | 21jingji.com | zh
新华社 | Xinhua, Xinhua News Agency, 新华网 | xinhuanet.com | zh
人民网 | People's Daily Online, People's Daily, 人民日报 | people.com.cn | zh
观察者网 | Guancha | guancha.cn | zh
新京报 | The Beijing News | bjnews.com.cn | zh
南方周末 | Southern Weekly, Southern Weekend | infzm.com | zh
环球时报 | Global Times Chinese edition | huanqiu.com | zh
Global Times | | globaltimes.cn | en
China Daily | 中国日报 | chinadaily.com.cn | en
SHINE | Shanghai Daily | shine.cn | en
South China Morning Post | SCMP | scmp.com | en
CnEVPost | CN EV Post | cnevpost.com | en
CarNewsChina | Car News China | carnewschina.com | en
Pandaily | | pandaily.com | en
AutoBeta | Auto Beta | autobeta.net | en
TechNode | 动点科技 | technode.com | en
electrive | electrive.com | electrive.com | en
Electrek | | electrek.co | en
InsideEVs | Inside EVs | insideevs.com | en
EVMagz | | evmagz.com | id
Notebookcheck | | notebookcheck.net | en
The New York Times | New York Times, NYT, NY Times, nytimes | nytimes.com | en
The Washington Post | Washington Post, WaPo | washingtonpost.com | en
The Wall Street Journal | Wall Street Journal, WSJ | wsj.com | en
Los Angeles Times | LA Times | latimes.com | en
USA Today | | usatoday.com | en
The Boston Globe | Boston Globe | bostonglobe.com | en
Chicago Tribune | | chicagotribune.com | en
San Francisco Chronicle | SF Chronicle | sfchronicle.com | en
The Atlantic | Atlantic | theatlantic.com | en
The New Yorker | New Yorker | newyorker.com | en
TIME | Time Magazine | time.com | en
Newsweek | | newsweek.com | en
Forbes | | forbes.com | en
Fortune | | fortune.com | en
Business Insider | | businessinsider.com | en
Bloomberg | Bloomberg News | bloomberg.com | en
Reuters | Thomson Reuters | reuters.com | en
Associated Press | AP, AP News | apnews.com | en
Agence France-Presse | AFP | afp.com | fr
CNN | | cnn.com | en
CNBC | | cnbc.com | en
NBC News | NBC | nbcnews.com | en
CBS News | CBS | cbsnews.com | en
ABC News | | abcnews.go.com | en
Fox News | | foxnews.com | en
NPR | National Public Radio | npr.org | en
PBS | PBS NewsHour | pbs.org | en
Politico | | politico.com | en
Axios | | axios.com | en
Vox | | vox.com | en
ProPublica | | propublica.org | en
BuzzFeed News | BuzzFeed | buzzfeednews.com | en
Slate | | slate.com | en
The Verge | Verge | theverge.com | en
Wired | WIRED | wired.com | en
Ars Technica | | arstechnica.com | en
TechCrunch | Tech Crunch | techcrunch.com | en
Engadget | | engadget.com | en
ZDNet | ZDNET | zdnet.com | en
CNET | | cnet.com | en
The Register | El Reg | theregister.com | en
VentureBeat | | venturebeat.com | en
MIT Technology Review | Technology Review | technologyreview.com | en
IEEE Spectrum | | spectrum.ieee.org | en
Quanta Magazine | Quanta | quantamagazine.org | en
Scientific American | SciAm | scientificamerican.com | en
New Scientist | | newscientist.com | en
National Geographic | NatGeo | nationalgeographic.com | en
CoinDesk | | coindesk.com | en
Cointelegraph | | cointelegraph.com | en
Hacker News | HN | news.ycombinator.com | en
The Guardian | Guardian | theguardian.com | en
BBC News | BBC | bbc.com | en
Financial Times | FT | ft.com | en
The Economist | Economist | economist.com | en
The Times | Times of London | thetimes.com | en
The Telegraph | Telegraph, Daily Telegraph | telegraph.co.uk | en
The Independent | | independent.co.uk | en
Daily Mail | | dailymail.co.uk | en
Sky News | | news.sky.com | en
The Irish Times | Irish Times | irishtimes.com | en
CBC News | CBC | cbc.ca | en
The Globe and Mail | Globe and Mail | theglobeandmail.com | en
Toronto Star | | thestar.com | en
The Sydney Morning Herald | Sydney Morning Herald, SMH | smh.com.au | en
The Age | | theage.com.au | en
The Australian | | theaustralian.com.au | en
ABC News (Australia) | ABC Australia | abc.net.au | en
NZ Herald | New Zealand Herald | nzherald.co.nz | en
The Straits Times | Straits Times | straitstimes.com | en
CNA | Channel NewsAsia, Channel News Asia | channelnewsasia.com | en
The Hindu | | thehindu.com | en
The Times of India | Times of India, TOI | timesofindia.indiatimes.com | en
Hindustan Times | | hindustantimes.com | en
The Indian Express | Indian Express | indianexpress.com | en
Dawn | | dawn.com | en
Al Jazeera | Aljazeera | aljazeera.com | en
Haaretz | | haaretz.com | en
Hürriyet Daily News | Hurriyet Daily News | hurriyetdailynews.com | en
Nikkei Asia | Nikkei Asian Review | asia.nikkei.com | en
日本経済新聞 | Nikkei, 日経 | nikkei.com | ja
The Japan Times | Japan Times | japantimes.co.jp | en
朝日新聞 | Asahi Shimbun, Asahi | asahi.com | ja
読売新聞 | Yomiuri Shimbun, Yomiuri | yomiuri.co.jp | ja
毎日新聞 | Mainichi Shimbun, Mainichi | mainichi.jp | ja
NHK | | nhk.or.jp | ja
조선일보 | Chosun Ilbo | chosun.com | ko
한겨레 | Hankyoreh | hani.co.kr | ko
연합뉴스 | Yonhap | yna.co.kr | ko
Der Spiegel | Spiegel, Spiegel Online, SPON | spiegel.de | de
Die Zeit | Zeit Online, ZEIT | zeit.de | de
Frankfurter Allgemeine Zeitung | FAZ, F.A.Z. | faz.net | de
Süddeutsche Zeitung | SZ, sueddeutsche.de, Süddeutsche | sueddeutsche.de | de
Die Welt | Welt | welt.de | de
die tageszeitung | taz | taz.de | de
Handelsblatt | | handelsblatt.com | de
Tagesschau | ARD | tagesschau.de | de
heise online | heise, Heise | heise.de | de
Golem.de | Golem | golem.de | de
Netzpolitik.org | Netzpolitik | netzpolitik.org | de
Neue Zürcher Zeitung | NZZ | nzz.ch | de
Der Standard | derStandard | derstandard.at | de
Deutsche Welle | DW | dw.com | de
Le Monde | | lemonde.fr | fr
Le Figaro | | lefigaro.fr | fr
Libération | Liberation | liberation.fr | fr
Les Échos | Les Echos | lesechos.fr | fr
Mediapart | | mediapart.fr | fr
France 24 | | france24.com | fr
Le Temps | | letemps.ch | fr
Radio-Canada | | ici.radio-canada.ca | fr
El País | El Pais | elpais.com | es
El Mundo | | elmundo.es | es
La Vanguardia | | lavanguardia.com | es
ABC (Spain) | Diario ABC | abc.es | es
La Nación | La Nacion | lanacion.com.ar | es
Clarín | Clarin | clarin.com | es
El Universal | | eluniversal.com.mx | es
Público | Publico | publico.pt | pt
Folha de S.Paulo | Folha, Folha de São Paulo | folha.uol.com.br | pt
O Globo | | oglobo.globo.com | pt
O Estado de S. Paulo | Estadão | estadao.com.br | pt
La Repubblica | Repubblica | repubblica.it | it
Corriere della Sera | Corriere | corriere.it | it
Il Sole 24 Ore | | ilsole24ore.com | it
La Stampa | | lastampa.it | it
ANSA | | ansa.it | it
Motorionline | | motorionline.com | it
NRC | NRC Handelsblad | nrc.nl | nl
de Volkskrant | Volkskrant | volkskrant.nl | nl
NOS | | nos.nl | nl
Dagens Nyheter | DN | dn.se | sv
Svenska Dagbladet | SvD | svd.se | sv
SVT | SVT Nyheter | svt.se | sv
Sveriges Radio | SR | sverigesradio.se | sv
Aftenposten | | aftenposten.no | no
NRK | | nrk.no | no
Politiken | | politiken.dk | da
Helsingin Sanomat | HS | hs.fi | fi
Yle | | yle.fi | fi
Gazeta Wyborcza | Wyborcza | wyborcza.pl | pl
Rzeczpospolita | | rp.pl | pl
Коммерсантъ | Kommersant | kommersant.ru | ru
Ведомости | Vedomosti | vedomosti.ru | ru
РБК | RBC | rbc.ru | ru
Meduza | Медуза | meduza.io | ru
Novinky.cz | Novinky | novinky.cz | cs
iDNES.cz | iDNES | idnes.cz | cs
Hürriyet | Hurriyet | hurriyet.com.tr | tr
Milliyet | | milliyet.com.tr | tr
Kompas | | kompas.com | id
Tempo | | tempo.co | id
VOI | | voi.id | id
الجزيرة | Al Jazeera Arabic | aljazeera.net | ar
World Bank | The World Bank, 世界银行 | worldbank.org | en
International Monetary Fund | IMF | imf.org | en
OECD | | oecd.org | en
International Energy Agency | IEA | iea.org | en
World Health Organization | WHO | who.int | en
United Nations | UN, UN News | un.org | en
UNESCO | | unesco.org | en
European Commission | | ec.europa.eu | en
NASA | | nasa.gov | en
Pew Research Center | Pew, Pew Research | pewresearch.org | en
McKinsey & Company | McKinsey | mckinsey.com | en
Brookings | Brookings Institution | brookings.edu | en
Center for Strategic and International Studies | CSIS | csis.org | en
Information Technology and Innovation Foundation | ITIF | itif.org | en
RAND Corporation | RAND | rand.org | en
Our World in Data | OWID | ourworldindata.org | en
Carbon Brief | | carbonbrief.org | en
Statista | | statista.com | en
Ethereum Foundation | Ethereum Foundation blog, EF blog | blog.ethereum.org | en
Wikipedia | | wikipedia.org | en
GitHub | | github.com | en
Medium | | medium.com | en
YouTube | | youtube.com | en
"""


@cache
def _outlets() -> tuple[Outlet, ...]:
    rows = []
    for line in _TABLE.strip().splitlines():
        main, others, site, language = (part.strip() for part in line.split("|"))
        names = (main, *(other.strip() for other in others.split(",") if other.strip()))
        rows.append(Outlet(names, site, language))
    return tuple(rows)


def _key(name: str) -> str:
    return re.sub(r"^the |[^\w]", "", fold(name))


@cache
def _by_name() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in _outlets():
        for name in outlet.names:
            table.setdefault(_key(name), outlet)
    return table


@cache
def _by_site() -> dict[str, Outlet]:
    return {outlet.site: outlet for outlet in reversed(_outlets())}


def find(name: str) -> Outlet | None:
    """Return the outlet of a name as people write it, or of an address; None where unknown.

    Case, accents, spaces, a leading "the" and punctuation do not matter.
    """
    if not name.strip():
        return None
    return _by_name().get(_key(name)) or at(name)


def at(address: str) -> Outlet | None:
    """Return the outlet on whose site an address lies; None where unknown."""
    name = host(address) if re.fullmatch(r"\S+\.\S+", address.strip()) else ""
    while name.count("."):
        if outlet := _by_site().get(name):
            return outlet
        name = name.split(".", 1)[1]
    return None


def mentioned(text: str) -> tuple[tuple[int, int, Outlet], ...]:
    """Return the outlets that a text names, with start and end, in order of place.

    Latin names must stand as whole words, in the case of the table where they have four letters
    or fewer or are common words ("time", "wired").
    """
    found = []
    taken = -1
    for match in _pattern().finditer(text):
        outlet = _by_name().get(_key(match[0]))
        if outlet is None or match.start() < taken:
            continue
        exact = any(match[0] == name for name in outlet.names)
        if not exact and (len(match[0]) <= 4 or match[0].islower()):
            continue
        found.append((match.start(), match.end(), outlet))
        taken = match.end()
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted({name for outlet in _outlets() for name in outlet.names}, key=len, reverse=True)
    latin = [
        re.escape(name)
        for name in names
        if name.isascii() or not re.search(r"[\u3040-\uffef]", name)
    ]
    signs = [re.escape(name) for name in names if re.search(r"[\u3040-\uffef]", name)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)|(?:{'|'.join(signs)})", re.IGNORECASE)
