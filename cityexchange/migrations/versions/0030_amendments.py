"""What changes of an announced workshop is kept

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('workshop_amendments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('differences', sa.JSON(), nullable=False),
    sa.Column('is_of_clocks', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['members.id'], name=op.f('fk_workshop_amendments_actor_id_members'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshops.id'], name=op.f('fk_workshop_amendments_workshop_id_workshops'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_amendments')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_amendments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_amendments_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_amendments_workshop_id'), ['workshop_id'], unique=False)


def downgrade():
    op.drop_table('workshop_amendments')
