"""Words of Interactive Brokers' statements in German, French, Spanish, Portuguese, Italian, Dutch and Chinese.

Only what the shape of a row does not tell is known by its word. Source: statements as public importers read them.
"""

import re
from collections.abc import Mapping
from datetime import date

_SECTIONS = {
    "Dividends": "dividenden|dividendes|dividendos|dividendi|股息|股利",
    "Withholding Tax": (
        "quellensteuer|retención de impuestos|retenue à la source|imposto retido na fonte|ritenuta alla fonte|"
        "预扣税|代扣税|預扣稅"
    ),
    "Interest": "zinsen|intérêts|intereses|interés|juros|interessi|rente|利息",
    "Fees": "gebühren|tarifas|comisiones|frais|taxas|commissioni|kosten|费用|費用",
    "Deposits & Withdrawals": (
        "einzahlungen & auszahlungen|ein- und auszahlungen|depósitos y retiradas|depósitos y retiros|"
        "dépôts et retraits|depósitos e retiradas|depósitos e saques|depositi e prelievi|"
        "存款和取款|存款与取款|存款和提款"
    ),
    "Corporate Actions": (
        "kapitalmaßnahmen|acciones corporativas|operaciones corporativas|opérations sur titres|operações societárias|"
        "azioni societarie|公司行动|公司行動"
    ),
}
_CATEGORIES = {
    "Stocks": "aktien|acciones|actions|action|ações|azioni|aandelen|股票",
    "Bonds": "anleihen|bonos|obligations|obligaciones|títulos|obbligazioni|obligaties|债券|債券",
    "Forex": "fórex|devisen|devises|外汇|外匯",
    "Futures": "futuros|futuri|期货|期貨",
    "Warrants": "optionsscheine|权证|權證",
}
_TRANSACTIONS = {
    "Buy": "kauf|achat|compra|acquisto|aankoop|买|買",
    "Sell": "verkauf|vente|venta|venda|vendita|verkoop|卖|賣",
    "Dividend": "dividende|dividendo|dividend|股息|股利",
    "Withholding Tax": "quellensteuer|ausländische quellensteuer|外国预扣税|外國預扣稅|预扣税|預扣稅",
    "Deposit": "einzahlung|dépôt|depósito|deposito|存款",
    "Withdrawal": "auszahlung|retrait|retirada|prelievo|取款|提款",
    "Interest": "zinsen|zins|intérêts|interés|juros|贷方利息|借方利息|利息",
    "Fee": "gebühr|sonstige gebühr|frais|comisión|taxa|费用|其他费用|費用",
}
_MONTHS = (
    "januar|january|janvier|enero|janeiro|gennaio|januari|一月",
    "februar|february|février|febrero|fevereiro|febbraio|二月",
    "märz|march|mars|marzo|março|maart|三月", "april|avril|abril|aprile|四月", "mai|may|mayo|maio|maggio|mei|五月",
    "juni|june|juin|junio|junho|giugno|六月", "juli|july|juillet|julio|julho|luglio|七月",
    "august|août|agosto|augustus|八月", "september|septembre|septiembre|setembro|settembre|九月",
    "oktober|october|octobre|octubre|outubro|ottobre|十月", "november|novembre|noviembre|novembro|十一月",
    "dezember|december|décembre|diciembre|dezembro|dicembre|十二月",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+|\d+")
YEAR_DIGITS = 4


def _by_word(groups: Mapping[str, str]) -> dict[str, str]:
    return {word: english for english, words in groups.items() for word in words.split("|")}


SECTIONS, CATEGORIES, TRANSACTIONS = _by_word(_SECTIONS), _by_word(_CATEGORIES), _by_word(_TRANSACTIONS)
"""From a word in small letters to the English one."""
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split("|")}


def last_day(period: str) -> date | None:
    """Return the last day of a period such as `1. März 2026 - 31. März 2026`, `None` when its words are not known."""
    words = _WORD.findall(period.lower())
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    years = [int(word) for word in words if word.isdecimal() and len(word) == YEAR_DIGITS]
    days = [int(word) for word in words if word.isdecimal() and len(word) < YEAR_DIGITS]
    try:
        return date(years[-1], months[-1], days[-1])
    except (IndexError, ValueError):
        return None
