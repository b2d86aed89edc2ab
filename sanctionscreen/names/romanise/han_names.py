"""Han characters of a person's name read in Cantonese or in Korean: 李家超 is `lee ka chiu`, 金正恩 `kim jeongeun`.

Chinese characters do not tell whose name they write. A text that can be a person's (it begins with a family
name, see `han.family_length`) is read in Cantonese too, as Hong Kong spells names; if its family name is one of
Korea's, in Korean. Tables: `cantonese.tsv` and `hanja.tsv`, from the Unicode Han Database.

>>> "".join(cantonese("李家超") or []), "".join(korean("金正恩") or []), korean("習近平")
('lee kachiu', 'kim jeongeun', None)
"""

from __future__ import annotations

from sanctionscreen.names.romanise import hangul
from sanctionscreen.names.romanise.han import family_length, simplified
from sanctionscreen.names.tsv import pairs

#: The commonest Korean family names in Han characters, traditional and simplified, with their Hangul where a
#: dictionary has another reading first.
_KOREAN_FAMILIES = dict.fromkeys(
    "朴崔鄭姜趙尹張韓申徐權黃安宋洪全高文孫裵裴曺許南沈河郭成車朱禹具田閔兪嚴元蔡千方孔咸卞秋都薛馬池陳辛楊"
    "郑赵张韩权黄孙许车闵严陈杨"
) | {
    "金": "김", "李": "이", "林": "임", "柳": "유", "劉": "유", "刘": "유", "盧": "노", "卢": "노", "羅": "나",
    "罗": "나", "梁": "양", "廉": "염", "呂": "여", "吕": "여", "吳": "오", "吴": "오",
}  # fmt: skip


def cantonese(text: str) -> list[str] | None:
    """Give the Cantonese of each character of a text that can be a person's name, else None."""
    name = text.replace(" ", "")
    family = family_length(simplified(name))
    table = pairs("romanise/cantonese.tsv")
    if not family or any(char not in table for char in name):
        return None
    syllables = [table[char] for char in name]
    return _spread(text, [*syllables[:family], " " + syllables[family], *syllables[family + 1 :]])


def korean(text: str) -> list[str] | None:
    """Give the Korean of each character of a text that can be a Korean's name, else None.

    >>> korean("李明博"), korean("金 正恩"), korean("李")
    (['lee', ' myeong', 'bak'], ['kim', '', ' jeong', 'eun'], None)
    """
    name = text.replace(" ", "")
    table = pairs("romanise/hanja.tsv")
    if name[:1] not in _KOREAN_FAMILIES or family_length(simplified(name)) != 1:
        return None
    if any(char not in table for char in name):
        return None
    family = _KOREAN_FAMILIES[name[0]] or table[name[0]]
    return _spread(text, hangul.person(family, "".join(table[char] for char in name[1:])))


def _spread(text: str, syllables: list[str]) -> list[str]:
    """Give each character that is no space its syllable, and each space nothing."""
    spoken = iter(syllables)
    return ["" if char == " " else next(spoken) for char in text]
