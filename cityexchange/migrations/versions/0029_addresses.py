"""Addresses and domains are kept in the one form in which they are compared and mailed

Revision ID: 0029
Revises: 0028
"""

import logging

import sqlalchemy as sa
from alembic import op

from cityexchange.core.addresses import NoAddress, ascii_domain, normal_address, readable_domain

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

log = logging.getLogger('alembic.runtime.migration')
ADDRESSES = {
    ('members', 'email'): 'email_confirmed_at IS NOT NULL',
    ('join_requests', 'email'): "state <> 'unconfirmed'",
    ('city_applications', 'email'): "state <> 'unconfirmed'",
    ('city_applications', 'deputy_email'): None,
    ('place_offers', 'email'): "state = 'accepted'",
    ('mail_proofs', 'email'): None,
    ('outgoing_mails', 'address'): None,
}
"""When somebody has read a mail to this address."""


def upgrade():
    for (table, column), is_proven in ADDRESSES.items():
        mend(table, column, one_form, is_proven)
    mend('city_applications', 'domain', lambda name, _: readable_domain(ascii_domain(name)) or name, None)
    mend('email_domains', 'name', lambda name, _: ascii_domain(name) or name, None)


def downgrade():
    """What was typed is not kept, and the one form was right before as well."""


def mend(table, column, form, is_proven):
    """Each that is in another form. Of two that come to the same none is merged into the other: the later stays, and is named."""
    this = sa.table(table, sa.column('id'), sa.column(column))
    proven = sa.literal_column(is_proven) if is_proven else sa.false()
    rows = op.get_bind().execute(sa.select(this.c.id, this.c[column], proven).order_by(this.c.id)).all()
    taken = {value for _, value, _ in rows} if is_unique(table, column) else ()
    for number, value, has_read in rows:
        better = form(value, has_read) if value else value
        if better == value:
            continue
        if better in taken:
            log.warning('%s %s: another row has this address in its one form; look at both', table, number)
            continue
        op.execute(sa.update(this).where(this.c.id == number).values({column: better}))
        if taken:
            taken.add(better)


def is_unique(table, column):
    return (table, column) in (('members', 'email'), ('email_domains', 'name'))


def one_form(typed, has_read):
    """Threat: what was proven of x@faß.example was proven by who reads x@fass.example, where the mail went. It stays theirs."""
    try:
        return normal_address(as_mailed(typed) if has_read else typed)
    except NoAddress:
        return typed


def as_mailed(typed):
    local, sign, domain = typed.rpartition('@')
    try:
        return f"{local}{sign}{domain.encode('idna').decode()}"
    except UnicodeError:
        return typed
