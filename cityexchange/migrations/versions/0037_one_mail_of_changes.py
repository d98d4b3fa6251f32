"""Mails of changed workshops that still wait are of one template, which says first what kind of change it was

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

KINDS = {'workshops/retimed': 'clocks', 'workshops/rescheduled': 'times', 'workshops/changed': 'other'}
MAILS = sa.table('outgoing_mails', sa.column('id'), sa.column('template'), sa.column('facts', sa.JSON))


def upgrade():
    tell(lambda template, facts: ('workshops/changed', {**facts, 'kind': KINDS[template]}))


def downgrade():
    templates = {kind: template for template, kind in KINDS.items()}
    tell(lambda _template, facts: (templates[facts.pop('kind', 'other')], facts))


def tell(anew):
    connection = op.get_bind()
    waiting = sa.select(MAILS.c.id, MAILS.c.template, MAILS.c.facts).where(MAILS.c.template.in_(KINDS))
    for id, template, facts in connection.execute(waiting).all():
        template, facts = anew(template, facts)
        connection.execute(MAILS.update().where(MAILS.c.id == id).values(template=template, facts=facts))
