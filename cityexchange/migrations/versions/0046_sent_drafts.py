"""Sent drafts: what became of words that other devices still have in a form

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'sent_drafts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(length=200), nullable=False),
        sa.Column('draft_id', sa.Integer(), nullable=True),
        sa.Column('nonce', sa.String(length=64), nullable=False),
        sa.Column('writer', sa.String(length=60), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('location', sa.Text(), nullable=False),
        sa.Column('sent_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['member_id'], ['members.id'], name=op.f('fk_sent_drafts_member_id_members'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_drafts')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('sent_drafts', schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f('ix_sent_drafts_member_id_place'), ['member_id', 'place'], unique=False
        )
        batch_op.create_index(batch_op.f('ix_sent_drafts_sent_at'), ['sent_at'], unique=False)


def downgrade():
    with op.batch_alter_table('sent_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sent_drafts_sent_at'))
        batch_op.drop_index(batch_op.f('ix_sent_drafts_member_id_place'))

    op.drop_table('sent_drafts')
