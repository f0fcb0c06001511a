from salesanalytics.stages import DEFAULT_STAGES
from salesanalytics.ui.value_names import in_label, value_name


def test_ids_are_named_in_both_languages_and_the_users_own_words_stay() -> None:
    assert [value_name("referral", "origin_kind", lang) for lang in ("zh", "en")] == ["转介绍", "Referral"]
    assert [value_name("phone", "method", lang) for lang in ("zh", "en")] == ["电话", "Phone"]
    assert value_name("churn-risk", "tier", "zh") == "流失风险客户"
    assert value_name("lost", "stage", "en", DEFAULT_STAGES) == "Lost"
    assert value_name("鸽子", "method", "en") == "鸽子"
    assert value_name("odd", "tier", "en") == "odd"


def test_what_is_not_filled_in_says_so_and_the_pool_is_the_pool() -> None:
    assert value_name("", "custom:产品线", "en") == "Not given"
    assert value_name("", "owner", "zh") == "公海（未分配）"


def test_a_label_is_the_users_words_and_no_markup() -> None:
    assert in_label("A*B_[x](y) :red[z]") == r"A\*B\_\[x\]\(y\) \:red\[z\]"
