"""The words of a gap, per language: what is asked for, what is told to be done, what is promised.

One table a language. A line is a role and its words, separated by commas, folded (no case, no
accents); ``*`` stands for any letters that follow. Roles:

cite     a citation, reference or source in running text        link     an address
list     a reference list as a whole                            work     a kind of work
act      what the writer is told to do                          promise  that it is still to come
other    things that are no source (a picture, a name)          heading  what reference lists are called
bare     cite or link words that stand for a gap all alone in a bracket
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from refcheck.text import fold

_TABLES = {
    "en": """
cite: cite, cites, citation*, citaton*, reference, references, ref, refs, source, sources, sauce, evidence, attribution, footnote, footnotes, fn
link: link, links, url, urls, hyperlink*, weblink*, permalink, web address, uri
list: bibliography, references, reference list, works cited, literature, reading list, citations, bibliographies, further reading
work: paper, papers, article*, study, studies, report, reports, publication*, preprint*, book*, journal*, research, literature, doi, arxiv, press release*, blog post*, news story
act: insert*, add, adding, put, fill in, fill, provide, replace, find, include, paste, give, need, needs, look up, dig up, check, cite, supply, complete, specify, attach, update, locate, track down, verify, missing, get, want, quote, enter, place, link to
promise: to be added, to be inserted, to be completed, to be provided, to be included, to be filled*, to be supplied, to be determined, to be confirmed, to be announced, to be updated, to be written, to be cited, to be found, to be linked, to add, to cite, to find, to follow, to come, needed, required, missing, tbd, tba, tbc, tk, todo, fixme, forthcoming, coming soon, coming, pending, will be added, will be provided, will be inserted, will be updated, will be completed, will follow, added later, add later, later, incomplete, unfinished, placeholder*, not yet available, not yet added, not available yet, soon, goes here, go here, here, follow, follows, in preparation, lacking, wanted, lost, unknown
other: image*, picture*, figure*, fig, photo*, screenshot*, logo*, video*, demo*, dashboard*, license*, licence*, badge*, gif, code, repo, repository, github, email*, e mail*, your name, name, names, date*, section*, chapter*, proof*, slide*, icon*, page number*, table, tables, diagram*, graph, graphic*, plot, plots, file, files, download*, deployment, deployed, app, application, api, key, password, description, summary, response*, text, title, music, recording, poster, presentation, website, homepage, portfolio, linkedin, profile, discord, donation, zoom, meeting, form, survey, notebook, colab, drive, dataset*, model*, weights, checkpoint*, values, value, implementation, data, test*, function, method*, class, pointer*, docs, documentation, previous chapter*, issue, ticket, pull request, details, example*, screencast, playlist, store, playstore, release notes, calendly, trailer, banner, avatar, thumbnail, contact, phone, address, location, customer*, logos, cv, resume
heading: references, reference, bibliography, works cited, literature, literature cited, sources, citations, cited works, reference list, further reading, selected bibliography, key references, related papers, reading list, references and further reading, external links, literature references, references cited
bare: cite, cites, cite me, citeme, citation, citations, ref, refs, reference, references, sauce, cit, source, sources, link, links, url, doi, quote source, citation here, ref here, reference here, link here, source here, insert ref, paper link, link to paper, link to article, footnote, fn, article link, source link, link to source
""",
    "de": """
cite: quelle, quellen, quellenangabe*, beleg, belege, zitat*, referenz*, nachweis*, quellennachweis*, literaturangabe*, literaturverweis*, zitieren, zit, fundstelle*, literaturstelle*, quellenverweis*
link: link, links, url, verlink*, linken, weblink*, internetadresse, webadresse
list: literaturverzeichnis, literatur, bibliographie, bibliografie, quellenverzeichnis, literaturliste, literaturangaben, quellen, literaturhinweise
work: artikel, studie, studien, bericht, paper, buch, aufsatz, veroffentlichung*, publikation*, pressemitteilung, zeitungsartikel
act: einfugen, erganzen, hinzufugen, einsetzen, angeben, suchen, finden, raussuchen, heraussuchen, nachtragen, prufen, nachschlagen, belegen, zitieren, eintragen, ersetzen, fehlt, fehlen, benotigt, verlinken, nachreichen, uberprufen, linken
promise: folgt, folgen, fehlt, fehlen, fehlt noch, fehlend*, einzufugen, zu erganzen, wird erganzt, werden erganzt, wird nachgereicht, wird noch, werden noch, wird hinzugefugt, werden hinzugefugt, nachzutragen, kommt noch, kommen noch, in arbeit, noch offen, erforderlich, benotigt, notig, ausstehend, noch einfugen, platzhalter, noch zu, unvollstandig, demnachst, spater, hier einfugen
other: bild*, abbildung*, abb, grafik*, foto*, screenshot*, logo*, video*, datei*, name, datum, kapitel, abschnitt, tabelle, code, seitenzahl, beispiel*, bilder, text
heading: literatur, literaturverzeichnis, quellen, quellenverzeichnis, bibliographie, bibliografie, referenzen, literaturangaben, quellenangaben, weiterfuhrende literatur, literaturhinweise, weblinks, belege, einzelnachweise
bare: quelle, quellen, beleg, belege, zitat, nachweis, quellenangabe, referenz, link einfugen
""",
    "fr": """
cite: source, sources, reference*, ref, refs, citation*, citer, biblio
link: lien, liens, url, hyperlien*
list: bibliographie, references, references bibliographiques, liste de references, sources, biblio
work: article*, etude, etudes, rapport, rapports, livre, ouvrage, ouvrages, publication*, memoire, these, papier, papiers, communique de presse
act: inserer, insere, inserez, ajouter, ajoutez, completer, mettre, indiquer, trouver, retrouver, preciser, citer, chercher, renseigner, remplacer, fournir, verifier, manque, manquante, rajouter
promise: a completer, a ajouter, a inserer, a venir, a fournir, a preciser, a renseigner, a trouver, a verifier, a citer, a mettre, a definir, a rajouter, necessaire*, souhaitee*, manquant*, prochainement, bientot, en cours, sera ajoute*, seront ajoute*, manque, ici, requise*, insuffisante*, incomplete, incomplet, a determiner, a suivre, non precise*, inconnue
other: image*, figure*, photo*, capture*, logo*, video*, tableau*, fichier*, nom, date, chapitre, section, preuve*, demonstration, code, depot, maquette
heading: references, bibliographie, sources, references bibliographiques, ouvrages cites, bibliographie selective, webographie, sitographie, biblio
bare: source, sources, ref, reference, citation, lien, cit
""",
    "es": """
cite: cita, citas, fuente, fuentes, referencia*, ref, citar
link: enlace*, link, url, vinculo*, liga
list: bibliografia, referencias, referencias bibliograficas, lista de referencias, fuentes, literatura
work: articulo*, estudio, estudios, informe*, libro*, publicacion*, tesis, nota de prensa, noticia
act: insertar, inserte, anadir, anade, agregar, agrega, agregue, poner, incluir, completar, buscar, citar, colocar, indicar, reemplazar, falta, faltan, revisar, verificar, pegar
promise: requerida*, necesaria*, por anadir, por agregar, por completar, por definir, por insertar, pendiente*, falta, faltan, se anadira*, se agregara*, se incluira*, proximamente, a completar, faltante*, aqui, en preparacion, sin completar
other: imagen*, figura*, foto*, captura*, logo*, video*, tabla*, archivo*, nombre*, fecha*, capitulo, seccion, codigo, repositorio, correo, ejemplo*
heading: referencias, bibliografia, fuentes, referencias bibliograficas, obras citadas, literatura citada, bibliografia consultada
bare: cita, fuente, fuentes, ref, referencia, enlace, link
""",
    "pt": """
cite: fonte, fontes, referencia*, citacao, citacoes, citar, ref
link: link, links, url, ligacao, hiperligacao
list: bibliografia, referencias, referencias bibliograficas, lista de referencias, fontes
work: artigo*, estudo, estudos, relatorio*, livro*, publicacao, publicacoes, tese, noticia
act: inserir, insira, adicionar, adicione, colocar, coloque, incluir, completar, buscar, citar, indicar, preencher, acrescentar, falta, faltam, carece, carecem, substituir, verificar, procurar
promise: necessaria*, carece de fontes, carece de fonte, a adicionar, a inserir, a completar, a ser adicionad*, a serem adicionad*, sera adicionad*, serao adicionad*, pendente*, falta, faltam, em breve, a definir, por inserir, por adicionar, aqui, faltando, a preencher, a confirmar, nao encontrada
other: imagem*, imagens, figura*, foto*, captura*, logo*, video*, tabela*, arquivo*, nome*, data, datas, capitulo, secao, codigo, repositorio, dashboard*, email, exemplo*, ajustar
heading: referencias, bibliografia, fontes, referencias bibliograficas, obras citadas
bare: citacao, fonte, fontes, ref, referencia, link
""",
    "it": """
cite: fonte, fonti, citazione, citazioni, riferimento, riferimenti, rif, citare, nota bibliografica
link: link, url, collegamento, collegamenti
list: bibliografia, riferimenti, riferimenti bibliografici, fonti, letteratura
work: articolo, articoli, studio, studi, rapporto, libro, libri, pubblicazione, pubblicazioni, tesi
act: inserire, inserisci, aggiungere, aggiungi, mettere, completare, trovare, cercare, citare, indicare, verificare, manca, mancano, sostituire
promise: necessaria, senza fonte, mancante, mancanti, da aggiungere, da inserire, da completare, da trovare, da citare, da verificare, da definire, in arrivo, verra aggiunt*, sara aggiunt*, saranno aggiunt*, prossimamente, manca, mancano, qui, in preparazione
other: immagine, immagini, figura, figure, foto, logo, video, tabella, file, nome, data, capitolo, sezione, codice
heading: bibliografia, riferimenti, fonti, riferimenti bibliografici, opere citate, collegamenti esterni
bare: citazione, fonte, fonti, rif, riferimento, link
""",
    "nl": """
cite: bron, bronnen, bronvermelding*, referentie*, verwijzing*, citaat, citatie*, citeren, ref
link: link, links, url, hyperlink*
list: bronnenlijst, literatuurlijst, bibliografie, literatuur, referenties, bronnen, literatuuropgave
work: artikel*, onderzoek*, rapport, rapporten, boek, boeken, studie, studies, publicatie*
act: invoegen, toevoegen, voeg toe, voeg, aanvullen, zoeken, vermelden, plaatsen, citeren, invullen, ontbreekt, vervangen, opzoeken, controleren
promise: nodig, gewenst, ontbreekt, ontbreken, volgt, volgen, nog toe te voegen, toe te voegen, wordt toegevoegd, worden toegevoegd, in te voegen, aan te vullen, binnenkort, komt nog, hier, volgt nog, nog invullen
other: afbeelding*, figuur, figuren, foto*, logo*, video*, tabel, bestand, naam, datum, hoofdstuk, sectie, code
heading: bronnen, literatuur, referenties, bibliografie, literatuurlijst, bronnenlijst, bronvermelding
bare: bron, bronnen, bron gewenst, referentie, citaat
""",
    "pl": """
cite: zrodlo, zrodla, przypis*, cytat*, cytowanie, odnosnik*, referencj*, cytuj
link: link, linki, odnosnik*, url, adres
list: bibliografia, literatura, spis literatury, zrodla
work: artykul*, praca, prace, raport*, ksiazk*, badani*, publikacj*
act: dodac, dodaj, wstawic, wstaw, uzupelnic, uzupelnij, znalezc, znajdz, podac, podaj, wpisz, brak, brakuje, cytuj, sprawdz
promise: potrzebny*, potrzebne, potrzebna, do uzupelnienia, do dodania, do wstawienia, brak, brakuje, wkrotce, zostanie dodan*, zostana dodan*, w przygotowaniu, tutaj, wymagan*
other: obraz*, rysun*, zdjeci*, logo, wideo, tabel*, plik*, nazw*, dat*, rozdzial*, kod
heading: bibliografia, literatura, zrodla, przypisy, odnosniki
bare: zrodlo, przypis, cytat, link, potrzebny przypis
""",
    "ru": """
cite: источник*, ссылк*, цитат*, сноск*
link: ссылк*, url, линк
list: литератур*, список литературы, библиографи*, источники
work: стать*, исследовани*, отчет*, книг*, публикаци*, работ*
act: вставить, вставьте, добавить, добавьте, указать, укажите, найти, дополнить, привести, процитировать, нужен, нужна, нужно, проверить
promise: не указан, нужен, нужна, требуется, будет добавлен*, будут добавлен*, отсутствует, добавить, уточнить, скоро, в процессе, дополняется, здесь, позже
other: изображени*, рисун*, картин*, фото*, логотип*, видео, таблиц*, файл*, имя, дат*, глав*, раздел*, код*
heading: литература, список литературы, библиография, источники, ссылки, примечания
bare: источник, источник не указан, ссылка, цитата, сноска
""",
    "uk": """
cite: джерел*, посиланн*, цитат*
link: посиланн*, url
list: література, список літератури, бібліографія, джерела
work: статт*, дослідженн*, звіт*, книг*
act: вставити, додати, вказати, знайти, потрібн*
promise: не вказано, потрібн*, буде додано, будуть додані, додати, відсутнє, скоро
other: зображенн*, малюнок, фото*, відео, таблиц*, файл*
heading: література, список літератури, джерела, посилання, примітки
bare: джерело, джерело, посилання
""",
    "cs": """
cite: zdroj*, citac*, odkaz na zdroj, reference, citovat
link: odkaz*, link, url
list: literatura, seznam literatury, bibliografie, zdroje, reference
work: clanek, clanky, studie, zprav*, knih*, publikac*, prace
act: doplnit, doplnte, vlozit, vlozte, pridat, pridejte, najit, uvest, ocitovat, chybi, overit, dohledat, citovat
promise: doplnit, bude doplnen*, budou doplnen*, chybi, potreba, zde, pripravuje se, brzy, k doplneni, dodelat
other: obraz*, fotk*, logo, video, tabulk*, soubor*, jmeno, datum, kapitol*, kod
heading: literatura, seznam literatury, zdroje, reference, bibliografie, odkazy, pouzita literatura
bare: zdroj, zdroj?, citace, odkaz, zdroj chybi
""",
    "sv": """
cite: kalla, kallor, kallhanvisning*, referens*, citat*, belagg, citera
link: lank, lankar, url
list: kallforteckning, litteratur, litteraturlista, referenser, kallor, bibliografi, referenslista
work: artikel, artiklar, studie, studier, rapport*, bok, bocker, publikation*
act: infoga, lagg till, lagg in, fyll i, ange, hitta, citera, satt in, saknas, kolla upp
promise: behovs, kravs, saknas, kommer, laggs till, tillkommer, kommer snart, ska laggas till, har, att lagga till
other: bild*, figur*, foto*, logo*, video*, tabell*, fil, filer, namn, datum, kapitel, kod
heading: kallor, referenser, litteratur, kallforteckning, litteraturlista, bibliografi, lankar
bare: kalla, kallor, referens, citat, kalla behovs
""",
    "da": """
cite: kilde, kilder, kildehenvisning*, reference*, citat*, henvisning*
link: link, links, url
list: litteraturliste, litteratur, kildeliste, referencer, bibliografi, kilder
work: artikel, artikler, studie, studier, rapport*, bog, boger
act: indsaet, tilfoj, find, angiv, mangler
promise: mangler, kraeves, behoves, kommer, tilfojes, folger
other: billed*, figur*, foto*, logo*, video*, tabel*, fil, navn, dato
heading: kilder, referencer, litteratur, litteraturliste, kildeliste
bare: kilde, kilder, kilde mangler
""",
    "no": """
cite: kilde, kilder, kildehenvisning*, referanse*, sitat*, henvisning*
link: lenke*, link, url
list: litteraturliste, litteratur, kildeliste, referanser, bibliografi, kilder
work: artikkel, artikler, studie, studier, rapport*, bok, boker
act: sett inn, legg til, finn, angi, mangler
promise: mangler, trengs, kreves, kommer, legges til, folger
other: bilde*, figur*, foto*, logo*, video*, tabell*, fil, navn, dato
heading: kilder, referanser, litteratur, litteraturliste, kildeliste
bare: kilde, kilder, trenger referanse
""",
    "fi": """
cite: lahde, lahteet, lahdeviite*, viite, viitteet
link: linkki, linkit, url
list: lahdeluettelo, kirjallisuus, lahteet, viitteet
work: artikkeli*, tutkimus*, raportti*, kirja*
act: lisaa, lisata, puuttuu, etsi, tarvitaan
promise: puuttuu, tarvitaan, lisataan, tulossa
other: kuva*, video*, taulukko*, nimi
heading: lahteet, kirjallisuus, viitteet, lahdeluettelo
bare: lahde, lahde?, viite
""",
    "ro": """
cite: sursa, surse, referinta, referinte, citare*
link: link, legatura, url
list: bibliografie, referinte, surse
work: articol*, studi*, raport*, carte, carti
act: adaugati, adauga, inserati, insereaza, completati, completeaza, necesita, lipseste
promise: necesara, de adaugat, de completat, lipseste, va fi adaugat*, in curand, necesita
other: imagine*, imagini, figur*, foto*, video*, tabel*
heading: bibliografie, referinte, surse
bare: sursa, necesita citare, citare necesara, referinta
""",
    "hu": """
cite: forras*, hivatkozas*, idezet*
link: link, url, hivatkozas*
list: irodalomjegyzek, irodalom, bibliografia, hivatkozasok, forrasok
work: cikk*, tanulmany*, jelentes*, konyv*
act: beszur*, hozzaad*, potolni, keres*, hianyzik
promise: hianyzik, szukseges, hamarosan, kesobb, potolni
other: kep*, abra*, video*, tablazat*
heading: irodalom, irodalomjegyzek, hivatkozasok, forrasok
bare: forras, forras?, forras szukseges, hivatkozas
""",
    "tr": """
cite: kaynak*, atif*, referans*, alinti*
link: link*, baglanti*, url, adres
list: kaynakca, kaynaklar, bibliyografya, referanslar
work: makale*, calisma*, rapor*, kitap*, yayin*
act: ekle*, girin*, koy*, bulun*, belirtin*, tamamla*, yerlestir*, gerekli, lazim
promise: belirtilmeli, gerekli, eklenecek*, eksik*, yakinda, tamamlanacak*, lazim, gelecek, buraya
other: resim*, gorsel*, sekil*, foto*, logo*, video*, tablo*, dosya*, isim, tarih, bolum, kod
heading: kaynakca, kaynaklar, referanslar, bibliyografya
bare: kaynak, kaynak belirtilmeli, atif, baglanti
""",
    "id": """
cite: sumber*, referensi, rujukan, kutipan, sitasi, acuan
link: tautan*, link*, url, pranala*
list: daftar pustaka, pustaka, referensi, bibliografi
work: artikel*, jurnal*, penelitian*, laporan*, buku*, makalah*, studi
act: masukkan, tambahkan, tambah, sisipkan, isi, cantumkan, cari, lengkapi, butuh, perlu, ganti
promise: dibutuhkan, diperlukan, butuh, perlu, akan ditambahkan, akan menyusul, menyusul, segera, belum ada, di sini, disini, belum tersedia
other: gambar*, foto*, logo*, video*, tabel*, berkas, nama, tanggal, bab, kode
heading: daftar pustaka, referensi, pustaka, sumber, pranala luar
bare: sumber, butuh rujukan, rujukan, referensi, kutipan, tautan
""",
    "vi": """
cite: nguon*, trich dan, tham khao, dan chung
link: lien ket, duong dan, link, url
list: tai lieu tham khao, thu muc
work: bai bao, nghien cuu, bao cao, sach
act: them, chen, bo sung, can, tim
promise: can dan nguon, can, se bo sung, thieu, cap nhat sau
other: hinh*, anh, video*, bang, ten
heading: tai lieu tham khao, nguon, tham khao
bare: nguon, can dan nguon, trich dan
""",
    "ar": """
cite: مصدر, مصادر, المصدر, المصادر, مرجع, مراجع, المرجع, المراجع, استشهاد, اقتباس, توثيق
link: رابط, الرابط, روابط, وصلة
list: المراجع, قائمة المراجع, المصادر, ببليوغرافيا
work: مقال, مقالة, المقال, دراسة, تقرير, كتاب, ورقة, بحث
act: ادخل, أدخل, اضف, أضف, اضافة, إضافة, ادراج, إدراج, ضع, اكتب, بحاجة, يحتاج
promise: بحاجة, مطلوب, مطلوبة, سيضاف, ستضاف, يضاف لاحقا, قريبا, ناقص, مفقود, هنا, لاحقا
other: صورة, فيديو, جدول, شعار, اسم, تاريخ
heading: المراجع, المصادر, قائمة المراجع, مراجع, مصادر
bare: مصدر, بحاجة لمصدر, مرجع, رابط, المصدر
""",
    "zh": """
cite: 来源, 來源, 出处, 出處, 引用, 引文, 参考, 參考, 文献, 文獻, 参考文献, 參考文獻, 引证, 引證, 资料来源, 資料來源, 依据
link: 链接, 連結, 鏈接, 网址, 網址, 超链接, 超連結, 地址链接, url
list: 参考文献, 參考文獻, 参考资料, 參考資料, 书目, 書目, 引用列表, 文献列表
work: 文章, 论文, 論文, 报告, 報告, 研究, 报道, 報道, 報導, 新闻, 新聞, 书籍, 書籍, doi
act: 插入, 添加, 加入, 补充, 補充, 填写, 填寫, 填入, 请提供, 請提供, 提供, 查找, 查找, 注明, 註明, 标注, 標註, 替换, 替換, 缺, 需要, 补上, 補上, 补, 補, 加,  请求, 請求, 需
promise: 待补充, 待補充, 待补, 待補, 待添加, 待加入, 待插入, 待填, 待完善, 待更新, 待定, 待查, 待续, 待引用, 后续补充, 後續補充, 稍后补充, 稍後補充, 即将, 即將, 将添加, 將添加, 缺失, 缺少, 需要, 请求, 請求, 此处, 此處, 占位, 佔位, 未完成, 不足, 补充中, 補充中, 敬请期待, 待
other: 图片, 圖片, 图, 圖, 截图, 截圖, 照片, 标志, 视频, 影片, 视頻, 表格, 文件, 姓名, 名字, 日期, 章节, 章節, 代码, 程式碼, 仓库, 邮箱, 郵箱, 配置, 超参数, 数据, 數據, 演示, 联系, 作者
heading: 参考文献, 參考文獻, 参考资料, 參考資料, 参考, 參考, 引用, 文献, 文獻, 资料来源, 資料來源, 来源, 來源, 参考链接, 延伸阅读, 延伸閱讀
bare: 来源请求, 來源請求, 来源, 來源, 出处, 出處, 引用, 引文, 链接, 連結, 鏈接, 网址, 網址, 参考文献, 參考文獻, 需要引用, 需要来源
""",
    "ja": """
cite: 出典, 典拠, 引用, 引用元, 参考, 参照, 文献, 参考文献, 情報源, ソース, 参照元
link: リンク, url, アドレス
list: 参考文献, 文献リスト, 参考資料, 引用文献
work: 論文, 記事, 報告書, 書籍, 研究, レポート, 文献, doi
act: 挿入, 追加, 記入, 入れる, 記載, 確認, 探す, 補足, 貼る, 追記, 要
promise: 要出典, 要検証, 要確認, 要追加, 後で追加, 追加予定, 準備中, 未定, 未記入, 作成中, 後日, 後で, 追記予定, 不足, が必要, 必要, ここに, 仮, 予定
other: 画像, 図, 写真, スクリーンショット, ロゴ, 動画, ビデオ, 表, ファイル, 名前, 日付, 章, コード
heading: 参考文献, 参考資料, 出典, 引用文献, 文献, 参考
bare: 要出典, 出典, 引用, リンク, 文献, 参考文献, 要ソース, ソース
""",
    "ko": """
cite: 출처, 인용, 참고, 참조, 참고문헌, 문헌, 레퍼런스
link: 링크, 주소, url
list: 참고문헌, 참고 문헌, 참고자료, 참고 자료, 인용문헌
work: 논문, 기사, 보고서, 책, 연구
act: 삽입, 추가, 입력, 기재, 확인, 필요, 넣기, 찾기, 보충
promise: 추가 예정, 예정, 필요, 추후, 준비중, 준비 중, 나중에, 누락, 없음, 여기에
other: 이미지, 그림, 사진, 스크린샷, 로고, 동영상, 영상, 비디오, 표, 파일, 이름, 날짜, 장, 코드
heading: 참고문헌, 참고 문헌, 참고자료, 참고 자료, 출처, 인용문헌, 참조
bare: 출처, 출처 필요, 출처필요, 인용, 링크, 참고문헌
""",
}

LANGUAGES = tuple(_TABLES)
ROLES = ("cite", "link", "list", "work", "act", "promise", "other", "heading", "bare")
_SIGNS = frozenset({"zh", "ja", "ko"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of some languages as one pattern a role; ``heading`` and ``bare`` match wholly."""

    cite: re.Pattern[str]
    link: re.Pattern[str]
    list: re.Pattern[str]
    work: re.Pattern[str]
    act: re.Pattern[str]
    promise: re.Pattern[str]
    other: re.Pattern[str]
    heading: frozenset[str]
    bare: frozenset[str]


@cache
def table(language: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a language by role."""
    out: dict[str, tuple[str, ...]] = {}
    for line in _TABLES[language].strip().splitlines():
        role, _, words = line.partition(":")
        out[role] = tuple(dict.fromkeys(_folded(word) for word in words.split(",")))
    return out


def _folded(word: str) -> str:
    return fold(word.strip().replace("*", "\x00")).replace("\x00", "*")


@cache
def lexicon(languages: frozenset[str]) -> Lexicon:
    """Return the words of several languages together."""
    chosen = [language for language in LANGUAGES if language in languages]

    def pattern(role: str) -> re.Pattern[str]:
        latin = [w for lang in chosen if lang not in _SIGNS for w in table(lang)[role]]
        signs = [w for lang in chosen if lang in _SIGNS for w in table(lang)[role]]
        parts = []
        if latin:
            body = "|".join(_expression(w) for w in sorted(set(latin), key=len, reverse=True))
            parts.append(rf"(?<![^\W_])(?:{body})(?![^\W_])")
        if signs:
            parts.append("|".join(re.escape(w) for w in sorted(set(signs), key=len, reverse=True)))
        return re.compile("|".join(parts) or r"(?!)")

    def whole(role: str) -> frozenset[str]:
        return frozenset(w for lang in chosen for w in table(lang)[role])

    return Lexicon(
        pattern("cite"), pattern("link"), pattern("list"), pattern("work"), pattern("act"),
        pattern("promise"), pattern("other"), whole("heading"), whole("bare"),
    )  # fmt: skip


def _expression(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*+").replace(r"\ ", r"[\s_-]+")
