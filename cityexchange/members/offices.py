"""Words of office: alone they are no name of a person, and make others believe that the coordination team speaks."""

import re
from functools import cache

from cityexchange.members.team_names import readings

OFFICES = """
cityexchange | team | admin | admins | administrator | administrators | administration | coordination | coordinator | coordinators
moderator | moderators | moderation | support | staff | équipe | administrateur | administrateurs | administratrice | modérateur
modérateurs | modératrice | modération | coordinateur | coordinatrice | coordonnateur | coordonnatrice | assistance | equipo
administrador | administradora | administradores | administración | moderador | moderadora | moderadores | moderación | coordinador
coordinadora | coordinadores | coordinación | soporte | команда | команды | администратор | администраторы | администрация | админ
координация | координации | координатор | координаторы | координационная | модератор | модераторы | модерация | поддержка | поддержки
فريق | الفريق | تنسيق | التنسيق | منسق | المنسق | إدارة | الإدارة | مدير | المدير | المشرف | الدعم | 团队 | 管理员 | 管理 | 协调 | 协调员 | 版主 | 支持 | 客服
"""
FILLERS = """
the | of | and | for | our | your | official | technical | general | chief | system | platform | group | le | la | les | l | de | du | des | d
et | notre | officiel | officielle | technique | el | los | las | del | y | nuestro | oficial | técnico | plataforma | sistema | grupo | и
группа | системы | платформы | официальный | официальная | техническая | технической | من | و | المنصة | النظام | الموقع | الرسمي | الفني
的 | 官方 | 技术 | 平台 | 系统 | 小组 | 组
"""
NUMBERS = re.compile(r"\b[0-9]+\b")


def is_office(name: str) -> bool:
    """Whether the whole name is words of office and what joins them, set apart or not; as a surname such a word is a name."""
    for words, (of_office, of_all) in zip(readings(NUMBERS.sub(" ", name)), _patterns(), strict=True):
        said = "".join(words)
        if of_all.fullmatch(said) and of_office.search(said):
            return True
    return False


@cache
def _patterns():
    """For each reading of a name: a word of office, and a row of words of both lists."""
    return [
        (re.compile(offices), re.compile(f"(?:{offices}|{fillers})+"))
        for offices, fillers in zip(_each_read(OFFICES), _each_read(FILLERS), strict=True)
    ]


def _each_read(table):
    read = [readings(word.strip()) for word in table.replace("\n", "|").split("|") if word.strip()]
    return ["|".join(re.escape("".join(words)) for words in column) for column in zip(*read, strict=True)]
