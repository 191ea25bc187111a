"""The text of a calendar file: lines folded in the middle of a letter put together before anything is decoded."""

import re

from stadtlabor.files.raw import RawFile

# RFC 5545 folds after 75 octets, so that older tools cut a letter of UTF-8 in two.
_CUT = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])([\x80-\xbf]{1,3})")


def text_of(file: RawFile) -> tuple[str, list[str]]:
    """The file's text, and a note where letters cut by folding were put together; lines keep their numbers."""
    if not file.is_damaged and file.encoding in ("ascii", "utf-8", "utf-8-sig", "utf-16"):
        return file.text, []
    whole, cuts = _CUT.subn(rb"\1\3\2", file.data)
    if cuts:
        try:
            text = whole.decode("utf-8-sig")
        except UnicodeDecodeError:
            return file.text, []
        return text, [f"{cuts} letter(s) cut in two by folded lines are put together; the file is UTF-8"]
    return file.text, []
