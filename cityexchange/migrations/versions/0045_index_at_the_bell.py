"""The number at the bell from an index of its own: without one each page looks through all that a member was ever told

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None

UNREAD = sa.text('read_at IS NULL')


def upgrade():
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.create_index(
            'ix_notifications_at_the_bell',
            ['member_id', 'is_here'],
            unique=False,
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        )


def downgrade():
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_index(
            'ix_notifications_at_the_bell', sqlite_where=UNREAD, postgresql_where=UNREAD
        )
