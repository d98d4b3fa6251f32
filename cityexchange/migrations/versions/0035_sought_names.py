"""Names by all that they are spelled as, and the fold of more letters

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from cityexchange.core.folding import fold
from cityexchange.core.named import found_by

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

TABLES = ('cities', 'members', 'organisations', 'rooms', 'spaces')


def upgrade():
    for name in TABLES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column('sought', sa.Text(), nullable=False, server_default=''))
        fill(name)
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.alter_column('sought', server_default=None)
    fill_chosen()


def fill(name):
    table = sa.table(name, *map(sa.column, ('id', 'name', 'folded', 'sought')))
    connection = op.get_bind()
    for id, words in connection.execute(sa.select(table.c.id, table.c.name)).all():
        values = {'folded': fold(words), 'sought': found_by(words, is_person=name == 'members')}
        connection.execute(table.update().where(table.c.id == id).values(values))


def fill_chosen():
    table = sa.table('memberships', *map(sa.column, ('id', 'chosen_name', 'chosen_folded')))
    connection = op.get_bind()
    chosen = sa.select(table.c.id, table.c.chosen_name).where(table.c.chosen_name != '')
    for id, words in connection.execute(chosen).all():
        connection.execute(table.update().where(table.c.id == id).values(chosen_folded=fold(words)))


def downgrade():
    for name in TABLES:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column('sought')
