"""By country and by law, repairs, scripts that are missed, hotspots, words that say nothing,
and the small print of pages that are in order."""

from __future__ import annotations

GEO = """
en: isnt available in your region | isnt available in your country | not available in your area |
 available in your country | available in your region | available in your location |
 european visitors | visitors from the european | not accessible from your |
 outside the united states | in most european countries | restricted in your country |
 available to users in | not available in your country | not available in your region |
 unavailable in your country | unavailable in your region | not available in your location |
 unavailable in your location | not available in * country | not available in * region |
 not available where you are | content is not available in | from your country |
 from your region | in your territory | outside of the * union | european economic area |
 users in the eu | visitors from the eu | region restricted | georestricted | geoblocked |
 your current location | blocked in your country
de: in ihrem land | aus ihrem land | in deinem land | in deiner region | an ihrem standort |
 in ihrem land nicht verfügbar | in ihrer region nicht verfügbar |
 in deinem land nicht verfügbar | in ihrer region
fr: depuis votre pays | votre localisation | zone géographique | pas disponible dans votre pays |
 pas disponible dans votre région | indisponible dans votre pays | dans votre pays |
 dans votre région
es: no está disponible en su país | no está disponible en tu país | no disponible en tu país |
 en tu país | en su país | en tu región | en su región
it: non è disponibile nel tuo paese | non disponibile nel tuo paese | nel tuo paese |
 nella tua regione | nella tua area geografica
pt: não está disponível no seu país | não disponível no seu país | no seu país | na sua região |
 em seu país | em sua região
nl: niet beschikbaar in uw land | niet beschikbaar in jouw land | in uw land | in jouw land |
 in uw regio | in jouw regio
sv: inte tillgänglig i ditt land | inte tillgängligt i ditt land | i ditt land | i din region
pl: niedostępna w twoim kraju | niedostępne w twoim kraju | w twoim kraju | w twoim regionie |
 w państwa kraju
cs: není ve vaší zemi k dispozici | není dostupný ve vaší zemi | ve vaší zemi | ve vašem regionu
ru: с вашего ip | из вашей страны | для вашего региона | в вашем городе |
 недоступен в вашей стране | недоступна в вашей стране | недоступно в вашей стране |
 недоступен в вашем регионе | недоступна в вашем регионе | недоступно в вашем регионе |
 в вашей стране | в вашем регионе
uk: недоступний у вашій країні | недоступна у вашій країні | недоступно у вашій країні |
 недоступно у вашому регіоні | у вашій країні | у вашому регіоні
tr: ülkenizde kullanılamıyor | bulunduğunuz ülkede | ülkenizde | bölgenizde
ar: غير متاح في بلدك | غير متوفر في بلدك | في بلدك | في منطقتك | في دولتك
he: אינו זמין במדינה שלך | לא זמין במדינה שלך | במדינה שלך | באזור שלך | במדינתך
zh: 在您所在的国家 | 您所在的地区 | 所在地区*不可用 | 您的地区 | 在您所在的地區 | 您所在的國家 |
 所在国家或地区
ja: お住まいの国 | お住まいの地域 | ご利用の国 | お客様の地域 | お住まいの地域*利用 |
 お住まいの国*利用 | この地域では
ko: 해당 국가에서는 | 거주 국가 | 귀하의 국가 | 해당 지역에서는 | 귀하의 지역
"""

LEGAL = """
en: website has been blocked | site has been blocked | this website has been blocked |
 high court | comply with a * order | comply with * court | legal restrictions |
 blocked by your internet provider | blocked by your provider | blocked by the authorities |
 blocked under | in accordance with * law | seized | this domain has been seized |
 unavailable for legal reasons | for legal reasons | blocked by order | by court order |
 court order | by order of the | under * federal law | blocked at the request |
 access to this site has been blocked | access to this website has been blocked |
 access * restricted by law | dmca | dmca takedown | copyright claim | legal demand |
 legal request | complaint received under | removed in response to a * complaint |
 sanctions regulation | in response to a legal | 451 | error 451
de: wurde gesperrt aufgrund | diese webseite wurde gesperrt | gesetzlicher vorschriften |
 eu verordnung | sanktionen | aus rechtlichen gründen | gerichtlicher anordnung |
 gerichtsbeschluss | aufgrund einer gerichtlichen | gesperrt aufgrund
fr: site bloqué | ce site a été bloqué | bloqué par décision | accès à ce site est bloqué |
 pour des raisons juridiques | pour des raisons légales | décision de justice |
 décision judiciaire | ordonnance du tribunal | ministère de lintérieur
es: sitio bloqueado | esta web ha sido bloqueada | bloqueado por orden | por razones legales |
 por motivos legales | orden judicial | por orden * judicial | resolución judicial
it: per motivi legali | ordine * autorità giudiziaria | provvedimento * autorità | sequestro |
 sito sottoposto a sequestro | inibito
pt: por razões legais | por motivos legais | ordem judicial | decisão judicial
nl: om juridische redenen | gerechtelijk bevel | rechterlijk bevel
sv: av juridiska skäl | domstolsbeslut
pl: z przyczyn prawnych | ze względów prawnych | nakaz sądu | decyzją sądu | postanowieniem sądu
cs: z právních důvodů | na základě rozhodnutí soudu | rozhodnutím soudu
ru: органов государственной власти | сайт заблокирован по | ресурс заблокирован |
 доступ к сайту ограничен | доступ к запрашиваемому ресурсу | внесен в реестр | внесён в реестр |
 роскомнадзор | роскомнадзора | роскомнадзором | по решению суда | на основании решения суда |
 федерального закона | федеральным законом | на основании федерального закона |
 доступ к * ресурсу ограничен | доступ к информационному ресурсу | по требованию роскомнадзора |
 единый реестр | реестр запрещенных | по решению генеральной прокуратуры | 149 фз |
 по юридическим причинам | решением органов государственной власти
uk: за рішенням суду | на підставі рішення суду | указу президента | з юридичних причин |
 рішення рнбо | згідно з указом | на виконання розпорядження
tr: mahkeme kararı | mahkeme kararıyla | bilgi teknolojileri ve iletişim kurumu | btk |
 5651 sayılı | hukuki nedenlerle | kararı ile erişime engellenmiştir | erişime engellenmiştir
ar: لأسباب قانونية | بأمر قضائي | بقرار من المحكمة | الموقع محجوب | هذا الموقع محجوب |
 تم حجب هذا الموقع
he: מסיבות משפטיות | צו בית משפט | בצו שיפוטי | עקב צו
zh: 因法律原因 | 根据相关法律法规 | 根据法律法规 | 依据法律 | 法律原因 | 违反法律法规 | 根據法律 |
 相关法律法规和政策
ja: 法的な理由 | 法律上の理由 | 裁判所の命令
ko: 유해 정보 | 불법 유해 | 사이트 차단 | 차단 안내 | 불법 유해 정보 | 법적인 이유 |
 방송통신심의위원회 | 법원의 명령
"""

MAINTENANCE = """
en: some maintenance | routine maintenance | maintenance work | well be back | will be back |
 back online soon | upgrading our | site is down | temporarily out of service |
 offline for maintenance | brb | under maintenance | scheduled maintenance |
 down for maintenance | site maintenance | maintenance mode | undergoing maintenance |
 be back soon | well be right back | be right back | be back shortly | temporarily unavailable |
 service unavailable | temporarily down | temporarily offline | currently offline |
 performing maintenance | website is offline | 503 service | error 503 | briefly unavailable |
 planned maintenance | under construction
de: wartungsarbeiten | wegen wartung | wartungsmodus | vorübergehend nicht verfügbar |
 vorübergehend nicht erreichbar | zurzeit nicht erreichbar | bald wieder | wird gewartet |
 wartung | in kürze wieder
fr: en maintenance | maintenance en cours | temporairement indisponible |
 opération de maintenance | momentanément indisponible | de retour bientôt | bientôt de retour |
 site en construction
es: en mantenimiento | mantenimiento programado | temporalmente fuera de servicio |
 temporalmente no disponible | volveremos pronto | volvemos pronto | tareas de mantenimiento
it: in manutenzione | manutenzione programmata | temporaneamente non disponibile |
 torneremo presto | manutenzione in corso | lavori di manutenzione
pt: em manutenção | manutenção programada | temporariamente indisponível | voltaremos em breve |
 voltamos em breve
nl: in onderhoud | onderhoud | tijdelijk niet beschikbaar | tijdelijk niet bereikbaar | zo terug |
 gepland onderhoud | onderhoudswerkzaamheden
sv: underhåll pågår | under underhåll | tillfälligt otillgänglig | tillfälligt stängd |
 vi är snart tillbaka | snart tillbaka | planerat underhåll
pl: przerwa techniczna | prace konserwacyjne | trwają prace | chwilowo niedostępna |
 tymczasowo niedostępna | wkrótce wracamy | zaraz wracamy | konserwacja
cs: probíhá údržba | v údržbě | údržba | dočasně nedostupný | dočasně nedostupná |
 brzy se vrátíme | probíhá odstávka
ru: на ремонте | ремонтные работы | плановые работы | обновление сайта | скоро будем |
 сайт временно | технические работы | ведутся технические работы | проводятся технические работы |
 техническое обслуживание | временно недоступен | временно недоступна | временно недоступно |
 скоро вернемся | профилактические работы | сайт на обслуживании | технический перерыв
uk: технічні роботи | тривають технічні роботи | проводяться технічні роботи |
 технічне обслуговування | тимчасово недоступний | тимчасово недоступна | скоро повернемося |
 сайт на обслуговуванні
tr: bakım çalışması | bakımdayız | bakım modu | geçici olarak kullanılamıyor | yakında döneceğiz |
 kısa süre sonra | planlı bakım | bakım çalışmaları
ar: تحت الصيانة | قيد الصيانة | أعمال الصيانة | غير متاح مؤقتا | سنعود قريبا | صيانة
he: בתחזוקה | עבודות תחזוקה | תחזוקה | לא זמין באופן זמני | נשוב בקרוב | נחזור בקרוב
zh: 系统维护 | 正在维护 | 维护中 | 网站维护 | 暂时无法访问 | 稍后再来 | 系統維護 | 維護中 |
 正在維護 | 暂停服务
ja: メンテナンス中 | メンテナンスのため | ただいまメンテナンス | メンテナンス |
 一時的に利用できません | サービスを停止
ko: 점검 중 | 서비스 점검 | 시스템 점검 | 일시적으로 사용할 수 없습니다 | 곧 돌아오겠습니다 |
 점검 안내
"""

SCRIPT = """
en: need javascript | javascript to run | enable js | switch on javascript |
 javascript must be enabled | javascript disabled | enable javascript | javascript is required |
 javascript is disabled | requires javascript | javascript is not enabled | turn on javascript |
 need to enable javascript | without javascript | loading | please wait |
 works best with javascript
de: javascript aktivieren | aktivieren sie javascript | javascript ist deaktiviert |
 javascript wird benötigt | benötigt javascript | wird geladen
fr: activer javascript | activez javascript | javascript est désactivé | javascript est requis |
 javascript est nécessaire | chargement | chargement en cours
es: habilitar javascript | habilita javascript | activa javascript | activar javascript |
 requiere javascript | javascript está desactivado | cargando
it: abilita javascript | attiva javascript | abilitare javascript | richiede javascript |
 javascript è disabilitato | caricamento | caricamento in corso
pt: habilite o javascript | ative o javascript | ativar o javascript | requer javascript |
 javascript está desativado | carregando | a carregar
nl: javascript inschakelen | schakel javascript in | javascript is vereist |
 javascript is uitgeschakeld | laden | bezig met laden
sv: aktivera javascript | javascript krävs | kräver javascript | javascript är avstängt | laddar
pl: włącz javascript | włączyć javascript | wymaga javascript | wymagany javascript | ładowanie |
 wczytywanie
cs: povolte javascript | zapněte javascript | vyžaduje javascript | načítání | načítá se
ru: включите javascript | включить javascript | javascript отключен | требуется javascript |
 необходим javascript | загрузка | идет загрузка
uk: увімкніть javascript | увімкнути javascript | javascript вимкнено | потрібен javascript |
 завантаження
tr: javascripti etkinleştirin | javascript etkinleştirin | javascript gereklidir |
 javascript devre dışı | yükleniyor
ar: تفعيل جافا سكريبت | تمكين جافا سكريبت | تفعيل javascript | جار التحميل | جاري التحميل
he: הפעל javascript | יש להפעיל javascript | הפעלת javascript | טוען
zh: 启用 javascript | 启用javascript | 开启javascript | 加载中 | 正在加载 | 啟用javascript |
 載入中
ja: javascriptを有効 | javascript を有効 | 読み込み中 | javascriptが無効
ko: 자바스크립트를 활성화 | javascript를 활성화 | javascript를 사용 | 로딩 중 | 불러오는 중
"""

CAPTIVE = """
en: wi fi login | wifi login | guest wi fi | guest wifi | connect to the internet |
 connect to wi fi | connect to wifi | free wi fi | free wifi | network login | hotspot login |
 accept the terms to connect | to get online | internet access portal | captive portal |
 log in to the network | welcome to * wi fi | welcome to * wifi | go online |
 network authentication
de: wlan anmeldung | wlan login | mit dem wlan verbinden | internetzugang | gäste wlan |
 kostenloses wlan | im wlan anmelden
fr: connexion wi fi | connexion wifi | portail captif | accès internet | wifi gratuit |
 wi fi gratuit
es: wifi gratis | acceso a internet | portal cautivo | conectarse a internet | conexión wifi
it: accesso wifi | wifi gratuito | accesso a internet | portale * accesso
pt: acesso à internet | wi fi grátis | portal cativo | ligar à internet
nl: gratis wifi | wifi login | toegang tot internet | verbinding met wifi
sv: gratis wifi | logga in på wifi | anslut till internet
pl: darmowe wifi | dostęp do internetu | logowanie do sieci
cs: přihlášení k wifi | wifi zdarma | přístup k internetu
ru: авторизация в сети | доступ в интернет | бесплатный wi fi | войти в интернет |
 подключение к wi fi | авторизация wi fi
uk: авторизація в мережі | доступ до інтернету | безкоштовний wi fi | підключення до wi fi
tr: ücretsiz wi fi | internet erişimi | wi fi girişi
ar: الاتصال بالإنترنت | واي فاي مجاني | تسجيل الدخول إلى الشبكة
zh: 免费wifi | 上网认证 | 无线上网 | 连接到互联网
ja: 無料wi fi | インターネットに接続 | wi fi接続
ko: 무료 와이파이 | 와이파이 로그인
"""

UNCLEAR = """
en: something went wrong | an error occurred | an error has occurred | content unavailable |
 content is unavailable | content isnt available | content is not available |
 is currently unavailable | page isnt available | page is not available | page unavailable |
 this page isnt working | unexpected error | error | internal server error | try again later |
 sorry * unavailable | application error | not available | unavailable | bad request |
 invalid request | technical difficulties | technical error
de: etwas ist schiefgelaufen | ein fehler ist aufgetreten | inhalt nicht verfügbar |
 ist derzeit nicht verfügbar | technischer fehler | unerwarteter fehler
fr: une erreur est survenue | une erreur sest produite | contenu indisponible |
 contenu non disponible | page indisponible | erreur technique
es: algo salió mal | se ha producido un error | ocurrió un error | contenido no disponible |
 error inesperado | error técnico
it: qualcosa è andato storto | si è verificato un errore | contenuto non disponibile |
 errore imprevisto | errore tecnico
pt: algo deu errado | ocorreu um erro | conteúdo indisponível | conteúdo não disponível |
 erro inesperado | página indisponível
nl: er is iets misgegaan | er ging iets mis | er is een fout opgetreden |
 inhoud niet beschikbaar
sv: något gick fel | ett fel uppstod | ett fel har inträffat | innehållet är inte tillgängligt
pl: coś poszło nie tak | wystąpił błąd | treść niedostępna | treść jest niedostępna
cs: něco se pokazilo | došlo k chybě | obsah není dostupný | obsah není k dispozici
ru: что то пошло не так | произошла ошибка | содержимое недоступно | контент недоступен |
 страница недоступна | материал недоступен | непредвиденная ошибка
uk: щось пішло не так | сталася помилка | вміст недоступний | контент недоступний |
 сторінка недоступна
tr: bir şeyler ters gitti | bir hata oluştu | içerik kullanılamıyor | içerik mevcut değil
ar: حدث خطأ | حدث خطأ ما | المحتوى غير متاح | المحتوى غير متوفر
he: משהו השתבש | אירעה שגיאה | התוכן אינו זמין | התוכן לא זמין
zh: 出错了 | 发生错误 | 无法访问 | 内容不可用 | 暂时不可用 | 發生錯誤 | 內容無法顯示 |
 内容无法显示
ja: エラーが発生しました | 問題が発生しました | コンテンツは利用できません |
 ご利用いただけません
ko: 오류가 발생했습니다 | 문제가 발생했습니다 | 콘텐츠를 이용할 수 없습니다
"""

SMALL_PRINT = """
en: all rights reserved | copyright | terms of use | terms of service | terms and conditions |
 newsletter | follow us | contact us | about us | advertise | sitemap | imprint | powered by |
 reproduction * prohibited | registered office | registered in | sign up for our | most read
de: alle rechte vorbehalten | impressum | agb | newsletter | folgen sie uns | kontakt
fr: tous droits réservés | mentions légales | newsletter | suivez nous | nous contacter
es: todos los derechos reservados | aviso legal | boletín | síguenos | contacto
it: tutti i diritti riservati | note legali | newsletter | seguici | contatti
pt: todos os direitos reservados | aviso legal | newsletter | siga nos
nl: alle rechten voorbehouden | nieuwsbrief | volg ons
sv: alla rättigheter förbehållna | nyhetsbrev | ansvarig utgivare
pl: wszelkie prawa zastrzeżone | regulamin | newsletter
cs: všechna práva vyhrazena | newsletter
ru: все права защищены | свидетельство о регистрации | при использовании материалов | учредитель |
 главный редактор | подпишитесь на | реклама
uk: усі права захищені | всі права захищені | підпишіться на | реклама
tr: tüm hakları saklıdır | bülten
ar: جميع الحقوق محفوظة
he: כל הזכויות שמורות
zh: 版权所有 | 版權所有 | 备案
ja: 無断転載 | 著作権
ko: 무단 전재 | 저작권
"""

TABLES = {
    "geo": GEO,
    "legal": LEGAL,
    "maintenance": MAINTENANCE,
    "script": SCRIPT,
    "captive": CAPTIVE,
    "unclear": UNCLEAR,
    "small_print": SMALL_PRINT,
}
