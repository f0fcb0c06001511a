"""The workbook's cell styles, made once a workbook: one typeface, quiet headers, exact numbers with fitting formats."""

from __future__ import annotations

from typing import Any

from salesanalytics.i18n import Lang, format

INK, MUTED, PRIMARY, SECOND, TARGET = "#131C2E", "#56627A", "#1D5FC2", "#658ACA", "#AD5600"
BORDER, INSET = "#DCE2EB", "#F5F7FA"
TONES = {"good": "#0B7A4B", "bad": "#B3261E", "warn": "#8A5A00", "neutral": MUTED}
FONTS: dict[Lang, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}


def money_format(currency: str) -> str:
    """Return Excel's format of an exact amount: the currency's sign as quoted text, so that no letter of it is read as a code."""
    sign = format.currency_symbol(currency)
    return f'"{sign}"#,##0.00;−"{sign}"#,##0.00'


class Styles:
    """Every format the sheets use. XlsxWriter formats belong to a workbook, so they are made with it; amounts carry the sign of ``currency`` (ISO 4217)."""

    def __init__(self, book: Any, lang: Lang, currency: str = "CNY") -> None:
        self._book = book
        self._base = {"font_name": FONTS[lang], "font_size": 10.5, "font_color": INK, "valign": "vcenter"}
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}
        self.font = FONTS[lang]
        self._money = money_format(currency)
        self.widest_amount = f"{format.currency_symbol(currency)}99,999,999.00"
        """what a column of amounts is made wide enough for"""

    def make(self, **properties: object) -> Any:
        """Return the format with these properties over the base; the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._base, **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        """A sheet's title."""
        return self.make(font_size=17, bold=True)

    @property
    def subtitle(self) -> Any:
        """A section's title."""
        return self.make(font_size=12, bold=True)

    @property
    def plain(self) -> Any:
        """Text."""
        return self.make(bottom=1, bottom_color=BORDER)

    @property
    def beside_number(self) -> Any:
        """Text right of a number, which would touch it."""
        return self.make(bottom=1, bottom_color=BORDER, indent=1)

    @property
    def strong(self) -> Any:
        """Text of a first column."""
        return self.make(bold=True, bottom=1, bottom_color=BORDER)

    @property
    def muted(self) -> Any:
        """Quiet text."""
        return self.make(font_color=MUTED, font_size=9.5)

    @property
    def wrapped(self) -> Any:
        """Long text, right of a number."""
        return self.make(text_wrap=True, bottom=1, bottom_color=BORDER, indent=1)

    @property
    def nothing(self) -> Any:
        """No value."""
        return self.make(font_color=MUTED, align="right", bottom=1, bottom_color=BORDER)

    @property
    def head(self) -> Any:
        """A header over text."""
        return self.make(bold=True, font_color="#FFFFFF", bg_color=PRIMARY)

    @property
    def head_indented(self) -> Any:
        """A header over text right of a number."""
        return self.make(bold=True, font_color="#FFFFFF", bg_color=PRIMARY, indent=1)

    @property
    def head_right(self) -> Any:
        """A header over numbers."""
        return self.make(bold=True, font_color="#FFFFFF", bg_color=PRIMARY, align="right")

    @property
    def head_middle(self) -> Any:
        """A header over heat cells."""
        return self.make(bold=True, font_color="#FFFFFF", bg_color=PRIMARY, align="center")

    @property
    def count(self) -> Any:
        """A whole number."""
        return self.make(num_format="#,##0", bottom=1, bottom_color=BORDER)

    @property
    def share(self) -> Any:
        """A share."""
        return self.make(num_format="0.0%", bottom=1, bottom_color=BORDER)

    def small_share(self, words: str) -> Any:
        """Return the style of a share of a small sample: grey, and saying so in ``words`` before the number, which stays one."""
        return self.make(num_format=f'"{words}"  0.0%', font_color=MUTED, bottom=1, bottom_color=BORDER)

    @property
    def money(self) -> Any:
        """An amount, exact."""
        return self.make(num_format=self._money, bottom=1, bottom_color=BORDER)

    @property
    def money_bold(self) -> Any:
        """A total."""
        return self.make(num_format=self._money, bold=True)

    @property
    def heat(self) -> Any:
        """An amount in a heat cell."""
        return self.make(num_format="#,##0", align="center")

    @property
    def hidden(self) -> Any:
        """A number only a chart reads."""
        return self.make(num_format=";;;")

    def tone(self, tone: str) -> Any:
        """Return the style of a judgement."""
        return self.make(bold=True, font_color=TONES[tone], bottom=1, bottom_color=BORDER)

    def in_unit(self, size: int, decimals: int, *, bold: bool = False) -> Any:
        """Return a format that shows an exact amount in thousands or millions; 万 has no such format, so there it stays whole."""
        places = "0" if not decimals else "0." + "0" * decimals
        by_size = {10**3: "#,##0,", 10**6: f"#,##{places},,", 10**9: f"#,##{places},,,"}
        shown = by_size.get(size, "#,##0")
        # the third part is for nothing at all: a bare 0, as on the pages
        return self.make(num_format=f"{shown};−{shown};0", align="center", bold=bold)

    def of_unit(self, unit: str) -> Any:
        """Return the format of a metric's unit."""
        formats = {
            "count": "#,##0",
            "money": self._money,
            "share": "0.00%;−0.00%",
            "days": "#,##0.0",
            "number": "#,##0.0",
        }
        return self.make(num_format=formats[unit], bottom=1, bottom_color=BORDER)
