"""Removed messages count no more as unread: an index of them

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None
REMOVED = sa.text('removed_at IS NOT NULL')


def upgrade():
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index('ix_messages_removed', ['room_id', 'number'], sqlite_where=REMOVED, postgresql_where=REMOVED)


def downgrade():
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_index('ix_messages_removed', sqlite_where=REMOVED, postgresql_where=REMOVED)
