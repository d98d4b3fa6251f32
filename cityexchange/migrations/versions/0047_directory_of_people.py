"""A directory of people: who stands in no list, what they can be asked about as people look for it, and their order

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

from cityexchange.core.folding import fold

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_unlisted', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('asks_folded', sa.Text(), nullable=False, server_default=''))
        batch_op.create_index('ix_members_folded_id', ['folded', 'id'], unique=False)
    fill()
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.alter_column('is_unlisted', server_default=None)
        batch_op.alter_column('asks_folded', server_default=None)


def fill():
    members = sa.table('members', *map(sa.column, ('id', 'asks_line', 'asks_folded')))
    connection = op.get_bind()
    asked = sa.select(members.c.id, members.c.asks_line).where(members.c.asks_line != '')
    for id, line in connection.execute(asked).all():
        connection.execute(members.update().where(members.c.id == id).values(asks_folded=fold(line)))


def downgrade():
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.drop_index('ix_members_folded_id')
        batch_op.drop_column('asks_folded')
        batch_op.drop_column('is_unlisted')
