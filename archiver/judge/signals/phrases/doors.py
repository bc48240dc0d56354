"""How doors speak that open to who agrees, logs in or pays."""

from __future__ import annotations

CONSENT = """
en: are you over 18 | confirm your age | verify your age | age verification | you must be 18 |
 are you 18 or older | disable your ad blocker | turn off your ad blocker | ad blocker detected |
 adblock detected | allow ads | your privacy is important | we respect your privacy |
 we care about your privacy | privacy settings | your choices regarding cookies |
 agree and close | accept and continue | accept and close | before we continue |
 your consent is needed | with your agreement | with your permission | our cookies |
 uses cookies | use cookies | we value your privacy | your privacy matters | before you continue |
 cookie consent | consent to * cookies | manage * consent | your consent | cookie settings |
 accept all cookies | your privacy choices | privacy preferences | this site uses cookies |
 this website uses cookies | continue without accepting | agree and continue
de: mit werbung und cookies nutzen | mit werbung * nutzen | mit werbung lesen |
 nutzung mit werbung | sind sie über 18 | bestätigen sie ihr alter | altersprüfung |
 werbeblocker deaktivieren | adblocker deaktivieren | adblocker erkannt |
 bevor sie zu * weitergehen | bevor sie weiterlesen | ihre zustimmung | mit ihrer zustimmung |
 ihre einwilligung | privatsphäre einstellungen | datenschutzeinstellungen |
 akzeptieren und weiter | zustimmen und weiterlesen | ihre datenschutzeinstellungen |
 cookies zustimmen | wir schätzen ihre privatsphäre | ihre privatsphäre | bevor sie * fortfahren |
 bevor du fortfährst | wir verwenden cookies | cookie einstellungen | alle akzeptieren |
 mit werbung weiterlesen | weiter mit werbung | zustimmen und weiter
fr: avez vous plus de 18 ans | vérification de l'âge | désactivez votre bloqueur |
 avec votre accord | avec votre consentement | votre consentement | gestion des cookies |
 accepter et fermer | votre choix * cookies | respect de votre vie privée |
 utilisons des cookies | nous respectons votre vie privée | votre vie privée |
 avant de continuer | avant daccéder à | nous utilisons des cookies | paramètres des cookies |
 tout accepter | continuer sans accepter | accepter et continuer
es: tu consentimiento | su consentimiento | con tu permiso | aceptar y cerrar |
 respetamos tu privacidad | gestionar * cookies | valoramos * privacidad | tu privacidad |
 su privacidad | antes de continuar | utilizamos cookies | usamos cookies |
 configuración de cookies | aceptar todo | aceptar y continuar
it: il tuo consenso | con il tuo consenso | accetta e chiudi | gestisci * cookie |
 la tua privacy è importante | rispettiamo la tua privacy | la tua privacy | prima di continuare |
 utilizziamo i cookie | usiamo i cookie | impostazioni * cookie | accetta tutto | accetta tutti |
 accetta e continua
pt: valorizamos a sua privacidade | sua privacidade | antes de continuar | utilizamos cookies |
 usamos cookies | definições de cookies | aceitar tudo
nl: wij waarderen uw privacy | uw privacy | jouw privacy | voordat u verdergaat |
 voordat je verdergaat | wij gebruiken cookies | we gebruiken cookies | cookie instellingen |
 alles accepteren | akkoord en doorgaan
sv: vi värnar om din integritet | din integritet | innan du fortsätter | vi använder cookies |
 vi använder kakor | cookieinställningar | godkänn alla | acceptera alla
pl: szanujemy * prywatność | twoja zgoda | za twoją zgodą | akceptuję i przechodzę |
 ustawienia prywatności | cenimy * prywatność | twoja prywatność | zanim przejdziesz dalej |
 używamy plików cookie | zgoda na * cookie | ustawienia * cookie | akceptuj wszystkie |
 zaakceptuj wszystkie | przejdź do serwisu
cs: vážíme si vašeho soukromí | vaše soukromí | než budete pokračovat | používáme cookies |
 používáme soubory cookie | souhlas s * cookies | nastavení cookies | přijmout vše
ru: вам есть 18 | подтвердите возраст | отключите блокировщик рекламы | вам уже исполнилось 18 |
 ваше согласие | с вашего согласия | настройки конфиденциальности | принять и продолжить |
 мы ценим * конфиденциальность | ваша конфиденциальность | прежде чем продолжить |
 мы используем cookie | мы используем файлы cookie | согласие на | настройки cookie |
 принять все
uk: ми цінуємо * приватність | ваша приватність | перш ніж продовжити | ми використовуємо cookie |
 ми використовуємо файли cookie | згода на | налаштування cookie | прийняти все |
 персональних даних
tr: gizliliğinize değer veriyoruz | gizliliğiniz | devam etmeden önce | çerez kullanıyoruz |
 çerezleri kullanıyoruz | çerez ayarları | tümünü kabul et
ar: نحن نقدر خصوصيتك | خصوصيتك | قبل المتابعة | نستخدم ملفات تعريف الارتباط | الموافقة على |
 قبول الكل
he: אנו מעריכים את פרטיותך | הפרטיות שלך | לפני שתמשיך | אנו משתמשים בעוגיות |
 אנחנו משתמשים בעוגיות | קבל הכל
zh: 我们重视您的隐私 | 您的隐私 | 在继续之前 | 我们使用 cookie | 我们使用cookie | 接受所有 |
 我們重視您的隱私 | 我們使用 cookie | 全部接受
ja: プライバシーを尊重 | プライバシー*重視 | 続行する前に | クッキーを使用 | cookieを使用 |
 すべて同意 | すべて許可 | 同意して続行
ko: 개인정보를 소중히 | 계속하기 전에 | 쿠키를 사용합니다 | 모두 동의 | 모두 수락
da: vi værner om dit privatliv | før du fortsætter | vi bruger cookies | dit samtykke
no: vi verner om personvernet ditt | før du fortsetter | vi bruker informasjonskapsler |
 vi bruker cookies | ditt samtykke
fi: arvostamme yksityisyyttäsi | ennen kuin jatkat | käytämme evästeitä
hu: fontos számunkra az ön adatainak | mielőtt továbblépne | sütiket használunk |
 cookie kat használunk
ro: vă respectăm confidențialitatea | înainte de a continua | folosim cookie uri |
 utilizăm cookie uri
el: σεβόμαστε την ιδιωτικότητά σας | πριν συνεχίσετε | χρησιμοποιούμε cookies
bg: ценим вашата поверителност | използваме бисквитки
id: kami menghargai privasi anda | sebelum anda melanjutkan | kami menggunakan cookie
vi: chúng tôi tôn trọng quyền riêng tư | chúng tôi sử dụng cookie
"""

# What the small print of pages in order speaks of as well.
PRIVACY = """
en: geolocation data | unique identifiers | withdraw your consent | vendors | third parties |
 device identifiers | we use cookies | accept cookies | our partners |
 store and or access information | legitimate interest | privacy choices | privacy policy |
 cookie policy | personal data | personalised ads | personalized ads | cookies
de: personalisierter werbung | personalisierte werbung | widerrufsmöglichkeit | werbetracking |
 nutzungsanalyse | verarbeitungszwecken | einwilligung | cookies akzeptieren | unsere partner |
 berechtigtes interesse | datenschutz | datenschutzerklärung | personenbezogene daten | cookies
fr: consentement | accepter les cookies | nos partenaires | intérêt légitime |
 politique de confidentialité | données personnelles | cookies
es: consentimiento | aceptar cookies | nuestros socios | interés legítimo |
 política de privacidad | datos personales | cookies
it: consenso | i nostri partner | interesse legittimo | informativa sulla privacy |
 dati personali | cookie
pt: consentimento | aceitar cookies | nossos parceiros | interesse legítimo |
 política de privacidade | dados pessoais | cookies
nl: toestemming | cookies accepteren | onze partners | gerechtvaardigd belang | privacybeleid |
 persoonsgegevens | cookies
sv: samtycke | våra partner | berättigat intresse | personuppgifter | integritetspolicy |
 cookies
pl: nasi partnerzy | naszych partnerów | uzasadniony interes | polityka prywatności |
 dane osobowe | danych osobowych | pliki cookie | cookies
cs: naši partneři | oprávněný zájem | osobní údaje | osobních údajů | ochrana soukromí | cookies
ru: наши партнеры | политика конфиденциальности | персональных данных | cookie
uk: наші партнери | політика конфіденційності | cookie
tr: ortaklarımız | meşru menfaat | gizlilik politikası | kişisel veriler | çerezler
ar: شركاؤنا | سياسة الخصوصية | ملفات تعريف الارتباط
he: מדיניות פרטיות | עוגיות
zh: 我们的合作伙伴 | 隐私政策 | 個人資料 | 隱私權政策
ja: プライバシーポリシー | 個人情報
ko: 개인정보 처리방침 | 쿠키
"""

LOGIN = """
en: log into | sign into | log in to | sign in to | log on to | please register |
 register to continue | register to read | create a free account | create an account |
 for members only | member login | login to | this is a private | authentication required |
 enter your password | sign up to continue | account required | you are not logged in |
 youre not logged in | session has expired | session expired | log in to continue |
 sign in to continue | please log in | please sign in | you must log in | you must be logged in |
 log in or sign up | login required | sign in required | log in to view | sign in to view |
 log in to read | sign in to read | sign in to your account | log in to your account |
 members only | this page is private | you need to log in | you need to sign in |
 you need to be logged in | this account is private | log in | sign in | login |
 create an account to continue | join to view
de: melden sie sich bitte an | bitte loggen sie sich ein | jetzt anmelden | mitgliederbereich |
 registrieren sie sich | anmeldung nötig | nicht angemeldet | sitzung ist abgelaufen |
 bitte melden sie sich an | bitte anmelden | bitte einloggen | anmeldung erforderlich |
 melden sie sich an um | sie müssen sich anmelden | sie müssen angemeldet sein |
 nur für mitglieder | loggen sie sich ein | anmelden | einloggen
fr: connectez vous | espace membre | créer un compte | vous devez être inscrit |
 identification requise | veuillez vous connecter | connectez vous pour | connexion requise |
 vous devez être connecté | vous devez vous connecter | identifiez vous | réservé aux membres |
 se connecter | connexion
es: inicia sesión | identifícate | regístrate para | acceso restringido a usuarios |
 crea una cuenta | inicia sesión para | inicie sesión para | debes iniciar sesión |
 debe iniciar sesión | por favor inicia sesión | acceso para miembros | solo para miembros |
 iniciar sesión
it: accedi per continuare | accedi per | devi effettuare * accesso | effettua il login |
 è necessario accedere | riservato ai membri | solo per utenti registrati | accedi
pt: inicie sessão para | faça login para | entre para continuar | é necessário iniciar sessão |
 você precisa estar logado | somente para membros | iniciar sessão | fazer login
nl: log in om | meld je aan om | u moet ingelogd zijn | je moet ingelogd zijn | inloggen vereist |
 alleen voor leden | inloggen | aanmelden
sv: logga in för att | du måste logga in | du måste vara inloggad | inloggning krävs |
 endast för medlemmar | logga in
pl: zaloguj się aby | musisz się zalogować | musisz być zalogowany | wymagane logowanie |
 tylko dla zalogowanych | zaloguj się | logowanie
cs: přihlaste se | musíte se přihlásit | musíte být přihlášeni | vyžaduje přihlášení |
 pouze pro členy | přihlásit se | přihlášení
ru: войдите на | войдите или зарегистрируйтесь | войти на сайт | только для участников |
 закрытый раздел | войдите в систему | авторизуйтесь | войдите чтобы | войдите в аккаунт |
 авторизуйтесь чтобы | необходимо авторизоваться | необходима авторизация |
 требуется авторизация | вы должны войти | только для зарегистрированных |
 только для авторизованных | войдите на сайт | авторизация | вход
uk: увійдіть щоб | увійдіть в обліковий запис | потрібна авторизація | необхідно увійти |
 потрібно увійти | лише для зареєстрованих | авторизація | увійти | вхід
tr: devam etmek için giriş yapın | giriş yapmalısınız | giriş yapmanız gerekiyor |
 oturum açmanız gerekiyor | yalnızca üyeler | giriş yap | oturum aç
ar: سجل الدخول للمتابعة | يرجى تسجيل الدخول | يجب تسجيل الدخول | يجب عليك تسجيل الدخول |
 للأعضاء فقط | تسجيل الدخول
he: יש להתחבר כדי | נא להתחבר | עליך להתחבר | התחברו כדי | לחברים בלבד | התחברות | כניסה למערכת
zh: 请登录 | 请先登录 | 登录后查看 | 登录后继续 | 需要登录 | 仅限会员 | 請登入 | 請先登入 |
 登入後 | 需要登入 | 用户登录
ja: ログインしてください | ログインが必要 | ログインすると | 会員限定 | 会員登録が必要 |
 ログイン
ko: 로그인이 필요합니다 | 로그인 후 이용 | 로그인해 주세요 | 로그인하세요 | 회원 전용 | 로그인
da: log ind for at | du skal være logget ind | log ind
no: logg inn for å | du må være logget inn | du må logge inn | logg inn
fi: kirjaudu sisään | sinun on kirjauduttava
hu: jelentkezzen be | bejelentkezés szükséges | bejelentkezés
ro: conectați vă | trebuie să fiți autentificat | autentificare
el: συνδεθείτε για | πρέπει να συνδεθείτε | σύνδεση
bg: моля влезте | трябва да влезете | вход
sr: пријавите се | prijavite se | prijava
fa: لطفا وارد شوید | ورود به حساب
id: silakan masuk | anda harus masuk | masuk untuk
vi: vui lòng đăng nhập | bạn cần đăng nhập | đăng nhập
"""

PAY = """
en: subscribe to continue | subscribe to read | subscribe to keep reading | to continue reading |
 to keep reading | to read the full article | to read the full story | read the full article |
 subscribers only | for subscribers | subscriber only | subscriber exclusive | premium content |
 youve reached your * limit | you have reached your * limit | free articles |
 already a subscriber | become a subscriber | this article is reserved for | unlock this article |
 exclusive to subscribers | continue reading with a * subscription | get full access
de: jetzt weiterlesen | weiterlesen mit | um weiterzulesen | nur für abonnenten | für abonnenten |
 exklusiv für abonnenten | artikel ist kostenpflichtig | jetzt abonnieren | mit abo lesen |
 artikel weiterlesen | diesen artikel freischalten | bereits abonnent
fr: réservé aux abonnés | pour lire la suite | abonnez vous pour | article réservé | déjà abonné |
 la suite est réservée | il vous reste * de cet article | lire la suite
es: solo para suscriptores | exclusivo para suscriptores | suscríbete para | suscríbase para |
 para seguir leyendo | contenido exclusivo | ya eres suscriptor
it: solo per abbonati | riservato agli abbonati | abbonati per | per continuare a leggere |
 contenuto riservato | sei già abbonato
pt: exclusivo para assinantes | só para assinantes | assine para | para continuar a ler |
 para continuar lendo | já é assinante | conteúdo exclusivo
nl: alleen voor abonnees | exclusief voor abonnees | verder lezen | om verder te lezen |
 lees verder met | word abonnee | al abonnee
sv: endast för prenumeranter | för prenumeranter | läs vidare med | för att läsa vidare |
 bli prenumerant | redan prenumerant | låst artikel
pl: tylko dla subskrybentów | dla prenumeratorów | aby czytać dalej | czytaj dalej z |
 wykup dostęp | artykuł dostępny * prenumeratorów | masz już prenumeratę
cs: pouze pro předplatitele | jen pro předplatitele | článek je zamčený | předplaťte si |
 pokračování * předplatitele | pro pokračování ve čtení
ru: только для подписчиков | доступно по подписке | доступен по подписке | оформите подписку |
 чтобы читать дальше | чтобы продолжить чтение | купите подписку | уже подписаны
uk: лише для передплатників | доступно за передплатою | оформіть передплату | щоб читати далі |
 щоб продовжити читання | тільки для передплатників | вже маєте передплату
tr: abonelere özel | sadece aboneler | okumaya devam etmek için | abone olun |
 zaten abone misiniz
ar: للمشتركين فقط | اشترك لمتابعة القراءة | لمتابعة القراءة | محتوى حصري | هل أنت مشترك
he: למנויים בלבד | להמשך קריאה | לקריאת הכתבה המלאה | תוכן למנויים | כבר מנוי
zh: 订阅后继续阅读 | 仅限订阅 | 会员专享 | 付费阅读 | 继续阅读*订阅 | 阅读全文 | 訂閱後繼續閱讀 |
 訂戶專享 | 閱讀全文
ja: 有料会員限定 | 会員限定記事 | この記事は有料 | 続きを読むには | 続きは*会員 | 残り*文字 |
 有料記事
ko: 구독자 전용 | 유료 회원 전용 | 계속 읽으려면 | 구독하고 | 프리미엄 콘텐츠
da: kun for abonnenter | bliv abonnent | læs videre med
no: kun for abonnenter | bli abonnent | les videre med
fi: vain tilaajille | tilaajille | jatka lukemista
hu: csak előfizetőknek | előfizetőknek
ro: doar pentru abonați | abonează te
el: μόνο για συνδρομητές
bg: само за абонати
id: khusus pelanggan
vi: chỉ dành cho thuê bao
"""

TABLES = {"consent": CONSENT, "privacy": PRIVACY, "login": LOGIN, "pay": PAY}
