"""The customary values of the columns people choose from: id → spellings, the Chinese label first, the English second."""

from __future__ import annotations

from salesanalytics.tables.column import listed

METHODS: dict[str, tuple[str, ...]] = {
    "phone": listed("电话|Phone|電話|电话沟通|电话跟进|电联|致电|通话|去电|来电|call|phone call|cold call|tel"),
    "email": listed("邮件|Email|郵件|电子邮件|電子郵件|邮箱|e-mail|mail"),
    "visit": listed(
        "拜访|Visit|拜訪|上门拜访|上門拜訪|实地拜访|客户拜访|外勤|外勤拜访|面谈|当面拜访|on-site visit|field visit|in person"
    ),
    "online": listed(
        "线上|Online|線上|线上会议|线上沟通|視訊會議|视频会议|腾讯会议|钉钉会议|video call|online meeting|web meeting|zoom|teams"
    ),
    "wechat": listed("微信|WeChat|企业微信|企業微信|企微|wecom|微信沟通"),
    "meeting": listed("会议|Meeting|會議|面谈会议|现场会议|演示|demo"),
    "message": listed("短信|Text message|簡訊|消息|sms|im|whatsapp|钉钉|飞书"),
    "exhibition": listed("展会|Event|展會|活动|沙龙|trade show|exhibition|conference"),
    "other": listed("其他|Other|其它|其他方式|others"),
}

YES_NO: dict[str, tuple[str, ...]] = {
    "yes": listed("是|Yes|有效|y|true|1|✓|√|对|effective|valid"),
    "no": listed("否|No|无效|無效|n|false|0|×|✗|不是|ineffective|invalid"),
}

GRADES: dict[str, tuple[str, ...]] = {
    "A": listed("A|A|A级|A級|A类|hot|高|重点客户"),
    "B": listed("B|B|B级|B級|B类|warm|中|普通客户"),
    "C": listed("C|C|C级|C級|C类|cold|低|一般客户"),
}

ORIGINS: dict[str, tuple[str, ...]] = {
    "new": listed("新客|New|新客户|新客戶|新签|新增|首购|new business|new customer|newbusiness"),
    "repurchase": listed(
        "复购|Repurchase|復購|复购客户|老客|老客户|续约|续费|增购|existing business|existingbusiness|renewal|upsell|repeat"
    ),
    "referral": listed("转介绍|Referral|轉介紹|老客户介绍|老带新|客户推荐|推荐|referred|word of mouth"),
}
