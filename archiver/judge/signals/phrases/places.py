"""How sites speak that do not show a page here: by country, and by law."""

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
da: ikke tilgængelig i dit land | i dit land
no: ikke tilgjengelig i ditt land | i ditt land
fi: ei ole saatavilla maassasi | maassasi
hu: az ön országában | nem érhető el az országában
ro: în țara dumneavoastră | nu este disponibil în țara
el: στη χώρα σας | δεν είναι διαθέσιμο στη χώρα
bg: във вашата страна | не е достъпно във вашата
sr: у вашој земљи | u vašoj zemlji
fa: در کشور شما
id: di negara anda | di wilayah anda
vi: ở quốc gia của bạn | tại quốc gia của bạn
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
ru: единый реестр запрещенной | реестр запрещённой информации | доступ к ресурсу заблокирован |
 ресурс внесен | органов государственной власти | сайт заблокирован по | ресурс заблокирован |
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

TABLES = {"geo": GEO, "legal": LEGAL}
