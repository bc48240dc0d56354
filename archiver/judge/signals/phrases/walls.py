"""How walls speak: against robots, for consent, log-in and pay, by country and by law."""

from __future__ import annotations

CHALLENGE = """
en: checking your browser | checking if the site connection is secure | just a moment |
 verify you are human | verifying you are human | verify that you are human |
 verify * you are a human | verify you are not a robot | prove you are human | are you a robot |
 are you human | im not a robot | i am not a robot | not a bot | you are not a robot |
 youre not a bot | complete the captcha | solve the captcha | complete the security check |
 security check | security verification | human verification | attention required |
 ddos protection | please wait while * verify | please wait while * check | unusual traffic |
 suspicious activity | automated requests | automated access |
 enable javascript and cookies to continue | request unsuccessful | pardon our interruption |
 bot detected | bot verification | web application firewall | security checkpoint |
 security service to protect | performing security verification | one more step |
 please complete the security | confirm you are human | robot check | press * hold to confirm
de: überprüfung ihres browsers | ihr browser wird überprüft | bestätigen sie * mensch |
 sind sie ein roboter | sicherheitsüberprüfung | sicherheitsprüfung | ich bin kein roboter |
 ungewöhnlicher datenverkehr | nur einen moment | einen moment bitte
fr: vérification de votre navigateur | vérifiez que vous êtes humain | vérifier que vous êtes |
 êtes vous un robot | je ne suis pas un robot | vérification de sécurité | contrôle de sécurité |
 trafic inhabituel | un instant
es: verificando * navegador | comprobando * navegador | verifica que eres humano |
 verifique que * humano | no soy un robot | eres un robot | verificación de seguridad |
 control de seguridad | tráfico inusual | un momento
it: verifica del browser | controllo del browser | verifica di essere umano | non sono un robot |
 sei un robot | verifica di sicurezza | controllo di sicurezza | traffico insolito | un momento
pt: verificando * navegador | verifique se * humano | verifique que * humano | não sou um robô |
 verificação de segurança | tráfego incomum | só um momento | um momento
nl: uw browser wordt gecontroleerd | browser controleren | bevestig dat * mens |
 ik ben geen robot | beveiligingscontrole | beveiligingsverificatie | ongebruikelijk verkeer |
 een ogenblik geduld
sv: kontrollerar din webbläsare | bekräfta att du är * människa | verifiera att du är |
 jag är inte en robot | säkerhetskontroll | ovanlig trafik | ett ögonblick
pl: sprawdzanie przeglądarki | sprawdzamy * przeglądarkę | potwierdź że jesteś człowiekiem |
 potwierdź * nie jesteś robotem | nie jestem robotem | weryfikacja bezpieczeństwa |
 kontrola bezpieczeństwa | nietypowy ruch | chwileczkę
cs: kontrola prohlížeče | ověřujeme * prohlížeč | ověřte že jste člověk | nejsem robot |
 bezpečnostní kontrola | neobvyklý provoz | okamžik prosím
ru: проверка браузера | проверка вашего браузера | проверяем * браузер |
 подтвердите что вы * человек | подтвердите что * не робот |
 подтвердите что запросы отправляли вы | вы не робот | я не робот | вы робот |
 проверка безопасности | подозрительный трафик | необычный трафик | минутку |
 подозрительная активность
uk: перевірка браузера | перевірка вашого браузера | перевіряємо * браузер |
 підтвердьте що ви * людина | підтвердьте що * не робот | ви не робот | я не робот |
 перевірка безпеки | незвичний трафік | зачекайте * перевіряємо
tr: tarayıcınız kontrol ediliyor | tarayıcınız denetleniyor | insan olduğunuzu doğrulayın |
 robot olmadığınızı | ben robot değilim | güvenlik kontrolü | güvenlik doğrulaması |
 bir dakika lütfen | olağan dışı trafik
ar: جاري التحقق من المتصفح | التحقق من متصفحك | تحقق من أنك إنسان | تأكد من أنك لست | لست روبوت |
 أنا لست برنامج روبوت | فحص الأمان | التحقق الأمني | لحظة من فضلك
he: בודקים את הדפדפן | בדיקת הדפדפן | אמת שאתה אנושי | אני לא רובוט | בדיקת אבטחה | רק רגע |
 תנועה חריגה
zh: 正在检查您的浏览器 | 正在检查*浏览器 | 验证您是*人 | 确认您是真人 | 人机验证 | 安全验证 |
 安全检查 | 我不是机器人 | 异常流量 | 請稍候 | 请稍候 | 正在檢查*瀏覽器 | 驗證您是*人 | 安全驗證 |
 我不是機器人 | 访问验证
ja: ブラウザを確認しています | ブラウザ*確認 | 人間であることを確認 | 私はロボットではありません |
 ロボットではない | セキュリティチェック | セキュリティ確認 | しばらくお待ちください |
 通常と異なるトラフィック
ko: 브라우저를 확인하는 중 | 브라우저 확인 | 사람인지 확인 | 로봇이 아닙니다 | 보안 확인 |
 보안 검사 | 잠시만 기다려 | 비정상적인 트래픽
"""

DENIED = """
en: access denied | access * has been denied | access * is denied |
 access to this page has been denied | you have been blocked | you have been denied |
 request blocked | request * was blocked | request rejected | request * was rejected |
 requested url was rejected | forbidden | 403 forbidden | error 403 | 403 |
 blocked by * security | your ip * blocked | your ip address * blocked |
 ip address has been * blocked | too many requests | rate limit exceeded
de: zugriff verweigert | zugriff gesperrt | zugriff * blockiert | ihre anfrage wurde blockiert |
 sie wurden blockiert
fr: accès refusé | accès interdit | accès bloqué | vous avez été bloqué |
 votre requête a été bloquée
es: acceso denegado | acceso bloqueado | ha sido bloqueado
it: accesso negato | accesso bloccato | sei stato bloccato
pt: acesso negado | acesso bloqueado | você foi bloqueado
nl: toegang geweigerd | toegang geblokkeerd | u bent geblokkeerd
sv: åtkomst nekad | åtkomst nekas | du har blockerats
pl: odmowa dostępu | dostęp zabroniony | brak dostępu | dostęp zablokowany |
 zostałeś zablokowany
cs: přístup odepřen | přístup zamítnut | přístup byl odepřen | byli jste zablokováni
ru: доступ запрещен | доступ запрещён | доступ ограничен | доступ заблокирован | доступ закрыт |
 ваш запрос * заблокирован | вы были заблокированы | ваш ip * заблокирован |
 слишком много запросов
uk: доступ заборонено | доступ обмежено | доступ заблоковано | вас заблоковано |
 забагато запитів
tr: erişim engellendi | erişim reddedildi | erişim yasaklandı
ar: تم رفض الوصول | الوصول مرفوض | تم حظر
he: הגישה נדחתה | גישה נדחתה | הגישה נחסמה | הגישה חסומה
zh: 访问被拒绝 | 拒绝访问 | 禁止访问 | 访问受限 | 请求被拦截 | 您的请求*拦截 | 存取被拒 |
 拒絕存取
ja: アクセスが拒否されました | アクセス拒否 | アクセス*拒否 | アクセスがブロック
ko: 접근이 거부되었습니다 | 액세스가 거부되었습니다 | 접속이 차단되었습니다
"""

CONSENT = """
en: we value your privacy | your privacy matters | before you continue | we use cookies |
 cookie consent | consent to * cookies | manage * consent | your consent | cookie settings |
 accept all cookies | accept cookies | our partners | store and or access information |
 legitimate interest | privacy choices | your privacy choices | privacy preferences |
 privacy policy | cookie policy | personal data | this site uses cookies |
 this website uses cookies | personalised ads | personalized ads | continue without accepting |
 agree and continue | cookies
de: wir schätzen ihre privatsphäre | ihre privatsphäre | bevor sie * fortfahren |
 bevor du fortfährst | wir verwenden cookies | einwilligung | cookie einstellungen |
 alle akzeptieren | cookies akzeptieren | unsere partner | berechtigtes interesse | datenschutz |
 mit werbung weiterlesen | weiter mit werbung | zustimmen und weiter | datenschutzerklärung |
 personenbezogene daten | cookies
fr: nous respectons votre vie privée | votre vie privée | avant de continuer | avant daccéder à |
 nous utilisons des cookies | consentement | paramètres des cookies | tout accepter |
 accepter les cookies | nos partenaires | intérêt légitime | continuer sans accepter |
 accepter et continuer | politique de confidentialité | données personnelles | cookies
es: valoramos * privacidad | tu privacidad | su privacidad | antes de continuar |
 utilizamos cookies | usamos cookies | consentimiento | configuración de cookies | aceptar todo |
 aceptar cookies | nuestros socios | interés legítimo | política de privacidad |
 datos personales | aceptar y continuar | cookies
it: rispettiamo la tua privacy | la tua privacy | prima di continuare | utilizziamo i cookie |
 usiamo i cookie | consenso | impostazioni * cookie | accetta tutto | accetta tutti |
 i nostri partner | interesse legittimo | informativa sulla privacy | dati personali |
 accetta e continua | cookie
pt: valorizamos a sua privacidade | sua privacidade | antes de continuar | utilizamos cookies |
 usamos cookies | consentimento | definições de cookies | aceitar tudo | aceitar cookies |
 nossos parceiros | interesse legítimo | política de privacidade | dados pessoais | cookies
nl: wij waarderen uw privacy | uw privacy | jouw privacy | voordat u verdergaat |
 voordat je verdergaat | wij gebruiken cookies | we gebruiken cookies | toestemming |
 cookie instellingen | alles accepteren | cookies accepteren | onze partners |
 gerechtvaardigd belang | akkoord en doorgaan | privacybeleid | persoonsgegevens | cookies
sv: vi värnar om din integritet | din integritet | innan du fortsätter | vi använder cookies |
 vi använder kakor | samtycke | cookieinställningar | godkänn alla | acceptera alla |
 våra partner | berättigat intresse | personuppgifter | integritetspolicy | cookies
pl: cenimy * prywatność | twoja prywatność | zanim przejdziesz dalej | używamy plików cookie |
 zgoda na * cookie | ustawienia * cookie | akceptuj wszystkie | zaakceptuj wszystkie |
 nasi partnerzy | naszych partnerów | uzasadniony interes | polityka prywatności | dane osobowe |
 danych osobowych | przejdź do serwisu | pliki cookie | cookies
cs: vážíme si vašeho soukromí | vaše soukromí | než budete pokračovat | používáme cookies |
 používáme soubory cookie | souhlas s * cookies | nastavení cookies | přijmout vše |
 naši partneři | oprávněný zájem | osobní údaje | osobních údajů | ochrana soukromí | cookies
ru: мы ценим * конфиденциальность | ваша конфиденциальность | прежде чем продолжить |
 мы используем cookie | мы используем файлы cookie | согласие на | настройки cookie |
 принять все | наши партнеры | политика конфиденциальности | персональных данных | cookie
uk: ми цінуємо * приватність | ваша приватність | перш ніж продовжити | ми використовуємо cookie |
 ми використовуємо файли cookie | згода на | налаштування cookie | прийняти все | наші партнери |
 політика конфіденційності | персональних даних | cookie
tr: gizliliğinize değer veriyoruz | gizliliğiniz | devam etmeden önce | çerez kullanıyoruz |
 çerezleri kullanıyoruz | çerez ayarları | tümünü kabul et | ortaklarımız | meşru menfaat |
 gizlilik politikası | kişisel veriler | çerezler
ar: نحن نقدر خصوصيتك | خصوصيتك | قبل المتابعة | نستخدم ملفات تعريف الارتباط | الموافقة على |
 قبول الكل | شركاؤنا | سياسة الخصوصية | ملفات تعريف الارتباط
he: אנו מעריכים את פרטיותך | הפרטיות שלך | לפני שתמשיך | אנו משתמשים בעוגיות |
 אנחנו משתמשים בעוגיות | קבל הכל | מדיניות פרטיות | עוגיות
zh: 我们重视您的隐私 | 您的隐私 | 在继续之前 | 我们使用 cookie | 我们使用cookie | 接受所有 |
 我们的合作伙伴 | 隐私政策 | 個人資料 | 我們重視您的隱私 | 我們使用 cookie | 隱私權政策 |
 全部接受
ja: プライバシーを尊重 | プライバシー*重視 | 続行する前に | クッキーを使用 | cookieを使用 |
 すべて同意 | すべて許可 | 同意して続行 | プライバシーポリシー | 個人情報
ko: 개인정보를 소중히 | 계속하기 전에 | 쿠키를 사용합니다 | 모두 동의 | 모두 수락 |
 개인정보 처리방침 | 쿠키
"""

LOGIN = """
en: log in to continue | sign in to continue | please log in | please sign in | you must log in |
 you must be logged in | log in or sign up | login required | sign in required | log in to view |
 sign in to view | log in to read | sign in to read | sign in to your account |
 log in to your account | members only | this page is private | you need to log in |
 you need to sign in | you need to be logged in | this account is private | log in | sign in |
 login | create an account to continue | join to view
de: bitte melden sie sich an | bitte anmelden | bitte einloggen | anmeldung erforderlich |
 melden sie sich an um | sie müssen sich anmelden | sie müssen angemeldet sein |
 nur für mitglieder | loggen sie sich ein | anmelden | einloggen
fr: veuillez vous connecter | connectez vous pour | connexion requise | vous devez être connecté |
 vous devez vous connecter | identifiez vous | réservé aux membres | se connecter | connexion
es: inicia sesión para | inicie sesión para | debes iniciar sesión | debe iniciar sesión |
 por favor inicia sesión | acceso para miembros | solo para miembros | iniciar sesión
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
ru: войдите чтобы | войдите в аккаунт | авторизуйтесь чтобы | необходимо авторизоваться |
 необходима авторизация | требуется авторизация | вы должны войти |
 только для зарегистрированных | только для авторизованных | войдите на сайт | авторизация |
 вход
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
"""

TABLES = {"challenge": CHALLENGE, "denied": DENIED, "consent": CONSENT, "login": LOGIN, "pay": PAY}
