"""Forms that make something are taken once

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('presses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('location', sa.Text(), nullable=False),
    sa.Column('pressed_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presses')),
    sa.UniqueConstraint('key', name=op.f('uq_presses_key')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('presses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_presses_pressed_at'), ['pressed_at'], unique=False)


def downgrade():
    op.drop_table('presses')
