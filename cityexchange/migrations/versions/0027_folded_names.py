"""Names as people look for them, beside the names

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from cityexchange.core.folding import fold

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

TABLES = ('cities', 'members', 'organisations')
AS_IT_IS = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade():
    for name in TABLES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column('folded', AS_IT_IS, nullable=False, server_default=''))
        fill(name)
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.alter_column('folded', server_default=None)


def fill(name):
    table = sa.table(name, sa.column('id'), sa.column('name'), sa.column('folded'))
    connection = op.get_bind()
    for id, words in connection.execute(sa.select(table.c.id, table.c.name)).all():
        connection.execute(table.update().where(table.c.id == id).values(folded=fold(words)))


def downgrade():
    for name in TABLES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column('folded')
