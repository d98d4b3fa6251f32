"""A press remembers the number that it gave the browser, so that a second one gives the same

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('presses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('handed', sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table('presses', schema=None) as batch_op:
        batch_op.drop_column('handed')
