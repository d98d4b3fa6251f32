"""Those of many who are still to be told of something

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'notification_crowds',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('audience', sa.String(length=32), nullable=False),
        sa.Column('which', sa.JSON(), nullable=False),
        sa.Column('occasion', sa.String(length=200), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('record_type', sa.String(length=64), nullable=False),
        sa.Column('record_id', sa.Integer(), nullable=False),
        sa.Column('conversation', sa.String(length=120), nullable=True),
        sa.Column('position', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_crowds')),
        sqlite_autoincrement=True,
    )


def downgrade():
    op.drop_table('notification_crowds')
