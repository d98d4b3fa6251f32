"""Lists of topics that end where the page is full, however many topics there are

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


WAITING = sa.text("(kind = 'question' OR kind = 'peer_assist') AND state = 'open'")


def upgrade():
    with op.batch_alter_table('topics', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_topics_state_kind_last_posted_at'))
        batch_op.create_index('ix_topics_waiting', ['last_posted_at', 'id'], sqlite_where=WAITING, postgresql_where=WAITING)
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_posts_author_city_id_posted_at'))
        batch_op.create_index(batch_op.f('ix_posts_author_city_id_topic_id'), ['author_city_id', 'topic_id'])


def downgrade():
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_posts_author_city_id_topic_id'))
        batch_op.create_index(batch_op.f('ix_posts_author_city_id_posted_at'), ['author_city_id', 'posted_at'])
    with op.batch_alter_table('topics', schema=None) as batch_op:
        batch_op.drop_index('ix_topics_waiting', sqlite_where=WAITING, postgresql_where=WAITING)
        batch_op.create_index(batch_op.f('ix_topics_state_kind_last_posted_at'), ['state', 'kind', 'last_posted_at'])
