"""Cities by what they are called in each language; as long as nobody has said it, by their one name

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

from cityexchange.core.called import Called, sorted_as, sought_as

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None

NEW = {'called': sa.Text(), 'sorted_as': sa.JSON()}


def upgrade():
    with op.batch_alter_table('cities', schema=None) as batch_op:
        for name, kind in NEW.items():
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default='{}'))
    fill()
    with op.batch_alter_table('cities', schema=None) as batch_op:
        for name in NEW:
            batch_op.alter_column(name, server_default=None)


def fill():
    cities = sa.table(
        'cities', *map(sa.column, ('id', 'name', 'called', 'sought')), sa.column('sorted_as', sa.JSON())
    )
    connection = op.get_bind()
    for id, name in connection.execute(sa.select(cities.c.id, cities.c.name)).all():
        called = Called(name)
        values = {'called': called.kept, 'sought': sought_as(called), 'sorted_as': sorted_as(called)}
        connection.execute(cities.update().where(cities.c.id == id).values(values))


def downgrade():
    with op.batch_alter_table('cities', schema=None) as batch_op:
        for name in NEW:
            batch_op.drop_column(name)
