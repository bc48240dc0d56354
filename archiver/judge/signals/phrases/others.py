"""Repairs, scripts that are missed, networks' gates, words that say nothing, and the small
print of pages that are in order."""

from __future__ import annotations

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
da: vedligeholdelse | under vedligeholdelse | midlertidigt utilgængelig | snart tilbage
no: vedlikehold | under vedlikehold | midlertidig utilgjengelig | snart tilbake
fi: huoltokatko | huoltotauko | tilapäisesti pois käytöstä
hu: karbantartás | karbantartás alatt | átmenetileg nem érhető el | hamarosan visszatérünk
ro: în mentenanță | mentenanță | lucrări de întreținere | temporar indisponibil |
 revenim în curând
el: υπό συντήρηση | συντήρηση | προσωρινά μη διαθέσιμη
bg: в профилактика | техническа поддръжка | временно недостъпен
sr: у одржавању | održavanje u toku | radovi na održavanju
fa: در حال تعمیر | در حال به روز رسانی
id: dalam pemeliharaan | sedang dalam perbaikan | pemeliharaan
vi: bảo trì | đang bảo trì
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
en: may have been removed | may have been deleted | may have been moved |
 might have been removed | might have been deleted | could have been removed |
 may have been removed or | either removed or | may no longer be available |
 might no longer be available | may be unavailable | may not be available |
 been removed or never | removed moved or | redirecting | you are being redirected |
 click here if you are not redirected | welcome to nginx | apache2 default page |
 default web site page | it works | index of | site not configured | no site configured |
 database connection | establishing a database connection | database error | fatal error |
 bad gateway | gateway timeout | service error | cannot display | temporarily disabled |
 coming soon | this site cant be reached | unknown error | page cannot be displayed |
 not authorised to view | content cannot be displayed | unsupported browser |
 your browser is not supported | please update your browser | open in the app |
 continue in the app | something went wrong | an error occurred | an error has occurred |
 content unavailable | content is unavailable | content isnt available |
 content is not available | is currently unavailable | page isnt available |
 page is not available | page unavailable | this page isnt working | unexpected error | error |
 internal server error | try again later | sorry * unavailable | application error |
 not available | unavailable | bad request | invalid request | technical difficulties |
 technical error
de: möglicherweise gelöscht | möglicherweise entfernt | könnte gelöscht * |
 wurde möglicherweise * | vielleicht gelöscht | eventuell gelöscht | sie werden weitergeleitet |
 weiterleitung | datenbankfehler | browser wird nicht unterstützt | unbekannter fehler |
 demnächst hier | etwas ist schiefgelaufen | ein fehler ist aufgetreten | inhalt nicht verfügbar |
 ist derzeit nicht verfügbar | technischer fehler | unerwarteter fehler
fr: peut être été supprimé | peut être été supprimée | a pu être supprimé | a pu être supprimée |
 a peut être été * | peut avoir été * | vous allez être redirigé | redirection | erreur inconnue |
 erreur interne | une erreur est survenue | une erreur sest produite | contenu indisponible |
 contenu non disponible | page indisponible | erreur technique
es: puede haber sido eliminado | puede haber sido eliminada | puede que * eliminado |
 pudo haber sido * | está siendo redirigido | redirigiendo | error interno | error desconocido |
 algo salió mal | se ha producido un error | ocurrió un error | contenido no disponible |
 error inesperado | error técnico
it: potrebbe essere stato * | potrebbe essere stata * | qualcosa è andato storto |
 si è verificato un errore | contenuto non disponibile | errore imprevisto | errore tecnico
pt: pode ter sido * | algo deu errado | ocorreu um erro | conteúdo indisponível |
 conteúdo não disponível | erro inesperado | página indisponível
nl: is mogelijk verwijderd | mogelijk verwijderd | kan zijn verwijderd | er is iets misgegaan |
 er ging iets mis | er is een fout opgetreden | inhoud niet beschikbaar
sv: kan ha tagits bort | kan ha raderats | något gick fel | ett fel uppstod |
 ett fel har inträffat | innehållet är inte tillgängligt
pl: mógł zostać * | mogła zostać * | być może * usunięt | coś poszło nie tak | wystąpił błąd |
 treść niedostępna | treść jest niedostępna
cs: mohl být odstraněn | mohla být odstraněna | mohla být smazána | něco se pokazilo |
 došlo k chybě | obsah není dostupný | obsah není k dispozici
ru: возможно * удалена | возможно * удален | могла быть удалена | мог быть удален |
 была удалена или перемещена | удалена или перемещена | удалена либо перемещена |
 или была удалена | либо была удалена | вы будете перенаправлены | перенаправление |
 внутренняя ошибка | неизвестная ошибка | ошибка базы данных | ваш браузер устарел |
 что то пошло не так | произошла ошибка | содержимое недоступно | контент недоступен |
 страница недоступна | материал недоступен | непредвиденная ошибка
uk: можливо * видалено | могла бути видалена | міг бути видалений | видалена або переміщена |
 видалено або переміщено | щось пішло не так | сталася помилка | вміст недоступний |
 контент недоступний | сторінка недоступна
tr: kaldırılmış olabilir | silinmiş olabilir | bir şeyler ters gitti | bir hata oluştu |
 içerik kullanılamıyor | içerik mevcut değil
ar: ربما تم حذف | قد تكون حذفت | ربما حذفت | حدث خطأ | حدث خطأ ما | المحتوى غير متاح |
 المحتوى غير متوفر
he: משהו השתבש | אירעה שגיאה | התוכן אינו זמין | התוכן לא זמין
zh: 可能已被删除 | 可能已删除 | 或已被删除 | 可能已被移除 | 出错了 | 发生错误 | 无法访问 |
 内容不可用 | 暂时不可用 | 發生錯誤 | 內容無法顯示 | 内容无法显示
ja: 削除された可能性 | 削除されたか | エラーが発生しました | 問題が発生しました |
 コンテンツは利用できません | ご利用いただけません
ko: 삭제되었을 수 | 삭제되었거나 | 오류가 발생했습니다 | 문제가 발생했습니다 |
 콘텐츠를 이용할 수 없습니다
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
    "maintenance": MAINTENANCE,
    "script": SCRIPT,
    "captive": CAPTIVE,
    "unclear": UNCLEAR,
    "small_print": SMALL_PRINT,
}
