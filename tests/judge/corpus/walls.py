"""Walls as they word themselves, and as their makers build them."""

from __future__ import annotations

# kind -> language -> (title, heading, text)
WORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "challenge": {
        "en": ("One moment, please", "Verify you are human", "This takes only a few seconds."),
        "de": ("Sicherheitsüberprüfung", "Sind Sie ein Roboter?", "Bitte warten Sie kurz."),
        "fr": ("Vérification de sécurité", "Vérifiez que vous êtes humain", "Patientez."),
        "es": ("Verificación de seguridad", "No soy un robot", "Espere unos segundos."),
        "it": ("Controllo di sicurezza", "Verifica di essere umano", "Attendere prego."),
        "pl": ("Weryfikacja bezpieczeństwa", "Potwierdź, że jesteś człowiekiem", "Chwila."),
        "ru": (
            "Вы не робот?",
            "Подтвердите, что запросы отправляли вы, а не робот",
            "Нам очень жаль, но запросы с вашего устройства похожи на автоматические.",
        ),
        "uk": ("Перевірка безпеки", "Підтвердьте, що ви не робот", "Зачекайте."),
        "tr": ("Güvenlik kontrolü", "İnsan olduğunuzu doğrulayın", "Lütfen bekleyin."),
        "ar": ("التحقق الأمني", "تأكد من أنك لست روبوت", "يرجى الانتظار."),
        "zh": ("安全验证", "请验证您是真人", "请稍候"),
        "ja": ("セキュリティチェック", "私はロボットではありません", "お待ちください"),
        "ko": ("보안 확인", "사람인지 확인합니다", "기다려 주십시오"),
    },
    "consent": {
        "en": (
            "Before you continue",
            "We value your privacy",
            "We and our 842 partners store and/or access information on a device, such as "
            "cookies, and process personal data for personalised ads, if you give your consent. "
            "You may refuse, or withdraw your consent at any time in the cookie settings.",
        ),
        "de": (
            "Ihre Privatsphäre",
            "Mit Werbung weiterlesen",
            "Besuchen Sie uns wie gewohnt mit Werbung und Cookies. Zustimmung jederzeit über den "
            "Link zur Datenschutzerklärung widerrufbar. Unsere Partner verarbeiten Ihre Daten.",
        ),
        "fr": (
            "Votre vie privée",
            "Nous respectons votre vie privée",
            "Avec votre consentement, nos partenaires et nous utilisons des cookies pour des "
            "publicités personnalisées. Vous pouvez aussi continuer sans accepter.",
        ),
        "es": (
            "Tu privacidad",
            "Valoramos tu privacidad",
            "Nosotros y nuestros socios usamos cookies con tu consentimiento para tratar datos "
            "personales. Puedes cambiar la configuración de cookies cuando quieras.",
        ),
        "it": (
            "La tua privacy",
            "Prima di continuare",
            "Noi e i nostri partner usiamo i cookie, con il tuo consenso, per trattare dati "
            "personali e mostrare annunci.",
        ),
        "nl": (
            "Uw privacy",
            "Voordat u verdergaat",
            "Wij gebruiken cookies en vragen uw toestemming om met onze partners persoonsgegevens "
            "te verwerken.",
        ),
        "pl": (
            "Twoja prywatność",
            "Cenimy Twoją prywatność",
            "My i nasi partnerzy używamy plików cookie i za Twoją zgodą przetwarzamy dane osobowe.",
        ),
        "sv": (
            "Din integritet",
            "Vi värnar om din integritet",
            "Vi och våra partner använder cookies och behandlar personuppgifter med ditt samtycke.",
        ),
    },
    "login": {
        "en": ("Log in", "You must be logged in", "Enter your name and password to view this."),
        "de": ("Anmelden", "Bitte melden Sie sich an", "Sie brauchen ein Konto."),
        "fr": ("Connexion", "Veuillez vous connecter", "Vous avez besoin d'un compte."),
        "es": ("Iniciar sesión", "Debes iniciar sesión", "Hace falta una cuenta."),
        "it": ("Accedi", "Accedi per continuare", "Serve un account."),
        "pl": ("Logowanie", "Musisz się zalogować", "Potrzebujesz konta."),
        "ru": ("Авторизация", "Войдите, чтобы продолжить", "Нужна учетная запись."),
        "uk": ("Вхід", "Потрібна авторизація", "Потрібен обліковий запис."),
        "zh": ("用户登录", "请先登录", "登录后查看全部内容"),
        "ja": ("ログイン", "ログインしてください", "アカウントが必要です"),
    },
    "geo": {
        "en": (
            "Not available",
            "This content is not available in your country",
            "Our rights end at the border. Thank you for your understanding.",
        ),
        "de": ("Hinweis", "In Ihrem Land nicht verfügbar", "Aus rechtlicher Vorsicht."),
        "fr": ("Indisponible", "Ce site n'est pas disponible dans votre pays", "Merci."),
        "es": ("Aviso", "No disponible en tu país", "Gracias."),
        "it": ("Avviso", "Questo sito non è disponibile nel tuo paese", "Grazie."),
        "ru": ("Сайт недоступен", "Сайт недоступен в вашем регионе", "Приносим извинения."),
        "uk": ("Увага", "Сайт недоступний у вашій країні", "Перепрошуємо."),
        "zh": ("提示", "您所在的地区无法访问", "谢谢"),
        "ja": ("お知らせ", "お住まいの地域ではご利用になれません", "ご了承ください"),
    },
    "legal": {
        "en": ("Blocked", "Access to this website has been blocked", "By court order 12/2026."),
        "ru": (
            "Доступ ограничен",
            "Доступ к информационному ресурсу ограничен",
            "На основании Федерального закона от 27 июля 2006 г. № 149-ФЗ «Об информации». Причины "
            "можно узнать в Едином реестре Роскомнадзора.",
        ),
        "uk": ("Доступ обмежено", "Доступ обмежено на підставі рішення суду", "Указ № 133."),
        "tr": (
            "Erişim engellendi",
            "Bu siteye erişim mahkeme kararıyla engellendi",
            "5651 sayılı Kanun uyarınca Bilgi Teknolojileri ve İletişim Kurumu tarafından.",
        ),
        "it": ("Sito sottoposto a sequestro", "Sito sottoposto a sequestro", "Ordine del giudice."),
        "ar": ("الموقع محجوب", "هذا الموقع محجوب", "بقرار من المحكمة."),
        "ko": ("차단 안내", "불법·유해 정보 사이트 차단 안내", "방송통신심의위원회의 심의에 따라"),
        "zh": ("无法访问", "根据相关法律法规，该页面无法显示", "谢谢"),
    },
    "maintenance": {
        "en": ("Be right back", "Scheduled maintenance", "We expect to be back by noon."),
        "de": ("Wartungsarbeiten", "Wir sind bald wieder da", "Die Seite wird gewartet."),
        "fr": ("Maintenance en cours", "Le site est en maintenance", "Revenez plus tard."),
        "es": ("En mantenimiento", "Volvemos pronto", "Tareas de mantenimiento."),
        "it": ("Manutenzione in corso", "Il sito è in manutenzione", "Torneremo presto."),
        "pl": ("Przerwa techniczna", "Trwają prace konserwacyjne", "Zaraz wracamy."),
        "ru": ("Технические работы", "На сайте ведутся технические работы", "Скоро вернемся."),
        "uk": ("Технічні роботи", "Тривають технічні роботи", "Скоро повернемося."),
        "tr": ("Bakım çalışması", "Bakımdayız", "Yakında döneceğiz."),
        "zh": ("系统维护", "网站正在维护中", "请稍后再来"),
        "ja": ("メンテナンス中", "ただいまメンテナンス中です", "しばらくしてからお越しください"),
    },
    "captive": {
        "en": ("Guest Wi-Fi", "Connect to the internet", "Accept the terms to get online."),
        "de": ("WLAN-Anmeldung", "Willkommen im Gäste-WLAN", "Bestätigen Sie die Bedingungen."),
        "ru": ("Бесплатный Wi-Fi", "Авторизация в сети", "Введите номер телефона."),
    },
    "unclear": {
        "en": ("Something went wrong", "Something went wrong", "Try again later."),
        "de": ("Fehler", "Ein Fehler ist aufgetreten", "Versuchen Sie es später noch einmal."),
        "fr": ("Erreur", "Une erreur est survenue", "Réessayez plus tard."),
        "es": ("Error", "Se ha producido un error", "Inténtelo más tarde."),
        "it": ("Errore", "Si è verificato un errore", "Riprova più tardi."),
        "ru": ("Ошибка", "Произошла ошибка", "Попробуйте позже."),
        "pl": ("Błąd", "Wystąpił błąd", "Spróbuj później."),
        "zh": ("错误", "发生错误", "请稍后再试"),
        "ja": ("エラー", "エラーが発生しました", "後でもう一度お試しください"),
    },
}

# How the makers' pages are built: (head lines, markup). Only structure; hardly a word.
BUILT: dict[str, tuple[str, str]] = {
    "cloudflare": (
        "Server: cloudflare\r\nCF-Mitigated: challenge\r\n",
        "<title>Just a moment...</title><h1>news.example.org</h1><script>window._cf_chl_opt={};"
        "a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8';</script>",
    ),
    "cloudflare-without-header": (
        "Server: cloudflare\r\n",
        "<title>Just a moment...</title><div id=cf-wrapper><div id='cf-error-details'></div></div>"
        "<noscript>Enable JavaScript and cookies to continue</noscript>",
    ),
    "aws": (
        "x-amzn-waf-action: challenge\r\n",
        "<script src='https://a1.token.awswaf.com/a1/b2/challenge.js'></script><script>"
        "window.gokuProps={key:'k'};</script><noscript>JavaScript is disabled</noscript>",
    ),
    "datadome": (
        "X-DataDome: protected\r\nX-DD-B: 1\r\n",
        "<title>news.example.org</title><p>Please enable JS and disable any ad blocker</p><script>"
        "var dd={'rt':'c','cid':'x','host':'geo.captcha-delivery.com'}</script>",
    ),
    "incapsula": (
        "X-CDN: Imperva\r\n",
        "<iframe id='main-iframe' src='/_Incapsula_Resource?SWUDNSAI=31&incident_id=9'>Request "
        "unsuccessful. Incapsula incident ID: 9-1</iframe>",
    ),
    "human": (
        "",
        "<title>Access to this page has been denied</title><div id='px-captcha'></div><script "
        "src='https://captcha.px-cdn.net/PX1/captcha.js'></script>",
    ),
    "sucuri": ("", "<title>You are being redirected...</title><script>var s={},u,c;"
        "sucuri_cloudproxy_js='x';</script>"),
    "ddos-guard": (
        "Server: ddos-guard\r\n",
        "<title>DDoS-Guard</title><h1 data-translate='title'>Checking your browser</h1>"
        "<script src='/.well-known/ddos-guard/js-challenge/index.js'></script>",
    ),
    "kasada": (
        "x-kpsdk-ct: abc\r\n",
        "<script>window.KPSDK={};</script><script src='/149e9513-01fa-4fb0-aad4-566afd725d1b/"
        "2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js'></script>",
    ),
    "f5": ("", "<html><head><title>Request Rejected</title></head><body>The requested URL was "
        "rejected. Please consult with your administrator.<br>Your support ID is: 91</body></html>"),
    "akamai": ("Server: AkamaiGHost\r\n", "<title>Access Denied</title><h1>Access Denied</h1>You "
        "don't have permission to access this server.<p>Reference #18.2d&#46;1"),
    "yandex": (
        "",
        "<title>Ой!</title><form action='/checkcaptcha'><div class='CheckboxCaptcha'></div></form>"
        "<p>Подтвердите, что запросы отправляли вы, а не робот</p>",
    ),
    "anubis": (
        "",
        "<title>Making sure you're not a bot!</title><h1 id=title>Making sure you're not a bot!</h1>"
        "<script id='anubis_version'>1</script>"
        "<script src='/.within.website/x/cmd/anubis/static/js/main.mjs'></script>",
    ),
    "turnstile": (
        "",
        "<title>Security check</title><h1>Please complete the security check</h1><div "
        "class='cf-turnstile'></div><script src='https://challenges.cloudflare.com/turnstile/v0/"
        "api.js'></script>",
    ),
}  # fmt: skip
