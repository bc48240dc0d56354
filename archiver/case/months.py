"""Names of months as they stand in dates: English, German, French, Spanish, Russian, Ukrainian."""

from __future__ import annotations

_NAMES = """
january jan januar jänner jan janvier janv enero ene января январь янв січня січень січ
february feb februar feber février févr fév fevrier febrero febr февраля февраль фев февр
 лютого лютий лют
march mar märz mär maerz mars marzo марта март мар березня березень бер
april apr avril avr abril abr апреля апрель апр квітня квітень квіт
may mai mayo мая май травня травень трав
june jun juni juin junio июня июнь июн червня червень черв
july jul juli juillet juil julio июля июль июл липня липень лип
august aug août aout agosto ago августа август авг серпня серпень серп
september sep sept septembre septiembre setiembre сентября сентябрь сен сент
 вересня вересень вер
october oct oktober okt octobre octubre октября октябрь окт жовтня жовтень жовт
november nov novembre noviembre ноября ноябрь ноя нояб листопада листопад лист
december dec dezember dez décembre déc decembre diciembre dic декабря декабрь дек
 грудня грудень груд
"""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(_NAMES.strip().replace("\n ", " ").split("\n"), 1)
    for name in names.split()
}
