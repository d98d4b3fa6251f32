"""The paving of each city, of which lists show a tile

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

from cityexchange.cities.paving import paving_of

revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('cities', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paving', sa.SmallInteger(), nullable=False, server_default='0'))
    fill()
    with op.batch_alter_table('cities', schema=None) as batch_op:
        batch_op.alter_column('paving', server_default=None)


def fill():
    cities = sa.table('cities', *map(sa.column, ('id', 'slug', 'latitude', 'longitude', 'paving')))
    connection = op.get_bind()
    known = sa.select(cities.c.id, cities.c.slug, cities.c.latitude, cities.c.longitude)
    for id, *place in connection.execute(known).all():
        values = {'paving': paving_of(*place)}
        connection.execute(cities.update().where(cities.c.id == id).values(values))


def downgrade():
    with op.batch_alter_table('cities', schema=None) as batch_op:
        batch_op.drop_column('paving')
