"""Who may see and do what. Seeing is a query; doing is a verb.

Each model has one policy class, beside it in its feature's policy.py.
Views, sockets, search, mail and templates all ask here; nobody compares roles by hand.
"""

from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, bindparam, exists, inspect

from cityexchange.core.db import db
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import Projection, model_of
from cityexchange.core.reader import Reader

_policies: dict[type, type["Policy"]] = {}


class Policy:
    """Subclass with `model=`; each public method without arguments is a verb."""

    model: ClassVar[type]

    def __init_subclass__(cls, *, model: type):
        cls.model = model
        _policies[model] = cls

    def __init__(self, member: Reader, record: Any):
        self.member = member
        self.record = record

    @classmethod
    def visible(cls, member: Reader) -> Select[Any]:
        """The rows this member (or visitor) may see, as a query to refine."""
        raise NotImplementedError

    def ended(self, verb: str) -> str:
        """Why a verb is refused to who could do it before: its name among `ended` (`core/registries`). "" where it is a matter of rights."""
        return ""


def policies() -> dict[type, type[Policy]]:
    return dict(_policies)


def visible_to(member: Reader, model: type) -> Select[Any]:
    """A Select of the records of `model` that `member` may see. KeyError for a model without a policy."""
    return _policies[model].visible(member)


def is_part_visible(member: Reader, model: type, key: Any) -> ColumnElement[bool]:
    """A condition on parts, whose column `key` names their record of `model`: that the member may see it. It is asked of one part after
    the other: `in_` would list all records that the member sees."""
    own: Any = inspect(model).primary_key[0]
    whole = visible_to(member, model).with_only_columns(own).order_by(None).where(own == key)
    return whole.correlate(key.class_).exists()


@prepared
def one_of(reader: Reader, model: type, key: Any, options: tuple[Any, ...]) -> Select[Any]:
    """The record whose column `key` is the parameter `wanted`, if the reader may see it."""
    return _one(reader, model, key).options(*options)


@prepared
def projected_one_of(reader: Reader, projection: Projection, key: Any) -> Select[Any]:
    """As `one_of`, in columns."""
    return projection.read(_one(reader, projection.model, key))


def _one(reader: Reader, model: type, key: Any) -> Select[Any]:
    return visible_to(reader, model).where(key == bindparam("wanted", type_=key.type))


def is_visible(member: Reader, record: Any) -> bool:
    """Whether this one record is among those the member may see, asked of the database."""
    model: Any = model_of(record)
    key = inspect(model).primary_key[0]
    one = visible_to(member, model).where(key == inspect(record).identity[0])
    return bool(db.session.scalar(exists(one.with_only_columns(key).order_by(None)).select()))


def can(member: Reader, verb: str, record: Any) -> bool:
    """False means no; a verb the policy does not define is a bug and raises AttributeError."""
    return bool(getattr(_policies[model_of(record)](member, record), verb)())


def what_has_ended(member: Reader, verb: str, record: Any) -> str:
    """Asked after a no: the name of what has ended meanwhile, or ""."""
    return _policies[model_of(record)](member, record).ended(verb)
