"""Name against name: what matches, what does not, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.hits import FULL
from sanctionscreen.matching import compare, weights
from sanctionscreen.matching.alignment import align
from sanctionscreen.matching.prepared import prepare, prepare_text
from sanctionscreen.matching.scoring import score
from sanctionscreen.names import parse
from sanctionscreen.records import Kind

SAME: list[tuple[str, str, Kind | None]] = [
    ("Hikvison", "Hikvision", None),
    ("HIK VISION europe bv", "Hikvision Europe B.V.", None),
    ("Hikvision Digital Tech Co Ltd", "Hangzhou Hikvision Digital Technology Co., Ltd.", "organization"),
    ("Putin, Vladimir", "Vladimir Putin", "person"),
    ("V. Putin", "Vladimir Putin", "person"),
    ("Vladimir Vladimirovich Putin", "Vladimir Putin", "person"),
    ("Yevgeny Prigozhin", "Evgenii Prigozhin", "person"),
    ("Muammar Gaddafi", "Moammar Qaddafi", "person"),
    ("Siemens Aktiengesellschaft", "Siemens AG", "organization"),
    ("The Coca-Cola Company", "Coca Cola Co", "organization"),
    ("SMIC", "Semiconductor Manufacturing International Corporation", "organization"),
    ("SergeiLavrov", "Sergei Lavrov", "person"),
    ("faberlic", "FABERLIC EUROPE Sp. z o.o.", "organization"),
    ("Banco Nacional de Cuba", "National Bank of Cuba", "organization"),
    ("海康交通科技有限公司", "Haikang Transportation Technology Co., Ltd.", "organization"),
    ("Portas, Paulo", "Paulo Sacadura Portas", "person"),
    ("Cloud, H.", "Henry Cloud", "person"),
]

DIFFERENT: list[tuple[str, str, Kind | None]] = [
    ("Barack Obama", "Michelle Obama", "person"),
    ("IZZAT IBRAHIM AL-MOSULI", "IZZAT IBRAHIM AL-DURI", "person"),
    ("SALMAN BIN MUHAMMAD", "MUHAMMAD BIN SALMAN", "person"),
    ("Frost, William G.", "William W. Frost", "person"),
    ("Brigade 44", "Brigade 55", "organization"),
    ("Zu Zag Bong 6", "Zu Zag Bong 5", "vessel"),
    ("Volkswagen AG", "Siemens AG", "organization"),
    ("BAE Systems, Inc.", "BAE Industries, Inc.", "organization"),
    ("ICBC (Asia) Limited", "ICBC (London) plc", "organization"),
    ("International Trading Company", "Global Trading Company", "organization"),
    ("Al Ali", "Ola", "person"),
    ("习近朋", "习近平", "person"),
    ("Nike, Inc.", "KIKE", None),
]

BETTER_THAN: list[tuple[str, str, str]] = [
    ("Hikvision", "Hikvision", "Hikvison"),
    ("Hikvision", "Hikvison", "Hikvosan"),
    ("Vladimir Putin", "Vladimir Putin", "Putin Vladimir"),
    ("Vladimir Putin", "Putin Vladimir", "V. Putin"),
    ("Vladimir Putin", "V. Putin", "Dimitri Putin"),
    ("Acme Trading Ltd", "Acme Trading Limited", "Acme Trading"),
    ("Acme Trading Ltd", "Acme Trading", "Acme Shipping Ltd"),
    ("Banco Santander", "Banco Santander SA", "Banco Santander Chile"),
]


@pytest.mark.parametrize(("a", "b", "kind"), SAME + DIFFERENT)
def test_a_cutoff_changes_no_score_that_reaches_it(a: str, b: str, kind: Kind | None) -> None:
    query, listed = prepare_text(a, kind), prepare_text(b, kind)
    found = score(query, listed)
    assert found
    assert score(query, listed, cutoff=found.points) == found
    assert score(query, listed, cutoff=found.points + 1) is None


@pytest.mark.parametrize(
    ("a", "b", "pairs"),
    [
        ("Acme Trading Ltd", "Trading Acme Limited", [(0, 1), (1, 0), (2, 2)]),
        (
            "Acme Ltd Limited",
            "Acme Limited Ltd",
            [(0, 0), (1, 1), (2, 2)],
        ),  # both orders cost nothing: the first is taken
        ("Acme Acme Robotics", "Robotics Acme", [(0, 1), (2, 0)]),
        ("Hik Vision Hikvision", "Hikvision", [(2, 0)]),
    ],
)
def test_words_are_paired_at_the_least_cost(a: str, b: str, pairs: list[tuple[int, int]]) -> None:
    query, listed = prepare_text(a, None).readings[0], prepare_text(b, None).readings[0]
    assert [(*pair.query, *pair.listed) for pair in align(query, listed).pairs] == pairs


@pytest.mark.parametrize(("a", "b", "kind"), SAME)
def test_these_are_one_name(a: str, b: str, kind: Kind | None) -> None:
    assert compare(a, b, kind).points >= weights.CUTOFF


@pytest.mark.parametrize(("a", "b", "kind"), DIFFERENT)
def test_these_are_two_names(a: str, b: str, kind: Kind | None) -> None:
    assert compare(a, b, kind).points < weights.CUTOFF


@pytest.mark.parametrize(("name", "nearer", "farther"), BETTER_THAN)
def test_a_better_match_scores_higher(name: str, nearer: str, farther: str) -> None:
    assert compare(nearer, name).points > compare(farther, name).points


NAMES = st.one_of(
    st.sampled_from([name for row in SAME + DIFFERENT for name in row[:2]]),
    st.text(max_size=30),
    st.lists(st.sampled_from(["al", "ali", "bin", "bank", "of", "ltd", "44", "VII", "хиквижн", "海康", "محمد"])).map(
        " ".join
    ),
)


@given(NAMES, NAMES)
def test_the_contributions_add_up_to_the_score(a: str, b: str) -> None:
    found = compare(a, b)
    assert sum(e.contribution for e in found.evidence) == found.points
    assert 0 <= found.points <= FULL


@given(NAMES, NAMES)
def test_evidence_points_into_the_originals(a: str, b: str) -> None:
    for piece in compare(a, b).evidence:
        assert all(a[s.start : s.end] == s.text for s in piece.query)
        assert all(b[s.start : s.end] == s.text for s in piece.listed)


@given(NAMES)
def test_a_name_is_itself(name: str) -> None:
    found = compare(name, name)
    disguised = any(e.rule == "disguised" for e in found.evidence)
    assert found.points == FULL or disguised or not found.evidence


@given(NAMES, NAMES)
def test_only_identical_words_have_every_point(a: str, b: str) -> None:
    found = compare(a, b)
    assert found.points < FULL or found.evidence[0].rule == "identical_name"


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        ("Hikvison", "Hikvision", "typo"),
        ("Hik Vision", "Hikvision Europe", "joined_words"),
        ("hikvisionltd", "Hik Vision Ltd", "respaced_name"),
        ("Acme Limited", "Acme Ltd", "same_concept"),
        ("Bill Gates", "William Gates", "same_given_name"),
        ("Serhiy Aksyonov", "Sergey Aksyonov", "same_given_name"),
        ("Brigade 44", "Brigade 55", "different_number"),
        ("V. Putin", "Vladimir Putin", "initial"),
        ("W. G. Frost", "W. H. Frost", "different_initial"),
        ("SALMAN BIN MUHAMMAD", "MUHAMMAD BIN SALMAN", "swapped_patronymic"),
        ("Putin Vladimir", "Vladimir Putin", "word_order"),
        ("Hikvision Robotics", "Hikvision", "omitted_words"),
        ("Hikvision Europe", "Hikvision", "other_branch"),
        ("Acme Robotics", "Acme Plumbing", "conflicting_words"),
        ("Huawei Deutschland GmbH", "Huawei Technologies Co., Ltd.", "other_branch"),
        ("Hikvison Deutschland GmbH", "Hangzhou Hikvision Digital Technology Co., Ltd.", "other_branch"),
        ("하이크비전 코리아", "Hangzhou Hikvision Digital Technology Co., Ltd.", "other_branch"),
        ("Хиквижн Рус", "Hangzhou Hikvision Digital Technology Co., Ltd.", "other_branch"),
        ("Hikvision India", "Hangzhou Hikvision Digital Technology Co., Ltd.", "other_branch"),
        ("ACME", "ACME", "identical_name"),
        ("Хиквижн", "Hikvizhn", "transliterated"),
        ("Ηikvision", "Hikvision", "disguised"),
        ("SMIC", "Semiconductor Manufacturing International Corporation", "acronym"),
        ("Impulse s.rwl.", "Impulse S.A.R.L.", "misspelt_legal_form"),
    ],
)
def test_each_difference_is_named(a: str, b: str, rule: str) -> None:
    assert rule in {e.rule for e in compare(a, b).evidence}


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Sichuan Hongda Co., Ltd.", "Dandong Hongda Trade Co. Ltd."),  # two seats
        ("Banco Santander Chile", "Banco Santander México"),  # two branches
        ("Premier Deutschland GmbH", "Premier Trading"),  # a common word is no brand
        ("Remier Deutschland GmbH", "Premier Trading"),
        ("Hitera Deutschland GmbH", "Hikvision Trading"),  # more than a slip
        ("Хайквижн Россия", "Hikvision Trading"),  # heard as too much else
        ("India Walton", "Walton Trading"),
        ("Hikvision Deutschland GmbH", "Hikvision Shandong Ltd"),
    ],
)
def test_a_branch_is_told_by_one_brand_and_one_place(query: str, listed: str) -> None:
    assert "other_branch" not in {e.rule for e in compare(query, listed).evidence}


@pytest.mark.parametrize(
    ("query", "nearer", "farther"),
    [
        ("Hikvison", "Hikvision", "Hikvasion Europe"),
        ("Teac Corporation", "Teac Corp", "Tosee Eqtesad Ayandehsazan Company"),
        ("TEAC", "Tosee Eqtesad Ayandehsazan Company", "Teacher Company"),
        ("Bajaj Finance Limited", "Bajaj Finance", "B-Finance Ltd"),
    ],
)
def test_what_only_looks_like_it_scores_lower(query: str, nearer: str, farther: str) -> None:
    assert compare(query, nearer).points > compare(query, farther).points


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Graco Inc", "GRANCO", None),
        ("Recon Technology, Ltd", "Rexon Technology Corp.", None),
        ("Nova Ltd.", "Nova Technologies Co. Ltd.", None),
        ("Esab Corp", "ELEHSSAN SOCIETY AND BIRR", None),
        ("M.K. Exim (India) Limited", "MAIWAND EXIM PRIVATE LIMITED", None),
        ("Iran Shipping Lines", "Iraq Shipping Lines", None),
        ("Bank of Austria", "Bank of Australia", None),
        ("South Korea Shipping", "North Korea Shipping", None),
        ("서준 상철 오", "SJSCO", "person"),
        ("超 静 赵", "SOURCE1WELLNESS", "person"),
    ],
)
def test_what_clean_names_taught(a: str, b: str, kind: Kind | None) -> None:
    assert compare(a, b, kind).points < weights.CUTOFF


@pytest.mark.parametrize(
    ("query", "listed", "points"),
    [
        ("Hikvision Cameras", "HIKVISION", 740),
        ("Hikvison Cameras", "HIKVISION", 720),
        ("Hikvison Security Solutions GmbH", "Hikvision Ltd", 722),
        ("Hik Vision Cameras", "HIKVISION", 720),
        ("Hik Cameras Vision", "HIKVISION", 0),
        ("Hikvison Jorvex", "HIKVISION", 0),  # no trade
        ("Hikvison Cameras", "Hikvision Jorvex", 0),
        ("Seronics Co., Ltd.", "SYRONICS", 732),  # no trade, and so two names of one word
        ("Magtech Digital", "MASTECH", 0),  # two brands of seven letters
        ("Interconinental Cameras", "INTERCONTINENTAL", 0),  # a common word is no brand
    ],
)
def test_a_long_brand_has_a_slip_beside_trades_too(query: str, listed: str, points: int) -> None:
    found = score(prepare(parse(query)), prepare(parse(listed, "organization")), cutoff=weights.CUTOFF)
    assert (found.points if found else 0) == points


def test_a_slip_beside_trades_is_a_company_s() -> None:
    query, listed = prepare(parse("Hikvison Cameras")), prepare(parse("HIKVISION", "vessel"))
    assert score(query, listed, cutoff=weights.CUTOFF) is None


#: Where a national company says that it is, though people are called so too, or the word means something else.
BRANCHES = (
    "France", "India", "Israel", "Georgia", "Paris", "Sofia", "Panama", "Jordan", "US", "Rus", "CIS", "DACH", "Adria",
    "Deutschland", "Maghreb", "Andina", "Oceania", "Mercosur", "EMEA", "MENA", "LATAM", "APAC", "Nordics",
)  # fmt: skip


@pytest.mark.parametrize("place", BRANCHES)
@pytest.mark.parametrize("brand", ["Hikvision", "Hikvison"])
def test_a_branch_is_found_wherever_it_is(brand: str, place: str) -> None:
    found = compare(f"{brand} {place}", "Hangzhou Hikvision Digital Technology Co., Ltd.", "organization")
    assert found.points >= weights.CUTOFF


@pytest.mark.parametrize("query", ["Хиквижн Россия", "ООО «Хиквижн Рус»", "ハイクビジョンジャパン", "هيكفيجن مصر"])
def test_a_branch_is_found_through_another_script(query: str) -> None:
    found = compare(query, "Hangzhou Hikvision Digital Technology Co., Ltd.", "organization")
    assert found.points >= weights.CUTOFF


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("Huawei", "Huawei Technologies Co., Ltd."),
        ("Sberbank", "Sberbank of Russia"),
    ],
)
def test_a_brand_finds_the_names_that_only_add_trades_and_places(a: str, b: str) -> None:
    assert compare(a, b).points >= weights.CUTOFF


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Huawei Services GmbH", "Huawei"),
        ("Sberbank Services GmbH", "Sberbank"),
        ("Gazprom Logistics Ltd", "Gazprom"),
        ("CETC Services", "CETC"),
        ("Hikvision CCTV", "Hikvision"),
        ("Hikvision Video Cameras Store", "Hikvision"),
    ],
)
def test_a_group_counts_once_however_many_of_its_companies_are_listed(a: str, b: str) -> None:
    assert compare(a, b).points >= weights.CUTOFF


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Huawei Group", "Huawei Technologies Co., Ltd."),
        ("Megvii Holding", "Megvii Technology"),
        ("SenseTime International", "SenseTime Group"),
        ("Rosoboronexport Office", "Rosoboronexport"),
        ("Iran Air Deutschland GmbH", "Iran Air"),
        ("Bank Melli Iran, Hamburg Deutschland", "Bank Melli Iran"),
    ],
)
def test_what_a_company_is_in_its_group_makes_no_other_company(a: str, b: str) -> None:
    found = compare(a, b, "organization")
    assert found.points >= weights.CUTOFF
    assert "other_branch" in {e.rule for e in found.evidence}


@pytest.mark.parametrize(
    ("query", "brand", "points"),
    [
        ("Hikvision CCTV Cameras", "Hikvision", 910),
        ("Hikvision Deutschland GmbH", "Hikvision", 910),
        ("Hik Vision Security Systems", "Hikvision", 890),
        ("Hikvison Security Systems", "Hikvision", 800),
        ("Hyterra Deutschland", "Hytera", 793),
        ("Hytera Mobilfunk GmbH", "Hytera", 740),
        ("Zhejiang Dahua Vision", "Dahua", 740),
        ("ZTE Mobile Devices", "ZTE", 740),
        ("ZTE Handsets", "ZTE", 0),  # three letters beside a word that may name somebody
        ("ZTW Mobile Devices", "ZTE", 0),
        ("Hikvison Jorvex", "Hikvision", 0),  # a slip, and not only trades and places beside it
        ("Star Cameras", "Star", 0),  # a common word is no brand, whatever a list says
        ("Hikvision Cameras", "Hikvision Jorvex", 0),
    ],
)
def test_beside_what_a_list_says_is_a_brand_words_cost_little(query: str, brand: str, points: int) -> None:
    listed = parse(brand, "organization")
    found = score(prepare(parse(query)), prepare(listed, is_brand=True), cutoff=weights.CUTOFF)
    assert (found.points if found else 0) == points
    person = score(prepare(parse(query, "person")), prepare(listed, is_brand=True), cutoff=weights.CUTOFF)
    assert (person.points if person else 0) < max(points, 1)


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("Chengdu Spaceon Electronics", "Chengdu Spaceon Technology Co., Ltd.", True),
        ("Chengdu Spaceom Electronics", "Chengdu Spaceon Technology Co., Ltd.", False),
        ("Shenzhen Spaceon Electronics", "Chengdu Spaceon Technology Co., Ltd.", False),
        ("Chengdu Titan Electronics", "Chengdu Titan Technology Co., Ltd.", False),
        ("Spaceon Electronics", "Spaceon Technology Co., Ltd.", False),
    ],
)
def test_two_trades_of_one_brand_in_one_place_may_be_one_group(a: str, b: str, found: bool) -> None:
    assert (compare(a, b, "organization").points >= weights.CUTOFF) is found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Titan International Inc", "Titan Design Bureau"),  # not so rare a word
        ("AVI Global Trust plc", "AVI"),  # an acronym
        ("Iran Air Deutschland GmbH", "Iran Air Tours"),  # more than the listed name
        ("Air Iran Deutschland GmbH", "Iran Air"),  # not as it is written
        ("Bank Dubai Ltd", "Bank"),  # says too little
        ("National Bank of Canada", "National Bank"),
        ("Hubei Radio & Television Network", "Radio and Television Corporation"),
    ],
)
def test_another_company_is_not_taken_for_a_branch(a: str, b: str) -> None:
    assert "other_branch" not in {e.rule for e in compare(a, b, "organization").evidence}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Yixin Science", "Yixin Science and Technology Co. Ltd."),
        ("Beijing Sinonet Science", "Beijing Sinonet Science & Technology Co., Ltd."),
        ("Tekhnopark Filial", "Tekhnopark Branch"),
        ("Mahan Airways", "Mahan Air"),
        ("中国航天科技集团", "China Aerospace Science and Technology Corporation"),
    ],
)
def test_a_phrase_is_alike_each_of_its_words(a: str, b: str) -> None:
    assert compare(a, b).points >= weights.CUTOFF


@pytest.mark.parametrize(
    ("a", "b"),
    [("Air Industries Group", "Aviation Industry Corporation of China"), ("Air Products", "Airline Products")],
)
def test_air_is_an_airline_at_the_end_of_a_name_only(a: str, b: str) -> None:
    assert compare(a, b).points < weights.CUTOFF


@pytest.mark.parametrize("word", ["shahid", "pars", "ocean", "jose"])
def test_a_word_that_many_begin_with_is_no_group_where_others_hold_it(word: str) -> None:
    assert weights.rarity(word) < 75 < 90 < weights.rarity("huawei")


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [("Premier", "Premier Shipping Trading Services Company of Russia", None), ("Kuok", "Kuok Trading Bank", "person")],
)
def test_a_common_word_or_a_person_is_no_brand(a: str, b: str, kind: Kind | None) -> None:
    assert compare(a, b, kind).points < weights.CUTOFF


def test_a_slip_in_every_word_stays_to_be_found() -> None:
    assert compare("fcdia ltad.", "FUDIA LTDA.", "organization").points >= weights.LOWEST_CUTOFF


def test_a_misspelt_country_and_a_mistaken_province_are_slips() -> None:
    assert compare("Irann Shipping", "Iran Shipping").points > weights.CUTOFF
    assert compare("Shanxi Coal", "Shaanxi Coal").points > weights.CUTOFF


def test_names_with_nothing_to_compare_score_nothing_and_say_so() -> None:
    found = compare("...", "Acme")
    assert (found.points, found.evidence) == (0, ())


@pytest.mark.parametrize(
    ("asked", "listed", "same"),
    [
        ("SEMICONDUCTOR MANUFACTURING INTERNA", "Semiconductor Manufacturing International Corporation", True),
        ("LUKASHENKO, Aleksandr Grigorie", "LUKASHENKO, Aleksandr Grigorievich", True),
        ("RAFI ABD-AL-LATIF TILFAH AL-DULAIMI", "RAFI ABD-AL-LATIF TILFAH AL-TIKRITI", False),
        ("RAFI ABD-AL-LATIF TILFAH AL-TIKRITI", "RAFI ABD-AL-LATIF TILFAH", True),  # a word more, as in any name
        ("Semiconductor Manufacturing Company", "SEMICONDUCTOR MANUFACTURING INTERNA", False),  # a list cuts nothing
    ],
)
def test_half_a_word_is_left_out_where_a_listed_word_begins_so(asked: str, listed: str, same: bool) -> None:
    found = compare(asked, listed)
    assert (found.score >= 0.7) is same
