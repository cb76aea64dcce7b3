"""Words read in the wrong encoding and saved so: nothing we do brings them back safely."""

LOST = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")
MIN_LETTERS = 2
# Of a language written with accents, few letters carry one; of garbled Chinese nearly all do.
MOST = 0.5


def is_garbled(text: str) -> bool:
    """Tell whether a text is Chinese that went through the wrong encoding."""
    if any(text.count(mark) >= MIN_LETTERS for mark in LOST):
        return True
    accented = sum("\xa0" <= letter <= "\u024f" for letter in text)
    return (accented > MIN_LETTERS and accented > MOST * len(text)) or _is_undone(text)


def _is_undone(text: str) -> bool:
    """Tell whether a text gives other Chinese words when UTF-8 read as GBK is put right."""
    try:
        undone = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return False
    return undone != text and sum("一" <= letter <= "鿿" for letter in undone) >= MIN_LETTERS
