"""Everyday notions and names of the news in several languages, one line each.

Used to put a question to a source in its own language, and to see that two titles in two languages
speak of the same. The offline fallback for what Wikidata's labels say. From general knowledge.

    kind | en | zh | de | fr | es | it        words of one language separated by commas

``name``: a proper name, telling by itself. ``thing``: what kind of thing is spoken of, with
its group and class in it; two things of one group and of different classes (a car, a phone) are not
the same news. ``word``: the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from refcheck.text import fold, is_cjk

LANGUAGES = ("en", "zh", "de", "fr", "es", "it")


@dataclass(frozen=True, slots=True)
class Notion:
    """One notion: its words by language, its kind, and group and class ("product/phone") of a thing."""

    key: str
    kind: str
    group: str
    words: tuple[tuple[str, tuple[str, ...]], ...]

    def in_language(self, language: str) -> tuple[str, ...]:
        """Return its words in a language, the usual one first; none where the table has none."""
        return dict(self.words).get(language, ())


_TABLE = """
name | Xiaomi | 小米 | | | |
name | BYD | 比亚迪 | | | |
name | NIO, Nio | 蔚来 | | | |
name | Onvo | 乐道 | | | |
name | Xpeng, XPeng | 小鹏 | | | |
name | Li Auto | 理想汽车, 理想 | | | |
name | Geely | 吉利 | | | |
name | Zeekr | 极氪 | | | |
name | SAIC | 上汽 | | | |
name | GAC | 广汽 | | | |
name | Chery | 奇瑞 | | | |
name | Great Wall Motor | 长城汽车 | | | |
name | Changan | 长安汽车 | | | |
name | CATL | 宁德时代 | | | |
name | Tesla | 特斯拉 | | | |
name | Volkswagen, VW | 大众汽车, 大众 | | | |
name | Toyota | 丰田 | | | |
name | Honda | 本田 | | | |
name | Nissan | 日产 | | | |
name | Ford | 福特 | | | |
name | General Motors, GM | 通用汽车 | | | |
name | BMW | 宝马 | | | |
name | Mercedes-Benz, Mercedes | 奔驰 | | | |
name | Audi | 奥迪 | | | |
name | Porsche | 保时捷 | | | |
name | Ferrari | 法拉利 | | | |
name | Huawei | 华为 | | | |
name | Alibaba | 阿里巴巴, 阿里 | | | |
name | Tencent | 腾讯 | | | |
name | Baidu | 百度 | | | |
name | ByteDance | 字节跳动 | | | |
name | Meituan | 美团 | | | |
name | JD.com | 京东 | | | |
name | DeepSeek | 深度求索 | | | |
name | Lenovo | 联想 | | | |
name | Oppo | 欧珀 | | | |
name | Honor | 荣耀 | | | |
name | Apple | 苹果 | | | |
name | Google | 谷歌 | | | |
name | Microsoft | 微软 | | | |
name | Amazon | 亚马逊 | | | |
name | Samsung | 三星 | | | |
name | Sony | 索尼 | | | |
name | Nvidia, NVIDIA | 英伟达 | | | |
name | Intel | 英特尔 | | | |
name | Qualcomm | 高通 | | | |
name | TSMC | 台积电 | | | |
name | Boeing | 波音 | | | |
name | Airbus | 空客, 空中客车 | | | |
name | Lei Jun | 雷军 | | | |
name | Lu Weibing | 卢伟冰 | | | |
name | Wang Hua | 王化 | | | |
name | He Xiaopeng | 何小鹏 | | | |
name | Li Xiang | 李想 | | | |
name | Elon Musk, Musk | 马斯克 | | | |
name | Jensen Huang | 黄仁勋 | | | |
name | Donald Trump, Trump | 特朗普 | | | |
name | Xi Jinping | 习近平 | | | |
name | Joe Biden, Biden | 拜登 | | | |
name | Vladimir Putin, Putin | 普京 | Putin | Poutine | Putin | Putin
name | China, Chinese | 中国, 国内 | China, chinesisch | Chine, chinois | China, chino, china | Cina, cinese
name | United States, USA, U.S., American | 美国 | USA, Vereinigte Staaten, amerikanisch | États-Unis, américain | Estados Unidos, estadounidense | Stati Uniti, americano
name | United Kingdom, UK, Britain, British | 英国 | Großbritannien, britisch | Royaume-Uni, britannique | Reino Unido, británico | Regno Unito, britannico
name | Germany, German | 德国 | Deutschland, deutsch | Allemagne, allemand | Alemania, alemán | Germania, tedesco
name | France, French | 法国 | Frankreich, französisch | France, français | Francia, francés | Francia, francese
name | Japan, Japanese | 日本 | Japan, japanisch | Japon, japonais | Japón, japonés | Giappone, giapponese
name | South Korea, Korean | 韩国 | Südkorea, koreanisch | Corée du Sud, coréen | Corea del Sur, coreano | Corea del Sud, coreano
name | India, Indian | 印度 | Indien, indisch | Inde, indien | India, indio | India, indiano
name | Russia, Russian | 俄罗斯 | Russland, russisch | Russie, russe | Rusia, ruso | Russia, russo
name | Ukraine, Ukrainian | 乌克兰 | Ukraine, ukrainisch | Ukraine, ukrainien | Ucrania, ucraniano | Ucraina, ucraino
name | Europe, European | 欧洲 | Europa, europäisch | Europe, européen | Europa, europeo | Europa, europeo
name | European Union, EU | 欧盟 | Europäische Union, EU | Union européenne, UE | Unión Europea, UE | Unione europea, UE
name | Israel, Israeli | 以色列 | Israel, israelisch | Israël, israélien | Israel, israelí | Israele, israeliano
name | Iran, Iranian | 伊朗 | Iran, iranisch | Iran, iranien | Irán, iraní | Iran, iraniano
name | Taiwan | 台湾 | Taiwan | Taïwan | Taiwán | Taiwan
name | Hong Kong | 香港 | Hongkong | Hong Kong | Hong Kong | Hong Kong
name | Beijing | 北京 | Peking | Pékin | Pekín | Pechino
name | Shanghai | 上海 | Shanghai | Shanghai | Shanghái | Shanghai
name | Shenzhen | 深圳 | Shenzhen | | |
name | Guangzhou | 广州 | | | |
name | Hangzhou | 杭州 | | | |
name | Chengdu | 成都 | | | |
name | Wuhan | 武汉 | | | |
name | Anhui | 安徽 | | | |
name | London | 伦敦 | London | Londres | Londres | Londra
name | Paris | 巴黎 | Paris | Paris | París | Parigi
name | Berlin | 柏林 | Berlin | Berlin | Berlín | Berlino
name | New York | 纽约 | New York | New York | Nueva York | New York
name | Tokyo | 东京 | Tokio | Tokyo | Tokio | Tokyo
name | Nürburgring, Nurburgring | 纽北 | | | |
thing:product/vehicle | car, cars, vehicle, vehicles, automobile, automobiles, auto, sedan, SUV, automotive, carmaker, automaker | 汽车, 车型, 轿车, 新车, 车 | Auto, Autos, Fahrzeug, Fahrzeuge, Wagen | voiture, voitures, véhicule, véhicules, automobile | coche, coches, vehículo, vehículos, automóvil | auto, automobile, automobili, veicolo, veicoli
thing:product/vehicle | electric vehicle, electric vehicles, EV, EVs, electric car, electric cars, new energy vehicle, new energy vehicles, NEV, NEVs, plug-in electric vehicle, plug-in electric vehicles | 电动汽车, 新能源汽车, 新能源车, 电动车, 纯电车 | Elektroauto, Elektroautos, Elektrofahrzeug, Elektrofahrzeuge, E-Auto, E-Autos | véhicule électrique, véhicules électriques, voiture électrique, voitures électriques | vehículo eléctrico, vehículos eléctricos, coche eléctrico, coches eléctricos | veicolo elettrico, veicoli elettrici, auto elettrica, auto elettriche
thing:product/phone | phone, phones, smartphone, smartphones, handset | 手机 | Handy, Smartphone | téléphone, smartphone | teléfono, móvil | telefono, smartphone
thing:product/tablet | tablet, tablets | 平板, 平板电脑 | Tablet | tablette | tableta | tablet
thing:product/computer | laptop, laptops, notebook computer | 笔记本, 笔记本电脑 | Laptop | ordinateur portable | portátil | portatile
thing:product/watch | watch, smartwatch | 手表, 腕表 | Uhr, Smartwatch | montre | reloj | orologio
thing:product/television | television, TV set | 电视机, 电视 | Fernseher | téléviseur | televisor | televisore
thing:product/chip | chip, chips, processor, semiconductor | 芯片, 处理器, 半导体 | Chip, Prozessor, Halbleiter | puce, semi-conducteur | chip, semiconductor | chip, semiconduttore
thing:product/motorcycle | motorcycle, motorbike | 摩托车 | Motorrad | moto | motocicleta | motocicletta
thing:product/aircraft | aircraft, airplane, plane | 飞机 | Flugzeug | avion | avión | aereo
thing:product/drone | drone, drones | 无人机 | Drohne | drone | dron | drone
thing:product/robot | robot, robots | 机器人 | Roboter | robot | robot | robot
thing:product/toy | scale model, die-cast model | 车模, 合金车模 | Modellauto | modèle réduit | modelo a escala | modellino
thing:product/brand | brand | 品牌 | Marke | marque | marca | marchio
thing:product/fund | fund | 基金 | Fonds | fonds | fondo | fondo
word | electric | 电动, 纯电 | elektrisch, Elektro | électrique | eléctrico | elettrico
word | model, models | 车型, 款, 型号 | Modell | modèle | modelo | modello
word | launch, launches, launched, release, released, unveil, unveils, unveiled, debut | 上市, 发布, 推出, 亮相, 首发 | Start, Markteinführung, vorgestellt | lancement, lance | lanzamiento, lanza | lancio, lancia
word | plan, plans, planned, slated, scheduled | 计划, 将于, 预计 | plant, geplant | prévoit, prévu | planea, previsto | prevede, previsto
word | price, prices, priced | 价格, 售价, 定价 | Preis | prix | precio | prezzo
word | order, orders, pre-order, pre-orders, preorders | 订单, 大定, 预订, 预定 | Bestellung, Bestellungen | commande, commandes | pedido, pedidos | ordine, ordini
word | delivery, deliveries, delivered | 交付, 交车 | Auslieferung, Auslieferungen | livraison, livraisons | entrega, entregas | consegna, consegne
word | sales, sold | 销量, 销售 | Absatz, Verkäufe | ventes | ventas | vendite
word | recall, recalls, recalled | 召回 | Rückruf | rappel | retirada | richiamo
word | crash, accident | 事故, 车祸, 碰撞 | Unfall | accident | accidente | incidente
word | fire | 起火, 自燃, 火灾 | Brand, Feuer | incendie | incendio | incendio
word | battery, batteries | 电池 | Batterie, Akku | batterie | batería | batteria
word | charging, charger | 充电 | Laden | recharge | carga | ricarica
word | range | 续航 | Reichweite | autonomie | autonomía | autonomia
word | factory, plant | 工厂 | Fabrik, Werk | usine | fábrica | fabbrica
word | design, color, colour | 设计, 配色, 颜色 | Design, Farbe | design, couleur | diseño, color | design, colore
word | name, named, naming | 命名, 名称 | Name | nom | nombre | nome
word | profit, profitable, profitability | 利润, 盈利 | Gewinn | bénéfice | beneficio | utile
word | loss, losses, loses | 亏损 | Verlust | perte | pérdida | perdita
word | revenue | 营收, 收入 | Umsatz | chiffre d'affaires | ingresos | ricavi
word | growth | 增长 | Wachstum | croissance | crecimiento | crescita
word | market | 市场 | Markt | marché | mercado | mercato
word | subsidy, subsidies | 补贴 | Subvention, Subventionen | subvention | subsidio | sussidio
word | policy, policies | 政策 | Politik | politique | política | politica
word | industry | 产业, 行业, 工业 | Industrie | industrie | industria | industria
word | tariff, tariffs | 关税 | Zoll, Zölle | droits de douane | arancel, aranceles | dazi
word | exclusive | 独家 | exklusiv | exclusif | exclusiva | esclusiva
word | apologize, apology, apologizes | 道歉 | Entschuldigung | excuses | disculpa | scuse
word | deny, denies, denied | 辟谣, 否认 | dementiert | dément | niega | smentisce
word | respond, responds, response | 回应 | reagiert | réagit | responde | risponde
word | parts, components | 零部件 | Teile | pièces | piezas | parti
word | store, stores, showroom, showrooms | 门店 | Filiale | magasin | tienda | negozio
word | software, update, OTA | 软件, 升级, 更新 | Software, Update | logiciel, mise à jour | software, actualización | software, aggiornamento
word | autonomous driving, self-driving, driver assistance | 自动驾驶, 智驾, 辅助驾驶 | autonomes Fahren | conduite autonome | conducción autónoma | guida autonoma
word | artificial intelligence, AI | 人工智能 | künstliche Intelligenz, KI | intelligence artificielle, IA | inteligencia artificial, IA | intelligenza artificiale, IA
word | report, reports | 报告, 报道 | Bericht | rapport | informe | rapporto
word | government | 政府 | Regierung | gouvernement | gobierno | governo
word | election | 选举 | Wahl | élection | elección | elezione
word | war | 战争 | Krieg | guerre | guerra | guerra
word | climate | 气候 | Klima | climat | clima | clima
word | energy | 能源 | Energie | énergie | energía | energia
word | bank | 银行 | Bank | banque | banco | banca
word | court, lawsuit | 法院, 起诉, 诉讼 | Gericht, Klage | tribunal, procès | tribunal, demanda | tribunale, causa
word | death, dead, die, dies, died | 死亡, 去世 | Tod, tot | mort | muerte | morte
word | earthquake | 地震 | Erdbeben | séisme | terremoto | terremoto
word | flood, floods | 洪水, 洪灾 | Hochwasser, Flut | inondation | inundación | alluvione
word | study | 研究 | Studie | étude | estudio | studio
word | student, students | 学生 | Student, Studenten, Schüler | étudiant | estudiante | studente
word | school | 学校 | Schule | école | escuela | scuola
word | hospital | 医院 | Krankenhaus | hôpital | hospital | ospedale
word | film, movie | 电影 | Film | film | película | film
word | game | 游戏 | Spiel | jeu | juego | gioco
word | customer, customers, buyer, buyers, user, users | 用户, 客户, 车主 | Kunde, Kunden | client, clients | cliente, clientes | cliente, clienti
word | scalper, scalpers, resale | 黄牛, 转卖, 倒卖 | | | |
word | bumper | 保险杠 | Stoßstange | pare-chocs | parachoques | paraurti
word | air suspension | 空簧, 空气悬架 | Luftfederung | | |
word | competition, competitor, rival, rivals | 竞争, 对手 | Wettbewerb, Konkurrent | concurrence | competencia | concorrenza
"""


@cache
def notions() -> tuple[Notion, ...]:
    """All notions, in the order of the table."""
    rows = []
    for line in _TABLE.strip().splitlines():
        kind, *cells = (cell.strip() for cell in line.split("|"))
        kind, _, group = kind.partition(":")
        words = tuple(
            (language, tuple(word.strip() for word in cell.split(",")))
            for language, cell in zip(LANGUAGES, cells, strict=True)
            if cell
        )
        rows.append(Notion(words[0][1][0], kind, group, words))
    return tuple(rows)


@cache
def _index() -> dict[str, tuple[Notion, ...]]:
    table: dict[str, list[Notion]] = {}
    for notion in notions():
        for _, forms in notion.words:
            for form in forms:
                table.setdefault(fold(form), []).append(notion)
    return {form: tuple(dict.fromkeys(found)) for form, found in table.items()}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_index(), key=len, reverse=True)
    signs = "|".join(re.escape(form) for form in forms if is_cjk(form))
    latin = "|".join(re.escape(form) for form in forms if not is_cjk(form))
    return re.compile(rf"(?:{signs})|(?<![^\W_])(?:{latin})(?:['’]s)?(?![^\W_])")


@cache
def _names() -> frozenset[str]:
    return frozenset(
        form for form, found in _index().items() if any(n.kind == "name" for n in found)
    )


def read(text: str) -> tuple[Notion, ...]:
    """Return the notions that a text speaks of, each once, in order of place; the longest form wins.

    A name must be written as one: "nio" in a text of small letters is none.
    """
    folded = fold(text)
    seen: dict[Notion, None] = {}
    for match in _pattern().finditer(folded):
        form = re.sub(r"['’]s$", "", match[0])
        if form in _names() and not is_cjk(form) and not _written_as_name(form, text):
            continue
        for notion in _index().get(match[0]) or _index().get(form, ()):
            seen.setdefault(notion)
    return tuple(seen)


def _written_as_name(form: str, text: str) -> bool:
    found = re.search(rf"(?<![^\W_]){re.escape(form)}", fold_case_kept(text), re.IGNORECASE)
    return bool(found) and any(sign.isupper() for sign in found[0]) if found else False


def fold_case_kept(text: str) -> str:
    """Return a text without accents but with its case, for telling names from words."""
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
