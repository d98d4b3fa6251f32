"""Names of spaces, of rooms and of those in a space as lists go by them

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

from cityexchange.core.folding import fold

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

COLUMNS = (('spaces', 'name', 'folded'), ('rooms', 'name', 'folded'), ('memberships', 'chosen_name', 'chosen_folded'))
AS_IT_IS = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade():
    for table, name, folded in COLUMNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(folded, AS_IT_IS, nullable=False, server_default=''))
        fill(table, name, folded)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(folded, server_default=None)
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index('ix_organisations_name')
        batch_op.create_index('ix_organisations_folded_id', ['folded', 'id'])


def fill(table, name, folded):
    rows = sa.table(table, sa.column('id'), sa.column(name), sa.column(folded))
    connection = op.get_bind()
    for id, words in connection.execute(sa.select(rows.c.id, rows.c[name]).where(rows.c[name] != '')).all():
        connection.execute(rows.update().where(rows.c.id == id).values({folded: fold(words)}))


def downgrade():
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index('ix_organisations_folded_id')
        batch_op.create_index('ix_organisations_name', ['name'])
    for table, _name, folded in COLUMNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(folded)
