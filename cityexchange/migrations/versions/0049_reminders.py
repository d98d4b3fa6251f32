"""Of which deadlines members want to be reminded, and a kind of notifications for it

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None

BEFORE = ('mention', 'reply', 'topic', 'answer', 'message', 'place', 'decision', 'change', 'request', 'translation')
AFTER = (*BEFORE[:-1], 'deadline', BEFORE[-1])


def name_kinds(kinds):
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notifications_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_notifications_kind'), f'kind IN {kinds}')


def upgrade():
    name_kinds(AFTER)
    op.create_table(
        'digest_reminders',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('record_type', sa.String(length=64), nullable=False),
        sa.Column('record_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('looked_at', sa.DateTime(), nullable=False),
        sa.Column('due_at', sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "record_type IN ('Workshop', 'StudyVisit', 'City')", name=op.f('ck_digest_reminders_record_type')
        ),
        sa.ForeignKeyConstraint(
            ['member_id'],
            ['members.id'],
            name=op.f('fk_digest_reminders_member_id_members'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_reminders')),
        sa.UniqueConstraint(
            'member_id',
            'record_type',
            'record_id',
            name=op.f('uq_digest_reminders_member_id_record_type_record_id'),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('digest_reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_reminders_due_at'), ['due_at'], unique=False)
        batch_op.create_index(
            batch_op.f('ix_digest_reminders_record_type_record_id'), ['record_type', 'record_id'], unique=False
        )


def downgrade():
    op.drop_table('digest_reminders')
    op.execute("DELETE FROM notifications WHERE kind = 'deadline'")
    name_kinds(BEFORE)
