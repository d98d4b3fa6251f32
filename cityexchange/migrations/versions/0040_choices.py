"""One table of choices in place of switches for mails, and quiet hours

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None

MOVED = {'replies': 'reply', 'mentions': 'mention'}


def upgrade():
    op.create_table(
        'quiet_hours',
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('begins', sa.Integer(), nullable=False),
        sa.Column('ends', sa.Integer(), nullable=False),
        sa.Column('on_free_days', sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            'begins BETWEEN 0 AND 23 AND ends BETWEEN 0 AND 23', name=op.f('ck_quiet_hours_hours')
        ),
        sa.ForeignKeyConstraint(
            ['member_id'], ['members.id'], name=op.f('fk_quiet_hours_member_id_members'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('member_id', name=op.f('pk_quiet_hours')),
    )
    with op.batch_alter_table('notification_choices', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stopped', sa.String(length=16), nullable=True))
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_here', sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.alter_column('is_here', existing_type=sa.Boolean(), server_default=None)
    for before, kind in MOVED.items():
        # Whoever had switched one off hears of it here, and by no mail.
        op.execute(
            sa.text(
                "INSERT INTO notification_choices (member_id, kind, is_here, mailing) "
                "SELECT member_id, :kind, :here, 'never' FROM mail_preferences "
                "WHERE kind = :before AND NOT is_on AND NOT EXISTS (SELECT 1 FROM notification_choices AS chosen "
                "WHERE chosen.member_id = mail_preferences.member_id AND chosen.kind = :kind)"
            ).bindparams(kind=kind, here=True, before=before)
        )
    op.drop_table('mail_preferences')


def downgrade():
    op.create_table(
        'mail_preferences',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('is_on', sa.Boolean(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('updated_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['member_id'],
            ['members.id'],
            name=op.f('fk_mail_preferences_member_id_members'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_preferences')),
        sa.UniqueConstraint('member_id', 'kind', name=op.f('uq_mail_preferences_member_id_kind')),
        sqlite_autoincrement=True,
    )
    for before, kind in MOVED.items():
        op.execute(
            sa.text(
                "INSERT INTO mail_preferences (member_id, kind, is_on, created_at, updated_at) "
                "SELECT member_id, :before, :on, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM notification_choices "
                "WHERE kind = :kind AND mailing = 'never'"
            ).bindparams(kind=kind, on=False, before=before)
        )
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_column('is_here')
    with op.batch_alter_table('notification_choices', schema=None) as batch_op:
        batch_op.drop_column('stopped')
    op.drop_table('quiet_hours')
