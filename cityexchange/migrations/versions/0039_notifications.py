"""What members are told of, and how they want to hear of it

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'notification_choices',
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('is_here', sa.Boolean(), nullable=False),
        sa.Column('mailing', sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "kind IN ('mention', 'reply', 'topic', 'answer', 'message', 'place', 'decision', 'change', 'request', 'translation')",
            name=op.f('ck_notification_choices_kind'),
        ),
        sa.CheckConstraint(
            "mailing IN ('at_once', 'bundled', 'daily', 'never')",
            name=op.f('ck_notification_choices_mailing'),
        ),
        sa.ForeignKeyConstraint(
            ['member_id'],
            ['members.id'],
            name=op.f('fk_notification_choices_member_id_members'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('member_id', 'kind', name=op.f('pk_notification_choices')),
    )
    op.create_table(
        'notifications',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('occasion', sa.String(length=200), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('record_type', sa.String(length=64), nullable=False),
        sa.Column('record_id', sa.Integer(), nullable=False),
        sa.Column('conversation', sa.String(length=120), nullable=True),
        sa.Column('position', sa.Integer(), nullable=True),
        sa.Column('template', sa.String(length=120), nullable=True),
        sa.Column('facts', sa.JSON(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('read_at', sa.DateTime(), nullable=True),
        sa.Column('mailing', sa.String(length=16), nullable=False),
        sa.Column('mailed_at', sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('mention', 'reply', 'topic', 'answer', 'message', 'place', 'decision', 'change', 'request', 'translation')",
            name=op.f('ck_notifications_kind'),
        ),
        sa.CheckConstraint(
            "mailing IN ('at_once', 'bundled', 'daily', 'never')", name=op.f('ck_notifications_mailing')
        ),
        sa.ForeignKeyConstraint(
            ['member_id'], ['members.id'], name=op.f('fk_notifications_member_id_members'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notifications')),
        sa.UniqueConstraint('member_id', 'occasion', name=op.f('uq_notifications_member_id_occasion')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notifications_member_id_id'), ['member_id', 'id'], unique=False)
        batch_op.create_index(
            batch_op.f('ix_notifications_record_type_record_id'), ['record_type', 'record_id'], unique=False
        )
        batch_op.create_index(
            'ix_notifications_unmailed',
            ['created_at'],
            unique=False,
            sqlite_where=sa.text("mailed_at IS NULL AND mailing != 'never'"),
            postgresql_where=sa.text("mailed_at IS NULL AND mailing != 'never'"),
        )
        batch_op.create_index(
            'ix_notifications_unread',
            ['member_id', 'conversation'],
            unique=False,
            sqlite_where=sa.text('read_at IS NULL'),
            postgresql_where=sa.text('read_at IS NULL'),
        )


def downgrade():
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_index(
            'ix_notifications_unread',
            sqlite_where=sa.text('read_at IS NULL'),
            postgresql_where=sa.text('read_at IS NULL'),
        )
        batch_op.drop_index(
            'ix_notifications_unmailed',
            sqlite_where=sa.text("mailed_at IS NULL AND mailing != 'never'"),
            postgresql_where=sa.text("mailed_at IS NULL AND mailing != 'never'"),
        )
        batch_op.drop_index(batch_op.f('ix_notifications_record_type_record_id'))
        batch_op.drop_index(batch_op.f('ix_notifications_member_id_id'))

    op.drop_table('notifications')
    op.drop_table('notification_choices')
