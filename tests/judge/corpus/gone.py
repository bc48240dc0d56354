"""Soft 404s, removals, parked names and walls, as sites word them: data by language."""

from __future__ import annotations

# (title, heading, text) of a page that says with status 200 that there is no such page.
SOFT_404: dict[str, tuple[str, str, str]] = {
    "en": (
        "Page not found",
        "Oops! We can't find that page.",
        "It may have been moved, or the link is wrong. Try the search, or go to the front page.",
    ),
    "de": (
        "404",
        "Diese Seite gibt es leider nicht",
        "Vielleicht wurde sie verschoben. Versuchen Sie es mit der Suche.",
    ),
    "fr": (
        "Page introuvable",
        "Cette page n'existe pas ou plus",
        "Vérifiez l'adresse ou revenez à l'accueil.",
    ),
    "es": (
        "Error 404",
        "Lo sentimos, no encontramos la página que buscas",
        "Comprueba la dirección o vuelve a la portada.",
    ),
    "it": (
        "Errore 404 - Pagina non trovata",
        "La pagina che stai cercando non esiste",
        "Torna alla home oppure usa la ricerca.",
    ),
    "pt": (
        "Página não encontrada",
        "Ops! Não encontramos esta página",
        "Volte ao início ou use a busca.",
    ),
    "nl": (
        "Pagina niet gevonden",
        "Sorry, deze pagina bestaat niet (meer)",
        "Controleer het adres of ga naar de voorpagina.",
    ),
    "sv": ("Sidan hittades inte", "Sidan du söker finns inte", "Gå till startsidan eller sök."),
    "da": ("Siden blev ikke fundet", "Vi kan ikke finde siden", "Gå til forsiden."),
    "fi": ("Sivua ei löytynyt", "Hakemaasi sivua ei löydy", "Siirry etusivulle."),
    "pl": (
        "Błąd 404",
        "Strona, której szukasz, nie istnieje",
        "Sprawdź adres albo wróć na stronę główną.",
    ),
    "cs": ("Stránka nenalezena", "Požadovaná stránka neexistuje", "Přejděte na úvodní stranu."),
    "hu": ("Az oldal nem található", "A keresett oldal nem létezik", "Vissza a címlapra."),
    "ro": ("Pagina nu a fost găsită", "Eroare 404", "Înapoi la prima pagină."),
    "ru": (
        "Страница не найдена",
        "Ой, такой страницы у нас нет",
        "Проверьте адрес или перейдите на главную.",
    ),
    "uk": ("Сторінку не знайдено", "Такої сторінки не існує", "Перейдіть на головну."),
    "bg": ("Грешка 404", "Страницата не е намерена", "Към началната страница."),
    "el": ("Σφάλμα 404", "Η σελίδα δεν βρέθηκε", "Επιστροφή στην αρχική."),
    "tr": ("Sayfa Bulunamadı", "Aradığınız sayfa bulunamadı", "Ana sayfaya dönün."),
    "ar": ("الصفحة غير موجودة", "عذراً، لم يتم العثور على الصفحة", "عد إلى الصفحة الرئيسية."),
    "he": ("הדף לא נמצא", "העמוד שחיפשת לא נמצא", "חזרה לדף הבית."),
    "zh": ("页面不存在", "抱歉，您访问的页面不存在", "返回首页"),
    "ja": (
        "ページが見つかりません",
        "お探しのページは見つかりませんでした",
        "トップページへ戻る",
    ),
    "ko": ("페이지를 찾을 수 없습니다", "요청하신 페이지를 찾을 수 없습니다", "홈으로 돌아가기"),
}
REMOVED: dict[str, tuple[str, str]] = {
    "en": ("This article has been removed", "It was withdrawn by the editors."),
    "de": ("Dieser Artikel wurde gelöscht", "Er steht nicht mehr zur Verfügung."),
    "fr": ("Cet article a été supprimé", "Il n'est plus disponible sur notre site."),
    "es": ("Este artículo ha sido eliminado", "Ya no está disponible."),
    "it": ("Questo articolo è stato rimosso", "Il contenuto non è più disponibile."),
    "pt": ("Esta notícia foi removida", "Já não está disponível."),
    "nl": ("Dit artikel is verwijderd", "Het is niet meer beschikbaar."),
    "pl": ("Ten artykuł został usunięty", "Wpis usunięty przez autora."),
    "ru": ("Материал удален", "Публикация удалена автором."),
    "uk": ("Матеріал видалено", "Допис видалено автором."),
    "tr": ("Bu haber yayından kaldırılmıştır", "İçerik artık mevcut değil."),
    "zh": ("该文章已被删除", "内容已下架"),
    "ja": ("この記事は削除されました", "掲載は終了しました"),
    "ko": ("삭제된 기사입니다", "더 이상 제공되지 않습니다"),
}
PARKED: dict[str, tuple[str, str]] = {
    "en": ("The domain the-quay.example may be for sale", "Inquire about this domain"),
    "de": ("Diese Domain steht zum Verkauf", "Jetzt Domain kaufen"),
    "fr": ("Ce nom de domaine est à vendre", "Faites une offre"),
    "es": ("Este dominio está en venta", "Haga una oferta"),
    "it": ("Questo dominio è in vendita", "Fai un'offerta"),
    "pl": ("Ta domena jest na sprzedaż", "Złóż ofertę"),
    "ru": ("Домен продается", "Сделайте предложение"),
    "tr": ("Bu alan adı satılıktır", "Teklif verin"),
    "zh": ("域名正在出售", "联系我们购买此域名"),
    "ja": ("このドメインは販売中です", "お問い合わせ"),
}
