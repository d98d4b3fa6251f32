"""Every form of the application, as its class says it: without what a page would have to give."""

from flask_wtf import FlaskForm
from wtforms import FieldList, FormField

import cityexchange.app  # noqa: F401  its features bring their forms
from cityexchange.core.fields import Form


def forms_of_the_application():
    return sorted(_below(Form), key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind):
    found = {one for one in kind.__subclasses__() if one.__module__.startswith("cityexchange.")}
    return found.union(*map(_below, found))


def bare(kind):
    """A form of this class whose lists have two rows."""
    begin = {"__init__": lambda self: FlaskForm.__init__(self, formdata=None)}
    form = type(f"Bare{kind.__name__}", (kind,), begin)()
    for field in form:
        if isinstance(field, FieldList):
            while len(field) < 2:
                field.append_entry()
    return form


def leaves(fields):
    """The fields that a person fills in, of the rows too."""
    found = []
    for field in fields:
        if isinstance(field, FieldList):
            found += leaves(field)
        elif isinstance(field, FormField):
            found += leaves(field.form)
        else:
            found.append(field)
    return found
