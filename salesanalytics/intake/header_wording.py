"""The wording of a header brought to its bones, so that what is said differently and means the same compares equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import dropwhile

from salesanalytics.tables.headers import normal_header, without_brackets

Bones = str | frozenset[str]
"""Chinese: the text with each notion in one spelling. English: its words, in any order, each in one form."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z]+|\d+(?:st|nd|rd|th)?|%|#")
_ENTITY_DASH = re.compile(r"^\s*(?:deal|lead|opportunity|account)\s+-\s+", re.IGNORECASE)

# Chinese: notions first, then what may stand at either end
_HAN_NOTIONS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("最后一次|最近一次|最近|最新|上一次|上次", "最后"),
        ("初次|第一次|首度", "首次"),
        ("预估|预期|估计|预测", "预计"),
        ("联络|联繫", "联系"),
        ("丢单|输单|战败|输掉|流单", "流失"),
        ("赢单|成单", "成交"),
        ("销售机会|机会", "商机"),
        ("所有人|所有者|归属人|拥有者", "负责人"),
        ("销售人员|销售代表|销售员|销售顾问|业务人员|业务代表|业务员|客户经理", "销售员"),
        ("电话号码|手机号码|手机号|移动电话", "手机"),
        ("达成率|达成度|完成度|完成比例|达成比例|完成比率", "完成率"),
        ("转换率|转化比例|转化比率", "转化率"),
        ("流失比例|流失比率|流失占比", "流失率"),
        ("分派|指派|派发", "分配"),
        ("交货", "交付"),
        ("合约|契约", "合同"),
        ("到账|到款|收款|实收", "回款"),
        ("计画", "计划"),
        ("原由|缘由", "原因"),
        ("级别|分级|评级|等第", "等级"),
        ("[的该此]", ""),
    )
)
_HAN_START = re.compile(r"^(?:所属|所在|归属|隶属|目前|当前|主要|统计|必填|选填)+(?=.{2,})")
_HAN_END = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("(?<=..)(?:日期时间|日期|时间|时刻|年月日)$", "时"),
        ("(?<=.)(?:编号|编码|代码|代号|单号|号码|id|号)$", "号"),
        ("(?<=[^金])额$", "金额"),
        ("(?<=.)(?:数量|人数|个数|家数|总数)$", "数"),
        ("(?<=.)(?:天数|时长|日数)$", "时长"),
        ("(?<=[人员])(?:名称|姓名|名字)$", ""),
        ("(?<=..)(?:名称|姓名)$", "名"),
        ("(?<=[业类型])别$", ""),
    )
)

# English
_FORMS = {
    form: word
    for word, forms in {
        "date": "date time datetime timestamp day on at when dt",
        "expected": "expected expect exp estimated estimate est forecast forecasted projected anticipated",
        "amount": "amount amt amnt value",
        "average": "average avg mean",
        "rate": "rate pct percent percentage share ratio %",
        "close": "close closed closing closure",
        "win": "win won winning",
        "lose": "lose lost loss losing",
        "create": "create created creation added",
        "sign": "sign signed signing signature",
        "submit": "submit submitted submission",
        "deliver": "deliver delivered delivery",
        "assign": "assigned assignment",
        "collect": "collect collected collection",
        "receive": "receive received",
        "invoice": "invoice invoiced invoicing",
        "bill": "bill billed",
        "contact": "contact contacted",
        "record": "record recorded logged",
        "customer": "customer customers cust client clients",
        "account": "account acct acc",
        "opportunity": "opportunity opportunities opp oppty",
        "organization": "organization organisation org",
        "rep": "rep representative salesperson salesman seller",
        "id": "id no nr num number code identifier ref reference #",
        "phone": "phone telephone tel",
        "mobile": "mobile cell cellphone",
        "deadline": "deadline",
        "installment": "instalment installment",
        "first": "first 1st initial",
        "last": "last latest recent",
        "region": "region",
        "quantity": "qty quantity",
        "primary": "primary main",
        "description": "description desc",
        "next": "next upcoming",
    }.items()
    for form in forms.split()
}
_IDLE = frozenset(("the", "of", "a", "an", "in", "for", "is", "our", "this", "and", "or", "field", "column"))
_PHRASES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"\bfollow(?:ed)?[\s_-]*ups?\b", " followup "),
        (r"\b(?:number|no\.?|#) of\b", " count "),
        (r"^\s*#\s*(?=[a-z])", " count "),
        (r"\bsales (?:rep|representative|person|man|agent)\b", " rep "),
        (r"\b(?:to|vs\.?|versus) date\b", " todate "),
        (r"\bmost recent\b", " last "),
    )
)


@lru_cache(maxsize=4096)
def bones(header: str) -> Bones:
    """Return the bones of a header; empty where nothing is left."""
    return _han_bones(header) if _HAN.search(header) else frozenset(english_words(header))


def _han_bones(header: str) -> str:
    text = normal_header(without_brackets(header)) or normal_header(header)
    for pattern, to in _HAN_NOTIONS:
        text = pattern.sub(to, text)
    text = _HAN_START.sub("", text)
    for pattern, to in _HAN_END:
        text = pattern.sub(to, text)
    return text


def english_words(header: str) -> tuple[str, ...]:
    """Return the words of an English header in order, each in one form: ``'Est. Close Date'`` → ``('expected', 'close', 'date')``."""
    text = unicodedata.normalize("NFKC", without_brackets(header))
    text = _CAMEL.sub(" ", _ENTITY_DASH.sub("", text)).casefold().replace("_", " ")
    for pattern, to in _PHRASES:
        text = pattern.sub(to, text)
    words = (_FORMS.get(word) or _FORMS.get(_singular(word)) or _singular(word) for word in _WORD.findall(text))
    return tuple(word for word in words if word not in _IDLE)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


# What turns a header into another one: two headers that differ in one of these never stand for each other
_HAN_TURNS = re.compile(
    "未|待|剩余|逾期|超期|实际|预计|计划|约定|目标|上期|去年|同比|环比|累计|加权|最长|最短|最后|首次|下次|前任|原|邮箱|邮件|"
    "人数|次数|数$|人$|者$|经理$|率$|比例$|占比$|概率|评分|金额|时$|日期|时间|天数|时长|号$|电话|手机|地址|名$|内容|原因|状态|阶段|等级|类型|方式|来源|"
    "部门|团队|区域|单价|成本|退款|满意|合同|竞品|竞争|方案|开票|回款|负责|联系人|创建|修改|更新|详情|明细"
)
_SAME_TURN = {"日期": "时", "时间": "时", "天数": "时长"}
_TURNS = frozenset(
    re.findall(
        r"\S+",
        """
    un not non no previous prior last first next target actual expected weighted max min median outstanding
    overdue budget email phone mobile id name type number count rate date reason score probability category
    duration change modified updated deleted refund unpaid open end start due parent secondary other owner by
    create close win lose contract contact product year month week history url address city country zip fax
    currency tax balance drill detail source stage amount per cost price margin discount quantity status signature
    team manager user method location content result mode role alias
    """,
    )
)


_HAN_DEEDS = re.compile(
    "成交|流失|交付|关闭|签约|签订|签单|分配|跟进|接触|联系|付款|交易|注册|登录|提交|拜访|下单|到期|投诉|转介绍"
)


def deeds(header: str) -> frozenset[str]:
    """Return what a Chinese header says was done; it cannot stand for one that says another thing was."""
    return frozenset(_HAN_DEEDS.findall(_han_bones(header))) if _HAN.search(header) else frozenset()


def turns(header: str) -> frozenset[str]:
    """Return the words of a header that decide what it is about, none of which may differ between two headers taken as one."""
    if _HAN.search(header):
        return frozenset(_SAME_TURN.get(found, found) for found in _HAN_TURNS.findall(_han_bones(header)))
    return frozenset(english_words(header)) & _TURNS


_HAN_ENTITY = re.compile(r"^(?:客户|线索|商机|项目|销售|公司|企业|推广|投放|渠道|费用)(?=.{2,})")
_HAN_TAIL = re.compile(r"(?<=...)(?:信息|情况|说明|内容|描述|摘要)$")
_ENTITIES = frozenset(
    ("deal", "opportunity", "lead", "account", "record", "company", "customer", "hubspot", "sale", "crm")
)


def looser(header: str) -> tuple[Bones, ...]:
    """Return bones with what is likely, not surely, beside the point left out: whose it is, and words that add nothing."""
    found = bones(header)
    if isinstance(found, str):
        short = _HAN_ENTITY.sub("", found)
        return tuple(each for each in (short, _HAN_TAIL.sub("", found), _HAN_TAIL.sub("", short)) if each != found)
    words = frozenset(dropwhile(_ENTITIES.__contains__, english_words(header)))
    return (words,) if words and words != found else ()
