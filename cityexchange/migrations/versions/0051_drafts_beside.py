"""Drafts that stand beside each other; what is not in a form today was set aside

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_aside', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text('UPDATE drafts SET is_aside = (current IS NULL)'))


def downgrade():
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.drop_column('is_aside')
