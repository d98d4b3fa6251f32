"""How much a member wants to hear, of topics and rooms and of what they stand in: one table for all, with what was chosen before

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

COLUMNS = 'member_id, record_type, record_id, level, since'
OF_MUTED_ROOMS = f"""
    INSERT INTO follows ({COLUMNS})
    SELECT member_id, 'Room', room_id, 'muted', since FROM occupancies WHERE is_muted ORDER BY id
"""
OF_TOPICS = f"""
    INSERT INTO follows ({COLUMNS})
    SELECT member_id, 'Topic', topic_id, level, since FROM follows_before ORDER BY since, member_id, topic_id
"""
TOPICS_BACK = """
    INSERT INTO follows (member_id, topic_id, level, since)
    SELECT member_id, record_id, CASE level WHEN 'everything' THEN 'following' ELSE level END, since FROM follows_before
    WHERE record_type = 'Topic' AND record_id IN (SELECT id FROM topics)
"""
ROOMS_BACK = """
    UPDATE occupancies SET is_muted = :yes WHERE EXISTS (
        SELECT * FROM follows WHERE record_type = 'Room' AND level = 'muted'
        AND record_id = occupancies.room_id AND member_id = occupancies.member_id
    )
"""


def upgrade():
    put_aside()
    op.create_table('follows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('record_type', sa.String(length=64), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=16), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.CheckConstraint("level IN ('muted', 'normal', 'following', 'everything')", name=op.f('ck_follows_level')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_follows_member_id_members'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follows')),
    sa.UniqueConstraint('member_id', 'record_type', 'record_id', name=op.f('uq_follows_member_id_record_type_record_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('follows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follows_record_type_record_id'), ['record_type', 'record_id'], unique=False)

    op.execute(OF_TOPICS)
    op.execute(OF_MUTED_ROOMS)
    op.drop_table('follows_before')
    with op.batch_alter_table('occupancies', schema=None) as batch_op:
        batch_op.drop_column('is_muted')


def downgrade():
    with op.batch_alter_table('occupancies', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_muted', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.execute(sa.text(ROOMS_BACK).bindparams(yes=True))
    with op.batch_alter_table('occupancies', schema=None) as batch_op:
        batch_op.alter_column('is_muted', server_default=None)

    put_aside()
    op.create_table('follows',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.CheckConstraint("level IN ('muted', 'normal', 'following')", name=op.f('ck_follows_level')),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_follows_member_id_members'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['topics.id'], name=op.f('fk_follows_topic_id_topics'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'topic_id', name=op.f('pk_follows'))
    )
    with op.batch_alter_table('follows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follows_topic_id'), ['topic_id'], unique=False)

    op.execute(TOPICS_BACK)
    op.drop_table('follows_before')


def put_aside():
    """The table makes room for one of its own name, and its names with it."""
    op.execute('CREATE TABLE follows_before AS SELECT * FROM follows')
    op.drop_table('follows')
