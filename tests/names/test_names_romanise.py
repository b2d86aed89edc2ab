"""Romanisation, script by script, and what holds in all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.names import parse
from sanctionscreen.names.normalise import normalise
from sanctionscreen.names.romanise import palladius, wade_giles
from sanctionscreen.names.transliterate import Romanised, is_bare, romanise


def readings(name: str) -> tuple[Romanised, ...]:
    return romanise(normalise(name).traced)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        # Latin
        ("Łukasz Żółć", "lukasz zolc"), ("Đorđe", "dorde"), ("Straße", "strasse"), ("Ærø", "aero"),
        ("Ağaoğlu Iğdır", "agaoglu igdir"), ("Þórður", "thordur"), ("Əliyev", "aliyev"), ("ʿAbd", "abd"),
        ("Nguyễn Văn Ðức", "nguyen van duc"), ("H̷ik", "hik"), ("ǆ", "dz"),
        # Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, Kazakh, Tajik
        ("Дмитрий Медведев", "dmitriy medvedev"), ("Юрий Ельцин", "yuriy yeltsin"), ("Хрущёв", "khrushchev"),
        ("Пётр Щербаков", "pyotr shcherbakov"), ("объект", "obyekt"),
        ("Володимир Зеленський", "volodymyr zelenskyi"),
        ("Київ", "kyiv"), ("Гнат Їжак", "hnat yizhak"),
        ("Аляксандр Лукашэнка Ўладзімір", "aliaksandr lukashenka uladzimir"),
        ("Тръстеник", "trastenik"), ("Слободан Милошевић", "slobodan milosevic"), ("Љубиша", "ljubisa"),
        ("Ѓорѓи", "gjorgji"), ("Қасым-Жомарт Тоқаев", "kasym-zhomart tokayev"), ("Ҷумъа", "juma"), ("Ѧ", "e"),
        # Greek, Armenian, Georgian
        ("Ευάγγελος Μπακογιάννης", "evangelos bakogiannis"), ("Αύρα", "avra"), ("Αυτός", "aftos"),
        ("Ντόρα", "dora"),
        ("Παντελής", "pantelis"), ("Μαΐου", "maiou"), ("Τζίμης", "tzimis"), ("Φρά-Χ", "fra-ch"),
        ("ἀρχή", "archi"),
        ("Նիկոլ Փաշինյան", "nikol pashinyan"), ("Երևան", "yerevan"), ("Հարություն", "harutyun"), ("Որ", "vor"),
        ("მიხეილ სააკაშვილი", "mikheil saakashvili"), ("ᲗᲑᲘᲚᲘᲡᲘ", "tbilisi"),
        # Arabic, Persian, Urdu; Hebrew
        ("محمد علي", "muhammad ali"), ("محمَّد", "muhammad"), ("عبد الرحمن", "abd al-rahman"),
        ("عبدالرحمن", "abd al-rahman"),
        ("عبدالقدیر", "abd al-qdir"), ("الراشد", "al-rashid"), ("الله", "allah"),
        ("قاسم سلیمانی", "qasim sulaymani"),
        ("بوتفليقة", "butfliqa"), ("عيدروس", "idrus"), ("عجمان", "ajman"), ("إيفانكا", "iyfanka"),
        ("اوباما", "ubama"),
        ("پوتین", "putin"), ("ويكي", "wiki"), ("الوفاق", "al-wfaq"), ("ثقفی پ", "sqfi p"),
        ("مَرْيَم", "maryam"),
        ("דוד בן גוריון", "david ben gurion"), ("ג'ורג'", "jurj"), ("ווינר", "vinr"), ("פלמוני", "plmuni"),
        ("שָׁלוֹם", "shlum"), ("יאיר לפיד", "yair lapid"), ("צ'רנוב", "chrnuv"), ("אובמה", "aobma"),
        # Han, kana, Hangul
        ("重庆银行", "chongqing yinhang"),
        ("杭州海康威视数字技术股份有限公司", "hangzhou haikang weishi shuzi jishu gufen youxian gongsi"),
        ("单国强", "shan guoqiang"), ("曾庆红", "zeng qinghong"), ("仇和", "qiu he"), ("欧阳修", "ouyang xiu"),
        ("克林顿", "kelindun"), ("吕布", "lu bu"), ("长江存储", "changjiang cunchu"),
        ("Hikvision海康", "hikvision haikang"),
        ("海康123", "haikang123"), ("中国-海康", "zhongguo-haikang"),
        ("トヨタ", "toyota"), ("とうきょう", "tokyo"), ("マッキントッシュ", "makkintosshu"), ("ファーウェイ", "fawei"),
        ("ボッチャ", "botcha"), ("ﾄﾖﾀ", "toyota"), ("っ", ""), ("ッA", "a"),
        ("株式会社トヨタ", "kabushiki kaisha toyota"),
        ("東芝メモリ", "toshiba memori"), ("ガス会社", "gasu kaisha"), ("謎ノ謎", "mi no mi"),
        ("김정은", "kim jeongeun"), ("남궁민수", "namgung minsu"), ("삼성전자", "samseongjeonja"), ("박", "bak"),
        ("신라", "shin ra"), ("을지로", "euljiro"), ("한라그룹사", "hanrageurupsa"), ("칠리즈사", "chillijeusa"),
        # South and South-East Asia, Ethiopia
        ("नरेन्द्र मोदी", "narendra modi"), ("प्रकाश", "prakash"), ("ख़ान", "khan"), ("क", "ka"),
        ("প্রণব", "pranab"),
        ("ਸਿੰਘ", "singh"), ("ராமசாமி", "ramasami"), ("ఆంధ్ర", "andhra"), ("രാജൻ", "rajan"),
        ("สมชาย", "somchai"), ("ประเทศไทย", "prathetthai"), ("ยิ่งลักษณ์ ชินวัตร", "yinglak chinwat"),
        ("ทวี", "thawi"),
        ("สมศักดิ์", "somsak"), ("หญิง", "ying"), ("ไทย๙", "thai9"),
        ("កម្ពុជា", "kampuchea"), ("ហ៊ុន ម៉ាណែត", "hun manaet"), ("ឥន្ទ្រ។", "entr"),
        ("አቢይ አህመድ", "abiy ahmed"), ("መለስ ዜናዊ", "meles zenawi"), ("ብር።", "bir"),
        # scripts without a module
        ("ᠮᠣᠩᠭᠣᠯ", "monggol"), ("དབུས", "dbus"),
    ],
)  # fmt: skip
def test_the_main_reading(name: str, latin: str) -> None:
    assert readings(name)[0].text == latin


@pytest.mark.parametrize(
    ("name", "standard", "text"),
    [
        ("習近平", "as written", "习近平"),
        ("渋谷", "as written", "涩谷"),
        ("金正恩", "Sino-Korean, Revised Romanization", "kim jeongeun"),
        ("金 正恩", "Sino-Korean, Revised Romanization", "kim jeongeun"),
        ("李明博", "Sino-Korean, Revised Romanization", "lee myeongbak"),
        ("张成泽", "Sino-Korean, Revised Romanization", "jang seongtaek"),
        ("李家超", "Cantonese (Hong Kong Government)", "lee kachiu"),
        ("歐陽 震華", "Cantonese (Hong Kong Government)", "auyeung chanwa"),
        ("山田太郎", "Hepburn", "yamada taro"),
        ("三菱重工業", "Hepburn", "mitsubishi jukogyo"),
        ("佐々木一郎", "Hepburn", "sasaki ichiro"),
    ],
)
def test_other_readings_of_han(name: str, standard: str, text: str) -> None:
    assert text in [reading.text for reading in readings(name) if reading.standard == standard]


@pytest.mark.parametrize(
    ("name", "standards"),
    [
        ("Müller", ["as written"]),
        ("Газпром", ["BGN/PCGN (Russian)"]),
        ("Київ", ["Ukrainian national system"]),
        ("ООО Gazprom", ["BGN/PCGN (Russian)"]),
        ("中国银行", ["pinyin", "as written"]),
        ("龘龘", ["pinyin", "as written"]),
        ("金㐂", ["pinyin", "as written"]),  # no reading known in Hong Kong or Korea
        ("森" * 30, ["pinyin", "as written"]),
        ("កម្ពុជា 銀行", ["UNGEGN (Khmer), pinyin"]),
        ("東芝メモリ", ["Hepburn", "pinyin, Hepburn", "as written"]),
        ("ملی bank", ["BGN/PCGN (Arabic script)"]),
    ],
)
def test_readings_name_their_standard(name: str, standards: list[str]) -> None:
    assert [reading.standard for reading in readings(name)] == standards


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("محمد", False), ("المحمود", False), ("بوتفليقة", True), ("משה", False), ("פלמוני", True), ("putin", False),
        ("", False),
    ],
)  # fmt: skip
def test_a_word_without_its_vowels_is_known(word: str, bare: bool) -> None:
    assert is_bare(normalise(word).text) is bare


@pytest.mark.parametrize(
    ("name", "word", "span"),
    [
        ("ПАО Газпром", "gazprom", (4, 11)),
        ("习近平", "jinping", (1, 3)),
        ("김정은", "jeongeun", (1, 3)),
        ("محمد علي", "ali", (5, 8)),
        ("株式会社トヨタ", "toyota", (4, 7)),
        ("สมชาย ใจดี", "chaidi", (7, 10)),
    ],
)
def test_the_trail_leads_to_the_characters_that_were_read(name: str, word: str, span: tuple[int, int]) -> None:
    main = readings(name)[0].traced
    start = main.text.index(word)
    assert main.span(start, start + len(word)) == span


ALL_SCRIPTS = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Lo", "Mn", "Mc"]),
        st.sampled_from("аяёіўљқъьαυεςοι محمدعبالלו'׳וי金正恩山田太郎ーッャんう김이นเริ์อวรหញ្ុ៊क्ाিبەʿøß አት"),
    ),
    max_size=30,
)


@given(ALL_SCRIPTS)
def test_every_reading_is_traced_and_the_latin_ones_have_only_plain_letters(original: str) -> None:
    normalised = normalise(original)
    for reading in romanise(normalised.traced):
        traced = reading.traced
        assert len(traced.text) == len(traced.starts) == len(traced.ends)
        assert all(0 <= start < end <= len(original) for start, end in zip(traced.starts, traced.ends, strict=True))
        if reading.script == "Latn":
            assert all(char.isascii() or not char.isalnum() for char in traced.text)
            assert traced.text == traced.text.lower()


@given(ALL_SCRIPTS)
def test_the_main_reading_comes_first_and_is_latin(original: str) -> None:
    assert romanise(normalise(original).traced)[0].script == "Latn"


@given(st.text(st.characters(max_codepoint=126), max_size=30))
def test_plain_latin_is_read_as_written(original: str) -> None:
    traced = normalise(original).traced
    assert romanise(traced) == (Romanised("Latn", "as written", traced),)


@pytest.mark.parametrize("char", list("жمא金김ーッนเក्አαեგ𝐇\u0300ﷺ"))
def test_a_long_run_of_anything_takes_bounded_work(char: str) -> None:
    assert len(readings(char * 100_000)) >= 1


PALLADIUS = palladius.pinyin_of()


def test_every_syllable_of_pinyin_is_in_the_table_of_palladius() -> None:
    assert set(wade_giles.pinyin_of().values()) <= set(PALLADIUS.values())


@given(
    st.sampled_from(sorted(PALLADIUS)), st.sampled_from(sorted(one for one in PALLADIUS if one[0] not in "аеиоуэюя"))
)
def test_syllables_of_palladius_are_told_apart(first: str, second: str) -> None:
    assert palladius.pinyin(first) == PALLADIUS[first]
    assert palladius.pinyin(first + second) == PALLADIUS[first] + PALLADIUS[second]


@pytest.mark.parametrize(
    ("name", "kind", "latin"),
    [
        ("Чжу Хайлунь", None, ["zhu", "hailun"]),
        ("ЧЖУ, Хай-лунь", "person", ["hailun", "zhu"]),
        ("Чжоу Цян", None, ["zhou", "qiang"]),
        ("Чэнь Цюаньго", "person", ["chen", "quanguo"]),
        ("Пэн Цзяжуй", None, ["peng", "jiarui"]),
        ("Си Цзиньпин", None, ["xi", "jinping"]),
        ("Хо Люцзюнь", None, ["huo", "liujun"]),
        ("Ван Чэнь", None, ["wang", "chen"]),
        ("Ван И", "person", ["wang", "yi"]),
        ("Хуавэй", None, ["huawei"]),
        ("ООО «Хуавэй»", None, ["ooo", "huawei"]),
        ("Чанъань", "organization", ["changan"]),
        ("Цзинъань", None, ["jingan"]),
        ("Сиань Цзянь", None, ["xian", "jian"]),
        ("Иван", None, None),
        ("Сергей", "person", None),
        ("Иван Иванова", None, None),
        ("Анна Ли", "person", None),
        ("Си Цзиньпинович", None, None),
        ("Такэси Китано", "person", None),
        ("Казань", None, None),
        ("Ван Лао", "organization", None),
        ("ООО Ван Лао", None, None),
        ("Компания Лукойл", None, None),
    ],
)
def test_chinese_names_in_cyrillic_letters(name: str, kind: str | None, latin: list[str] | None) -> None:
    found = [reading for reading in parse(name, kind).readings if reading.standard == "Palladius"]  # type: ignore[arg-type]
    assert [[token.text for token in reading.tokens] for reading in found] == ([latin] if latin else [])
