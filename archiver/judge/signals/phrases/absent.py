"""How sites say that a page is not there, was taken away, or that the whole name is for sale."""

from __future__ import annotations

NOT_FOUND = """
en: page * looking for | article * looking for | page seems to be missing | page is missing |
 looks like * page is missing | page isnt available any | 0 results | no results |
 returned no results | returned 0 results | nothing matched | did not match any |
 no articles found | no posts found | no content found | invalid article | article unavailable |
 this page is gone | gone | 410 gone | resource not found | document not found |
 url was not found | requested url * not found | not found on this server | object not found |
 record not found | item not found | page doesnt exist | page does not exist |
 nothing to see here | page you asked for | story you requested | article you requested |
 article you are looking for | story you are looking for | doesnt exist any more |
 doesnt exist anymore | does not exist | doesnt exist | no longer exists | not here |
 broken link | bad link | page gone | page missing | missing page | cant find what |
 unable to find | link * broken | wrong address | page unavailable or removed | page not found |
 page * not be found | page * cannot be found | page * cant be found | page * couldnt be found |
 page * was not found | page * is not found | 404 | error 404 | 404 error | http 404 | not found |
 file not found | article not found | story not found | post not found | content not found |
 nothing found | no such page | no such article | page * doesnt exist | page * does not exist |
 page * no longer exists | page * not exist | page you * looking for | page you * requested |
 page you * are looking for | we * couldnt find | we * cant find | we * could not find |
 we * cannot find | could not find * page | couldnt find * page | could not be found |
 cannot be found | cant be found | couldnt be found | no results found | nothing * here |
 lost * page | article * could not be found | article * does not exist | article * doesnt exist |
 story * could not be found | this page isnt here | dead link | page * moved or * deleted |
 address * does not exist
de: existiert nicht | existiert nicht mehr | gibt es nicht mehr | nicht mehr vorhanden |
 leider nichts gefunden | konnte nicht gefunden werden | konnten wir nicht finden |
 seite nicht gefunden | seite * nicht gefunden | seite existiert nicht | seite * existiert nicht |
 seite * existiert leider nicht | nicht gefunden | artikel nicht gefunden |
 artikel * nicht gefunden | beitrag nicht gefunden | seite nicht verfügbar | fehler 404 |
 404 fehler | seite * gibt es nicht | diese seite gibt es * nicht | gesuchte seite |
 angeforderte seite | aufgerufene seite | seite * nicht finden | inhalt * nicht gefunden |
 seite nicht vorhanden | seite ist * nicht vorhanden
fr: est introuvable | page nest pas disponible | page que vous avez demandée | lien * mort |
 page non trouvée | page introuvable | page * introuvable | page * trouvée | erreur 404 |
 404 erreur | article introuvable | article * introuvable | page * nexiste pas |
 page * nexiste plus | nexiste pas | nexiste plus | page inexistante | contenu introuvable |
 page demandée | page que vous * cherchez | page que vous * recherchez |
 page que vous * demandée | na pas été trouvée | na pas pu être trouvée | na pas été trouvé |
 aucun résultat
es: página solicitada no existe | no existe | no hemos encontrado | esta página no existe |
 enlace roto | página no encontrada | página * no encontrada | no encontrada | error 404 |
 404 error | página * no existe | página * ya no existe | no se encontró * página |
 no se ha encontrado | no se encuentra * página | página no disponible | página que * buscas |
 página que * busca | página que * buscando | página solicitada | no encontramos * página |
 no hemos podido encontrar | no pudimos encontrar | artículo no encontrado |
 contenido no encontrado | noticia no encontrada | no se pudo encontrar
it: non esiste | la pagina richiesta | non trovato | pagina non trovata | pagina * non trovata |
 errore 404 | 404 errore | pagina * non esiste | pagina * non esiste più | pagina inesistente |
 articolo non trovato | articolo * non trovato | contenuto non trovato | pagina * cercando |
 pagina * richiesta | non è stata trovata | non è stato trovato | non abbiamo trovato |
 pagina non disponibile | pagina non è disponibile | impossibile trovare * pagina
pt: não existe | esta página não existe | página inexistente | página não encontrada |
 página * não encontrada | não encontrada | não encontrado | página * não foi encontrada |
 página * não existe | página * já não existe | erro 404 | 404 erro | artigo não encontrado |
 notícia não encontrada | conteúdo não encontrado | página que * procura |
 página que * procurando | página solicitada | não encontramos | não conseguimos encontrar |
 não foi possível encontrar
nl: pagina niet gevonden | pagina * niet gevonden | niet gevonden | pagina bestaat niet |
 pagina * bestaat niet | pagina * bestaat niet meer | fout 404 | 404 fout |
 artikel niet gevonden | pagina die * zoekt | opgevraagde pagina | pagina * niet vinden |
 kunnen * pagina niet vinden
sv: sidan hittades inte | sidan kunde inte hittas | sidan * kunde inte hittas | hittades inte |
 sidan finns inte | sidan * finns inte | sidan saknas | fel 404 | 404 fel |
 artikeln hittades inte | artikeln finns inte | sidan du söker | sidan du letar efter |
 vi hittar inte * sidan | vi kan inte hitta | sida hittades ej
da: siden eksisterer ikke | siden blev ikke fundet | siden * ikke fundet | siden findes ikke |
 siden * findes ikke | side ikke fundet | fejl 404 | artiklen findes ikke | vi kan ikke finde |
 siden kunne ikke findes | siden du leder efter
no: siden eksisterer ikke | siden ble ikke funnet | siden * ikke funnet | siden finnes ikke |
 siden * finnes ikke | fant ikke siden | fant ikke * siden | feil 404 | artikkelen finnes ikke |
 vi finner ikke | siden du leter etter
fi: sivua ei ole olemassa | sivua ei löytynyt | sivua ei löydy | sivua * ei löytynyt |
 sivua ei ole | virhe 404 | hakemaasi sivua | etsimääsi sivua | artikkelia ei löytynyt
pl: nie został znaleziony | nie została znaleziona | nie zostało znalezione |
 tej strony * nie ma | nie ma takiej strony | strona nie istnieje | nie znaleziono strony |
 strony nie znaleziono | strona nie została znaleziona | strona * nie istnieje | nie znaleziono |
 błąd 404 | 404 błąd | nie znaleziono artykułu | artykuł nie istnieje | szukana strona |
 strona * nie została odnaleziona | strona * której szukasz | nie możemy znaleźć |
 nie mogliśmy znaleźć | podana strona
cs: stránka nenalezena | stránka nebyla nalezena | stránka * nebyla nalezena |
 stránka * neexistuje | stránka neexistuje | nenalezeno | chyba 404 | článek nenalezen |
 článek nebyl nalezen | požadovaná stránka | hledaná stránka | stránku * nepodařilo najít |
 stránku jsme nenašli
sk: stránka nenájdená | stránka nebola nájdená | stránka * nebola nájdená | stránka neexistuje |
 stránka * neexistuje | stránka sa nenašla | článok sa nenašiel
hu: oldal nem létezik | az oldal nem található | oldal nem található | nem található |
 a keresett oldal | az oldal nem létezik | 404 hiba | a cikk nem található
ro: pagina căutată | pagina solicitată | pagina nu a fost găsită | pagina * nu a fost găsită |
 pagină negăsită | pagina nu există | pagina * nu există | eroare 404 |
 articolul nu a fost găsit | nu am găsit
bg: страницата не е намерена | страницата * не е намерена | страницата не съществува |
 страницата * не съществува | не е намерена | грешка 404 | страницата която търсите
sr: страница није пронађена | strana nije pronađena | stranica nije pronađena |
 stranica ne postoji | страница не постоји | stranica koju tražite | stranica * ne postoji
ru: запрашиваемая * страница | запрошенный документ | не найдена | не найден | не существует |
 такой страницы нет | этой страницы нет | страницы нет | страница отсутствует |
 страница не существует либо | неправильный адрес | неверный адрес | страница не найдена |
 страница * не найдена | страницы не существует | такой страницы * нет |
 такой страницы не существует | страница не существует | страница * не существует | не найдено |
 ошибка 404 | 404 ошибка | материал не найден | статья не найдена | новость не найдена |
 запись не найдена | запрашиваемая страница | запрошенная страница |
 страница * была удалена или перемещена | мы не нашли * страницу | мы не смогли найти |
 ничего не найдено | документ не найден
uk: запитувана * сторінка | не знайдена | сторінку не знайдено | сторінка не знайдена |
 сторінки не існує | сторінка не існує | сторінки * не існує | такої сторінки * не існує |
 такої сторінки немає | сторінку * не знайдено | не знайдено | помилка 404 | 404 помилка |
 статтю не знайдено | матеріал не знайдено | новину не знайдено | запитувана сторінка |
 ми не знайшли
be: старонка не знойдзена | старонкі не існуе
el: η σελίδα που ζητήσατε | η σελίδα που αναζητάτε | η σελίδα δεν βρέθηκε |
 η σελίδα * δεν βρέθηκε | σελίδα δεν βρέθηκε | δεν βρέθηκε | η σελίδα δεν υπάρχει |
 η σελίδα * δεν υπάρχει | σφάλμα 404
tr: sayfa yok | sayfa mevcut değil | mevcut değil | sayfa bulunmuyor | sayfa bulunamadı |
 sayfa * bulunamadı | aradığınız sayfa | bulunamadı | hata 404 | 404 hata | böyle bir sayfa yok |
 haber bulunamadı | içerik bulunamadı
ar: الصفحة غير موجودة | الصفحة * غير موجودة | لم يتم العثور على * الصفحة | صفحة غير موجودة |
 لم يتم العثور على | غير موجودة | خطأ 404 | الصفحة التي تبحث عنها | المقال غير موجود |
 الصفحة المطلوبة | عذرا الصفحة * غير موجودة | لم نتمكن من العثور
fa: صفحه ای یافت نشد | این صفحه وجود ندارد | صفحه یافت نشد | صفحه پیدا نشد |
 صفحه مورد نظر * یافت نشد | صفحه مورد نظر | خطای 404 | یافت نشد
he: הדף לא נמצא | העמוד לא נמצא | הדף * לא נמצא | העמוד * לא נמצא | העמוד * לא קיים |
 הדף * לא קיים | שגיאה 404 | שגיאת 404 | הדף שחיפשת | העמוד המבוקש | הדף המבוקש | הכתבה לא נמצאה
hi: पृष्ठ उपलब्ध नहीं | पेज उपलब्ध नहीं | पृष्ठ नहीं मिला | पेज नहीं मिला
zh: 页面不存在 | 页面未找到 | 找不到*页面 | 页面没有找到 | 网页不存在 | 您访问的页面 |
 您访问的网页 | 您要查看的页面 | 文章不存在 | 内容不存在 | 无法找到*页面 | 未找到*页面 |
 頁面不存在 | 找不到*頁面 | 找不到*網頁 | 找不到*网页 | 頁面未找到 | 網頁不存在 | 您訪問的頁面 |
 文章不存在或 | 頁面找不到 | 页面找不到 | 你要找的页面 | 你访问的页面
ja: ページが見つかりません | ページは見つかりません | ページ*見つかりません |
 ページは存在しません | ページ*存在しません | お探しのページ | 記事が見つかりません |
 記事は見つかりません | ページが存在しない | 指定されたページ | ページがありません |
 見つかりませんでした
ko: 페이지를 찾을 수 없습니다 | 페이지를 찾을 수 없음 | 찾을 수 없습니다 | 존재하지 않는 페이지 |
 요청하신 페이지 | 페이지가 존재하지 않습니다 | 기사를 찾을 수 없습니다 | 존재하지 않는 기사
vi: trang bạn tìm kiếm | trang bạn yêu cầu | không tìm thấy trang | trang không tồn tại |
 trang * không tồn tại | không tìm thấy
id: halaman yang anda cari | halaman tidak tersedia | halaman tidak ditemukan |
 halaman * tidak ditemukan | tidak ditemukan
th: ไม่พบหน้า | ไม่พบหน้าเว็บ | ไม่พบหน้าที่คุณต้องการ
"""

REMOVED = """
en: the author deleted | deleted this | deleted it | removed this | post removed |
 removed by its author | no longer on this site | suspends accounts |
 this story has been removed | content has been removed | has been archived and removed |
 has been removed | have been removed | was removed | been deleted | was deleted |
 this post was deleted | article removed | content removed | post deleted | page removed |
 has been taken down | was taken down | no longer available | has been withdrawn |
 account suspended | account has been suspended | account * been disabled | user deleted |
 this account * been deleted | this account doesnt exist | this tweet * deleted |
 video unavailable | removed by the author | deleted by the author | removed by * moderators |
 has been unpublished | been retracted and removed | removed at the request
de: wurde gelöscht | wurde entfernt | beitrag gelöscht | artikel entfernt | nicht mehr verfügbar |
 steht nicht mehr zur verfügung | nicht mehr abrufbar | konto gesperrt | konto wurde gesperrt |
 artikel * zurückgezogen | wurde depubliziert
fr: a été supprimé | a été supprimée | a été retiré | a été retirée | article supprimé |
 nest plus disponible | plus disponible | compte suspendu | compte * suspendu |
 publication supprimée
es: ha sido eliminado | ha sido eliminada | fue eliminado | fue eliminada | ha sido retirado |
 ha sido borrado | artículo eliminado | ya no está disponible | cuenta suspendida |
 publicación eliminada
it: è stato rimosso | è stata rimossa | è stato eliminato | è stato cancellato |
 articolo rimosso | contenuto rimosso | non è più disponibile | account sospeso
pt: foi removido | foi removida | foi excluído | foi eliminado | foi apagado | artigo removido |
 já não está disponível | não está mais disponível | conta suspensa
nl: is verwijderd | artikel verwijderd | niet meer beschikbaar | account opgeschort |
 account geblokkeerd
sv: har tagits bort | artikeln borttagen | är borttagen | inte längre tillgänglig |
 är inte längre tillgänglig | avpublicerad
da: er blevet fjernet | er fjernet | er slettet | ikke længere tilgængelig
no: er fjernet | er slettet | ikke lenger tilgjengelig
fi: on poistettu | ei ole enää saatavilla
pl: został usunięty | została usunięta | zostało usunięte | artykuł usunięty |
 nie jest już dostępny | nie jest już dostępna | konto zawieszone | wpis usunięty
cs: byl odstraněn | byla odstraněna | byl smazán | článek odstraněn | již není k dispozici |
 už není dostupný
hu: eltávolítottuk | eltávolították | törölték | már nem érhető el
ro: a fost șters | a fost ștearsă | a fost eliminat | nu mai este disponibil
ru: была удалена | был удален | было удалено | удалена автором | удален автором |
 удалено автором | материал удален | материал удалён | статья удалена | запись удалена |
 публикация удалена | пост удален | страница удалена | аккаунт удален | аккаунт заблокирован |
 больше не доступна | больше не доступен | больше недоступна | больше недоступен |
 снята с публикации | снят с публикации | пользователь удален
uk: було видалено | видалено автором | матеріал видалено | статтю видалено | сторінку видалено |
 допис видалено | більше не доступна | більше не доступний | більше недоступна |
 обліковий запис заблоковано | знято з публікації
tr: kaldırıldı | kaldırılmıştır | silindi | silinmiştir | yayından kaldırılmıştır |
 artık mevcut değil | yayından kaldırıldı | hesap askıya alındı
ar: تم حذف | تمت إزالة | تم إزالة | حذف هذا | لم تعد متاحة | لم يعد متاحا | تم تعليق * الحساب
he: הוסר | הוסרה | נמחק | נמחקה | כבר לא זמין | כבר לא זמינה
zh: 已被删除 | 已删除 | 已被作者删除 | 该内容已被 | 内容已下架 | 已下架 | 已被刪除 | 已刪除 |
 文章已被删除 | 账号已被封禁 | 帐号已被 | 已被移除 | 已移除
ja: 削除されました | 削除されています | 削除済み | 公開を終了 | 掲載は終了 | 掲載期間が終了 |
 公開期間が終了 | アカウントは凍結
ko: 삭제되었습니다 | 삭제된 기사입니다 | 삭제된 게시물 | 삭제된 페이지 |
 더 이상 제공되지 않습니다 | 계정이 정지
"""

PARKED = """
en: domain is for sale | domain * may be for sale | domain * for sale | this domain is parked |
 domain parked | parked domain | parked free | domain parking | buy this domain |
 domain name * for sale | make an offer on this domain | inquire about this domain |
 domain has expired | domain * expired | this domain has been registered | future home of |
 is available for purchase | website coming soon | related searches | the owner of this domain |
 get this domain | this webpage was generated by the domain owner | renew this domain
de: domain steht zum verkauf | domain * zu verkaufen | domain kaufen | domain ist geparkt |
 diese domain wurde registriert | domain * zum verkauf | diese domain ist abgelaufen
fr: domaine est à vendre | nom de domaine * à vendre | domaine à vendre | ce domaine est réservé |
 acheter ce domaine | domaine est expiré | domaine a expiré
es: dominio * en venta | dominio está a la venta | comprar este dominio | dominio * a la venta |
 dominio aparcado | este dominio ha caducado | dominio * ha expirado
it: dominio * in vendita | dominio è in vendita | acquista questo dominio | dominio scaduto
pt: domínio * à venda | domínio está à venda | comprar este domínio | domínio expirado
nl: domein * te koop | domeinnaam * te koop | deze domeinnaam is geregistreerd |
 domein is geparkeerd | koop dit domein
sv: domänen är till salu | domän * till salu | domänen är parkerad
pl: domena * na sprzedaż | domena jest na sprzedaż | kup tę domenę | domena wygasła
cs: doména * na prodej | doména je na prodej | koupit tuto doménu
ru: домен продается | домен продаётся | домен * продается | купить этот домен |
 домен припаркован | срок регистрации домена * истек | домен * зарегистрирован |
 домен выставлен на продажу
uk: домен продається | домен * продається | купити цей домен | домен припарковано
tr: alan adı satılık | alan adı satılıktır | alan adı * satılıktır | alan adı * satılık |
 bu alan adı * satılık | domain satılık
ar: النطاق معروض للبيع | هذا النطاق للبيع | الدومين للبيع | نطاق * للبيع
he: הדומיין * למכירה | שם המתחם * למכירה | דומיין למכירה
zh: 域名出售 | 域名*出售 | 域名*转让 | 购买此域名 | 此域名 | 網域*出售 | 域名已过期
ja: ドメインは販売中 | ドメイン*販売 | ドメイン*売り出 | このドメイン*取得 | ドメイン*購入
ko: 도메인 판매 | 이 도메인은 판매 중입니다 | 도메인을 구입
"""

TABLES = {"not_found": NOT_FOUND, "removed": REMOVED, "parked": PARKED}
