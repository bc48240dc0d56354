"""How walls against robots speak, and those that shut everybody out."""

from __future__ import annotations

CHALLENGE = """
en: robot or human | confirm that you are human | confirm that youre human | confirm * human |
 verifying that you are not a | making sure youre not a bot | not a robot | hold the button |
 checking your connection | your connection needs to be verified | verification required |
 browser check | checking if you are human | bot protection | anti bot | checking your browser |
 checking if the site connection is secure | just a moment | verify you are human |
 verifying you are human | verify that you are human | verify * you are a human |
 verify you are not a robot | prove you are human | are you a robot | are you human |
 im not a robot | i am not a robot | not a bot | you are not a robot | youre not a bot |
 complete the captcha | solve the captcha | complete the security check | security check |
 security verification | human verification | attention required | ddos protection |
 please wait while * verify | please wait while * check | unusual traffic | suspicious activity |
 automated requests | automated access | enable javascript and cookies to continue |
 request unsuccessful | pardon our interruption | bot detected | bot verification |
 web application firewall | security checkpoint | security service to protect |
 performing security verification | one more step | please complete the security |
 confirm you are human | robot check | press * hold to confirm
de: überprüfung ob sie ein mensch | prüfung ob sie ein mensch | kein roboter |
 menschliche überprüfung | browserprüfung | browser wird geprüft | prüfen ihren browser |
 überprüfung ihres browsers | ihr browser wird überprüft | bestätigen sie * mensch |
 sind sie ein roboter | sicherheitsüberprüfung | sicherheitsprüfung | ich bin kein roboter |
 ungewöhnlicher datenverkehr | nur einen moment | einen moment bitte
fr: pas un robot | êtes un humain | êtes humain | vérification de votre navigateur |
 vérifiez que vous êtes humain | vérifier que vous êtes | êtes vous un robot |
 je ne suis pas un robot | vérification de sécurité | contrôle de sécurité | trafic inhabituel |
 un instant
es: no eres un robot | eres humano | es humano | verificando * navegador |
 comprobando * navegador | verifica que eres humano | verifique que * humano | no soy un robot |
 eres un robot | verificación de seguridad | control de seguridad | tráfico inusual | un momento
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
ru: что вы не робот | вы не робот | запросы * похожи на автоматические | проверка браузера |
 проверка вашего браузера | проверяем * браузер | подтвердите что вы * человек |
 подтвердите что * не робот | подтвердите что запросы отправляли вы | я не робот | вы робот |
 проверка безопасности | подозрительный трафик | необычный трафик | минутку |
 подозрительная активность
uk: що ви не робот | перевірка браузера | перевірка вашого браузера | перевіряємо * браузер |
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
da: kontrollerer din browser | bekræft at du er et menneske | jeg er ikke en robot |
 sikkerhedskontrol | et øjeblik
no: kontrollerer nettleseren | bekreft at du er et menneske | jeg er ikke en robot |
 sikkerhetskontroll | et øyeblikk
fi: tarkistetaan selaintasi | vahvista että olet ihminen | en ole robotti | turvatarkistus |
 hetkinen
hu: böngésző ellenőrzése | igazolja hogy ember | nem vagyok robot | biztonsági ellenőrzés |
 egy pillanat
ro: verificăm browserul | verificați că sunteți om | nu sunt robot | verificare de securitate |
 un moment
el: έλεγχος του προγράμματος περιήγησης | επιβεβαιώστε ότι είστε άνθρωπος | δεν είμαι ρομπότ |
 έλεγχος ασφαλείας
bg: проверка на браузъра | потвърдете че сте човек | не съм робот | проверка за сигурност
sr: провера прегледача | потврдите да сте човек | нисам робот | nisam robot | sigurnosna provera
fa: بررسی مرورگر | تایید کنید که انسان هستید | من ربات نیستم | بررسی امنیتی
id: memeriksa browser anda | verifikasi bahwa anda manusia | saya bukan robot |
 pemeriksaan keamanan | verifikasi keamanan
vi: đang kiểm tra trình duyệt | xác minh bạn là con người | tôi không phải là người máy |
 kiểm tra bảo mật
hi: आप रोबोट नहीं हैं | सुरक्षा जांच
"""

DENIED = """
en: request has been blocked | blocked by our | by our firewall | by our security |
 by the firewall | firewall | access has been restricted | access from your * blocked |
 the request could not be satisfied | unable to access | not authorized | permission denied |
 you dont have permission | access restricted | access blocked | blocked for security |
 request denied | connection denied | ip blocked | ip banned | you have been banned |
 temporarily blocked | access denied | access * has been denied | access * is denied |
 access to this page has been denied | you have been blocked | you have been denied |
 request blocked | request * was blocked | request rejected | request * was rejected |
 requested url was rejected | forbidden | 403 forbidden | error 403 | 403 |
 blocked by * security | your ip * blocked | your ip address * blocked |
 ip address has been * blocked | too many requests | rate limit exceeded
de: anfrage blockiert | zugang verweigert | zugang gesperrt | kein zugriff | keine berechtigung |
 zugriff verweigert | zugriff gesperrt | zugriff * blockiert | ihre anfrage wurde blockiert |
 sie wurden blockiert
fr: requête bloquée | vous navez pas accès | accès restreint | accès refusé | accès interdit |
 accès bloqué | vous avez été bloqué | votre requête a été bloquée
es: acceso restringido | no tienes permiso | solicitud bloqueada | acceso denegado |
 acceso bloqueado | ha sido bloqueado
it: accesso negato | accesso bloccato | sei stato bloccato
pt: acesso negado | acesso bloqueado | você foi bloqueado
nl: toegang geweigerd | toegang geblokkeerd | u bent geblokkeerd
sv: åtkomst nekad | åtkomst nekas | du har blockerats
pl: odmowa dostępu | dostęp zabroniony | brak dostępu | dostęp zablokowany |
 zostałeś zablokowany
cs: přístup odepřen | přístup zamítnut | přístup byl odepřen | byli jste zablokováni
ru: доступ к ресурсу * | ваш доступ * ограничен | нет доступа | отказано в доступе |
 в доступе отказано | доступ * ограничен | запрос заблокирован | доступ запрещен |
 доступ запрещён | доступ ограничен | доступ заблокирован | доступ закрыт |
 ваш запрос * заблокирован | вы были заблокированы | ваш ip * заблокирован |
 слишком много запросов
uk: відмовлено в доступі | немає доступу | доступ * обмежено | доступ заборонено |
 доступ обмежено | доступ заблоковано | вас заблоковано | забагато запитів
tr: erişim engellendi | erişim reddedildi | erişim yasaklandı
ar: تم رفض الوصول | الوصول مرفوض | تم حظر
he: הגישה נדחתה | גישה נדחתה | הגישה נחסמה | הגישה חסומה
zh: 访问被拒绝 | 拒绝访问 | 禁止访问 | 访问受限 | 请求被拦截 | 您的请求*拦截 | 存取被拒 |
 拒絕存取
ja: アクセスが拒否されました | アクセス拒否 | アクセス*拒否 | アクセスがブロック
ko: 접근이 거부되었습니다 | 액세스가 거부되었습니다 | 접속이 차단되었습니다
da: adgang nægtet | adgang forbudt | du er blevet blokeret
no: ingen tilgang | tilgang nektet | adgang nektet | du har blitt blokkert
fi: pääsy estetty | pääsy kielletty
hu: hozzáférés megtagadva | hozzáférés letiltva
ro: acces interzis | acces refuzat | acces respins
el: δεν επιτρέπεται η πρόσβαση | απαγορεύεται η πρόσβαση
bg: достъпът е отказан | отказан достъп
sr: приступ одбијен | pristup odbijen | zabranjen pristup
fa: دسترسی غیر مجاز | دسترسی مسدود
id: akses ditolak | akses dibatasi
vi: truy cập bị từ chối
hi: पहुँच अस्वीकृत
"""

TABLES = {"challenge": CHALLENGE, "denied": DENIED}
