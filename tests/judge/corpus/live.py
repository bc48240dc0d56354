"""Live articles that talk about deletion, blocking, 404s, Cloudflare, cookies and pay walls."""

from __future__ import annotations

# (title, paragraphs): in English, each with its own trap.
ENGLISH: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Page not found: how a ministry emptied its archive",
        (
            "For eleven years the reports stood on the ministry's pages, where anybody could read "
            "them. Since Tuesday whoever follows the old links is told: page not found.",
            "“The page you are looking for does not exist,” says the new site in three languages. A "
            "spokesman said that nothing was deleted, and that the files had been moved.",
            "Librarians had kept copies of most of the 4,120 documents. They are now asking for the "
            "list of those that are missing, so that the gaps can be closed.",
            "A 404 error tells only that a server has nothing under an address. It does not tell "
            "whether there ever was something, or who took it away.",
        ),
    ),
    (
        "Access denied",
        (
            "Nobody in the village knew who had put up the fence. One morning in March it stood "
            "there, two metres high, and the path to the shore that everybody had used was gone.",
            "The council says that it gave no permit. The owner of the land, a company in another "
            "country, has not answered letters since the autumn of last year.",
            "Fishermen now row around the point to reach their boats. It takes them an hour, and on "
            "days with wind from the west they stay at home.",
            "A lawyer who lives in the next village has offered to help. He thinks that the path is "
            "old enough to be a right of way, and has begun to collect what people remember.",
        ),
    ),
    (
        "Why Cloudflare asked half the country whether it was human",
        (
            "“Checking your browser before accessing the site”: on Thursday this was all that "
            "readers of forty newspapers saw for the better part of two hours.",
            "The company said that a wrong rule had been sent to all its machines at once. Whoever "
            "came was asked to verify that they are human, and the answer was never read.",
            "Shops lost money, but nobody can say how much. The association of online shops speaks "
            "of several million, and has asked for the figures of the traffic.",
            "The rule was taken back at a quarter past eleven. By noon all sites were in reach again, "
            "and the captcha with the traffic lights was gone.",
        ),
    ),
    (
        "We value your privacy, they said, and sold it",
        (
            "The sentence stands on almost every banner: we value your privacy. A study of 900 sites "
            "has now looked at what happens when people refuse cookies.",
            "On 312 of the sites the trackers were loaded before anybody had pressed a button. On "
            "another 140 the button “reject all” did nothing at all.",
            "The authority has opened proceedings against eleven companies. It wants to know who the "
            "partners are that are said to have a legitimate interest.",
            "“Consent that is not asked for is not consent,” said the head of the authority. The "
            "companies have until June to answer.",
        ),
    ),
    (
        "Court orders three sites blocked",
        (
            "Providers must block three sites for legal reasons from Monday on. The court followed "
            "the request of the ministry, which speaks of danger to public order.",
            "Whoever opens the pages will read that access to this website has been blocked by order "
            "of the court. The editors say they will appeal.",
            "It is the ninth such order in this year. In the whole of the year before there had been "
            "four of them, two of which were lifted later.",
            "Lawyers point out that the sites stay in reach from abroad, and that the order names no "
            "single article that would be against the law.",
        ),
    ),
    (
        "This post was deleted by its author, and then the trouble began",
        (
            "It was up for nine minutes. Then the post was deleted by its author, the head of the "
            "harbour police, but by then eleven people had kept a picture of it.",
            "What he had written was short: that the accident of the second of May could have been "
            "prevented if anybody had read the reports of the pilots.",
            "The interior ministry says that the account has been suspended at the request of its "
            "owner. He himself has not spoken to anybody since.",
            "The pilots' association has now published the reports. They are forty pages long, and "
            "the first is dated two years before the accident.",
        ),
    ),
    (
        "404",
        (
            "The bus with the number 404 runs from the station to the outer harbour, and has done so "
            "since the tram was given up. It is the slowest line of the town.",
            "Its driver on most mornings is a man who used to be a sailor. He knows all of his "
            "passengers by name, and waits for those that are late.",
            "In the autumn the line is to be ended. The company counts nine passengers for each "
            "journey, and says that a taxi on call would be cheaper.",
            "The passengers have collected 1,800 names against it. That is more people than have "
            "ever been seen on the bus, but they all live along its way.",
        ),
    ),
    (
        "Under maintenance: the lock stays shut until May",
        (
            "The sea lock will be under maintenance for nine weeks. Large ships have to wait outside "
            "for the tide, or call at the other port down the coast.",
            "The gates were built in 1931 and have been repaired four times. This time the hinges are "
            "replaced, each of which weighs as much as a bus.",
            "“We will be back soon,” says a board at the entrance, which somebody painted there by "
            "hand. The authority names the ninth of May as the day.",
            "Small boats can use the old lock beside it. It opens twice a day, and whoever comes too "
            "late has to stay the night.",
        ),
    ),
    (
        "The domain is for sale, and with it a piece of the city",
        (
            "For twenty years the football club had its pages under its own name. Then somebody "
            "forgot to pay, and since Sunday a stranger writes there: this domain is for sale.",
            "The price is said to be eighteen thousand. The treasurer of the club says that this is "
            "more than what the club spends on shoes in five years.",
            "The old pages with all the tables since 1998 are lost, unless somebody has kept them. A "
            "fan has found the years up to 2011 in an archive.",
            "The club now uses another name with a dash in it. The members have been told by letter, "
            "since the addresses for mail are gone as well.",
        ),
    ),
    (
        "Please log in to breathe: the flat that wanted a password",
        (
            "The heating of the new houses at the dock has a screen, and on Friday night it said: "
            "please log in to continue. It was minus nine degrees.",
            "Nobody had told the tenants that they have an account. The password had been sent to "
            "the address of the builder, who has been bankrupt since January.",
            "A technician got the radiators going with a wrench. He says that it takes no more than "
            "four minutes if one knows where to turn.",
            "The owner of the houses speaks of a regrettable error. The screens stay, but the heating "
            "is said to work without them from now on.",
        ),
    ),
    (
        "Not available in your country",
        (
            "A film about the strike of 1951 has been seen by four million people, but by nobody in "
            "the town where it happened: the video is not available in your country, it says there.",
            "The reason is a contract over a song of forty seconds. The firm that owns the song has "
            "never sold it to this country, since nobody had asked.",
            "Some of the strikers are still alive. The daughter of one of them has bought the film on "
            "a disc abroad, and shows it in the hall of the union on Sundays.",
            "The firm now says that it had not known. A lawyer is to look at the matter, and the "
            "mayor has offered to pay for the song himself.",
        ),
    ),
    (
        "To continue reading, subscribe: local papers after the year of the walls",
        (
            "In January all four papers of the region put up a pay wall: subscribe to continue "
            "reading. A year later two of them have taken it down again.",
            "The harbour paper lost two thirds of its readers and gained 310 subscribers. Its editor "
            "had reckoned with three thousand.",
            "“People pay for what they cannot get elsewhere,” he says. That was the list of ships and "
            "the obituaries, and both are free again now.",
            "The other two papers stay with it. One of them has found that its subscribers write more "
            "letters than all readers did before.",
        ),
    ),
)

# By language: a title and paragraphs with the same traps.
OTHERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "de": (
        "Seite nicht gefunden: Wie ein Archiv verschwand",
        (
            "Elf Jahre lang standen die Berichte auf den Seiten des Ministeriums. Seit Dienstag heißt "
            "es dort nur noch, die gesuchte Seite sei nicht gefunden worden.",
            "Ein Sprecher sagte, nichts sei gelöscht worden. Die Dateien seien umgezogen, und wer sie "
            "brauche, könne sie in den nächsten Wochen wieder lesen.",
            "Bibliothekare haben Kopien der meisten 4120 Dokumente. Sie bitten nun um eine Liste "
            "dessen, was fehlt, damit die Lücken geschlossen werden können.",
        ),
    ),
    "fr": (
        "« Page introuvable » : comment des archives ont disparu",
        (
            "Pendant onze ans, les rapports étaient en ligne sur le site du ministère. Depuis mardi, "
            "les anciens liens mènent à une page d'erreur 404.",
            "Un porte-parole assure que rien n'a été supprimé et que les fichiers ont changé de place ; "
            "ils seront de nouveau lisibles dans quelques semaines.",
            "Des bibliothécaires ont gardé des copies de la plupart des 4 120 documents. Ils demandent "
            "maintenant la liste de ce qui manque.",
        ),
    ),
    "es": (
        "Página no encontrada: así se vació un archivo",
        (
            "Durante once años los informes estuvieron en las páginas del ministerio. Desde el martes, "
            "quien sigue los enlaces lee que la página no existe.",
            "Un portavoz dijo que nada fue eliminado y que los ficheros habían cambiado de lugar; en "
            "unas semanas se podrán leer de nuevo.",
            "Los bibliotecarios guardan copias de la mayoría de los 4.120 documentos y piden ahora la "
            "lista de los que faltan.",
        ),
    ),
    "it": (
        "Pagina non trovata: così è sparito un archivio",
        (
            "Per undici anni i rapporti sono stati sulle pagine del ministero. Da martedì chi segue i "
            "vecchi collegamenti trova l'errore 404 e nient'altro.",
            "Un portavoce ha detto che nulla è stato rimosso e che i documenti hanno cambiato posto; "
            "fra qualche settimana si potranno leggere di nuovo.",
            "I bibliotecari hanno copie della maggior parte dei 4.120 documenti e chiedono ora "
            "l'elenco di quelli che mancano.",
        ),
    ),
    "pt": (
        "Página não encontrada: como sumiu um arquivo",
        (
            "Durante onze anos os relatórios estiveram nas páginas do ministério. Desde terça-feira "
            "quem segue os antigos endereços lê que a página não existe.",
            "Um porta-voz disse que nada foi removido e que os ficheiros mudaram de lugar; dentro de "
            "algumas semanas poderão ser lidos outra vez.",
            "Os bibliotecários têm cópias da maior parte dos 4120 documentos e pedem agora a lista "
            "dos que faltam.",
        ),
    ),
    "nl": (
        "Pagina niet gevonden: hoe een archief verdween",
        (
            "Elf jaar lang stonden de rapporten op de pagina's van het ministerie. Sinds dinsdag "
            "krijgt wie de oude links volgt alleen nog een foutmelding te zien.",
            "Een woordvoerder zei dat er niets is verwijderd en dat de bestanden verhuisd zijn; over "
            "een paar weken zijn ze weer te lezen.",
            "Bibliothecarissen hebben kopieën van de meeste van de 4120 documenten en vragen nu om "
            "een lijst van wat er ontbreekt.",
        ),
    ),
    "sv": (
        "Sidan finns inte: så försvann ett arkiv",
        (
            "I elva år låg rapporterna på departementets sidor. Sedan i tisdags får den som följer "
            "de gamla länkarna bara veta att sidan inte kunde hittas.",
            "En talesperson sade att ingenting har tagits bort och att filerna har flyttats; om några "
            "veckor går de att läsa igen.",
            "Bibliotekarier har kopior av de flesta av de 4 120 dokumenten och ber nu om en lista över "
            "dem som saknas.",
        ),
    ),
    "pl": (
        "Nie znaleziono strony: jak zniknęło archiwum",
        (
            "Przez jedenaście lat raporty leżały na stronach ministerstwa. Od wtorku kto idzie za "
            "starymi odnośnikami, czyta tylko, że strona nie istnieje.",
            "Rzecznik powiedział, że niczego nie usunięto i że pliki zostały przeniesione; za kilka "
            "tygodni będzie je można znowu czytać.",
            "Bibliotekarze mają kopie większości z 4120 dokumentów i proszą teraz o listę tych, "
            "których brakuje.",
        ),
    ),
    "cs": (
        "Stránka nenalezena: jak zmizel archiv",
        (
            "Jedenáct let ležely zprávy na stránkách ministerstva. Od úterka ten, kdo jde po starých "
            "odkazech, čte jen, že stránka neexistuje.",
            "Mluvčí řekl, že nic nebylo smazáno a že soubory byly přesunuty; za několik týdnů je bude "
            "možné znovu číst.",
            "Knihovníci mají kopie většiny ze 4120 dokumentů a žádají nyní o seznam těch, které "
            "chybějí.",
        ),
    ),
    "ru": (
        "«Страница не найдена»: как исчез архив",
        (
            "Одиннадцать лет отчеты лежали на страницах министерства. Со вторника тот, кто идет по "
            "старым ссылкам, читает только одно: страница не найдена.",
            "Представитель министерства сказал, что ничего не было удалено и что доступ ограничен "
            "временно; через несколько недель отчеты снова можно будет читать.",
            "Роскомнадзор сообщил, что по решению суда блокировались только три страницы. У "
            "библиотекарей есть копии большей части из 4120 документов.",
            "Теперь они просят список того, чего не хватает, чтобы закрыть пробелы и чтобы через "
            "десять лет никто не спрашивал, куда делись бумаги.",
        ),
    ),
    "uk": (
        "«Сторінку не знайдено»: як зник архів",
        (
            "Одинадцять років звіти лежали на сторінках міністерства. З вівторка той, хто йде за "
            "старими посиланнями, читає лише, що такої сторінки не існує.",
            "Речник сказав, що нічого не було видалено і що файли перенесено; за кілька тижнів їх "
            "знову можна буде читати.",
            "Бібліотекарі мають копії більшості з 4120 документів і просять тепер список тих, яких "
            "бракує.",
        ),
    ),
    "tr": (
        "Sayfa bulunamadı: bir arşiv nasıl yok oldu",
        (
            "Raporlar on bir yıl boyunca bakanlığın sayfalarında duruyordu. Salı gününden beri eski "
            "bağlantılara tıklayanlar yalnızca bir hata iletisi görüyor.",
            "Bir sözcü hiçbir şeyin silinmediğini, dosyaların taşındığını söyledi; birkaç hafta içinde "
            "yeniden okunabilecekler.",
            "Kütüphaneciler 4120 belgenin çoğunun kopyasını saklıyor ve şimdi eksik olanların "
            "listesini istiyor.",
        ),
    ),
    "ar": (
        "الصفحة غير موجودة: كيف اختفى أرشيف",
        (
            "ظلت التقارير أحد عشر عاما على صفحات الوزارة. ومنذ يوم الثلاثاء لا يقرأ من يتبع الروابط "
            "القديمة إلا أن الصفحة غير موجودة، وأن عليه أن يعود لاحقا.",
            "وقال متحدث باسم الوزارة إن شيئا لم يحذف، وإن الملفات نقلت إلى مكان آخر، وإن قراءتها "
            "ستكون ممكنة من جديد بعد بضعة أسابيع.",
            "ولدى أمناء المكتبات نسخ من معظم الوثائق البالغ عددها 4120 وثيقة، وهم يطلبون الآن قائمة "
            "بما ينقص منها لسد الثغرات.",
        ),
    ),
    "he": (
        "הדף לא נמצא: כך נעלם ארכיון",
        (
            "אחת עשרה שנים עמדו הדוחות בדפי המשרד. מאז יום שלישי מי שהולך בעקבות הקישורים הישנים קורא "
            "רק שהדף לא נמצא ושעליו לחזור במועד אחר.",
            "דובר המשרד אמר ששום דבר לא נמחק, שהקבצים הועברו למקום אחר ושבעוד כמה שבועות יהיה אפשר "
            "לקרוא אותם שוב כמו קודם.",
            "לספרנים יש עותקים של רוב 4120 המסמכים, והם מבקשים עכשיו רשימה של אלה שחסרים כדי לסגור את "
            "הפערים שנוצרו.",
        ),
    ),
    "zh": (
        "页面不存在：一座档案馆是如何消失的",
        (
            "十一年来，这些报告一直放在该部的网页上，任何人都可以阅读。从星期二起，点开旧链接的人只会看到一句话：页面不存在。",
            "一位发言人说，没有任何内容已被删除，文件只是换了地方，几个星期以后大家又可以像以前那样阅读它们。",
            "图书管理员保存着四千一百二十份文件中的大部分副本，他们现在要求得到一份缺失文件的清单，好把空缺补上。",
        ),
    ),
    "ja": (
        "ページが見つかりません――ある文書館はどう消えたか",
        (
            "報告書は十一年のあいだ省のサイトに置かれ、誰でも読むことができた。火曜日からは、古いリンクを開いてもページが見つからない。",
            "報道官は、何も削除していない、ファイルの場所が変わっただけだと述べ、数週間後にはまた読めるようになると説明した。",
            "図書館員たちは四千百二十点の文書の大部分の写しを持っており、欠けているものの一覧を出すよう求めている。",
        ),
    ),
    "ko": (
        "페이지를 찾을 수 없습니다: 기록이 사라진 과정",
        (
            "보고서는 십일 년 동안 부처 누리집에 있었고 누구나 읽을 수 있었다. 화요일부터 옛 주소를 여는 사람은 오류 안내만 보게 된다. "
            "안내문에는 다른 말이 한마디도 없다.",
            "대변인은 아무것도 지우지 않았고 파일의 자리만 옮겼다고 말했다. 몇 주가 지나면 다시 예전처럼 읽을 수 있다고 한다. "
            "언제인지는 밝히지 않았다.",
            "사서들은 문서 사천백스무 건 가운데 대부분의 사본을 가지고 있으며, 빠진 것의 목록을 내놓으라고 요구하고 있다. "
            "빈자리를 메우기 위해서다.",
        ),
    ),
}
