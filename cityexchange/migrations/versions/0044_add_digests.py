"""The weekly letters, what they named, and the answers of one press

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'digests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('week', sa.Date(), nullable=False),
        sa.Column('written_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['member_id'], ['members.id'], name=op.f('fk_digests_member_id_members'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_digests')),
        sa.UniqueConstraint('member_id', 'week', name=op.f('uq_digests_member_id_week')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digests_week'), ['week'], unique=False)

    op.create_table(
        'digest_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('digest_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('week', sa.Date(), nullable=False),
        sa.Column('source', sa.String(length=32), nullable=False),
        sa.Column('record_type', sa.String(length=64), nullable=False),
        sa.Column('record_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('told_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['digest_id'], ['digests.id'], name=op.f('fk_digest_items_digest_id_digests'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['member_id'], ['members.id'], name=op.f('fk_digest_items_member_id_members'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_items')),
        sa.UniqueConstraint(
            'digest_id',
            'record_type',
            'record_id',
            name=op.f('uq_digest_items_digest_id_record_type_record_id'),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('digest_items', schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f('ix_digest_items_member_id_record_type_record_id'),
            ['member_id', 'record_type', 'record_id'],
            unique=False,
        )

    op.create_table(
        'digest_answers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('topic_id', sa.Integer(), nullable=False),
        sa.Column('city_id', sa.Integer(), nullable=True),
        sa.Column('answer', sa.String(length=8), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=False),
        sa.CheckConstraint("answer IN ('same', 'help', 'no')", name=op.f('ck_digest_answers_answer')),
        sa.ForeignKeyConstraint(
            ['city_id'], ['cities.id'], name=op.f('fk_digest_answers_city_id_cities'), ondelete='SET NULL'
        ),
        sa.ForeignKeyConstraint(
            ['member_id'],
            ['members.id'],
            name=op.f('fk_digest_answers_member_id_members'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['topic_id'], ['topics.id'], name=op.f('fk_digest_answers_topic_id_topics'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_answers')),
        sa.UniqueConstraint('member_id', 'topic_id', name=op.f('uq_digest_answers_member_id_topic_id')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('digest_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_answers_city_id'), ['city_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_digest_answers_topic_id_id'), ['topic_id', 'id'], unique=False)


def downgrade():
    with op.batch_alter_table('digest_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digest_answers_topic_id_id'))
        batch_op.drop_index(batch_op.f('ix_digest_answers_city_id'))

    op.drop_table('digest_answers')
    with op.batch_alter_table('digest_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digest_items_member_id_record_type_record_id'))

    op.drop_table('digest_items')
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digests_week'))

    op.drop_table('digests')
