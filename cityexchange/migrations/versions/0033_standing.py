"""What was removed counts no more: an index of removed posts, the last post of topics and the number of posts of forums anew

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None
REMOVED = sa.text('removed_at IS NOT NULL')
STANDING = 'posts.topic_id = topics.id AND posts.removed_at IS NULL'
LAST = f'(SELECT posts.%s FROM posts WHERE {STANDING} ORDER BY posts.position DESC LIMIT 1)'
LAST_POSTS = f"""
    UPDATE topics SET version = version + 1, last_posted_at = {LAST % 'posted_at'},
           last_author_id = {LAST % 'author_id'}, last_pen_name = {LAST % 'pen_name'}
    WHERE EXISTS (SELECT 1 FROM posts WHERE {STANDING}) AND EXISTS (
        SELECT 1 FROM posts
        WHERE posts.topic_id = topics.id AND posts.position = topics.post_count AND posts.removed_at IS NOT NULL
    )
"""
COUNTS = """
    UPDATE forums SET version = version + 1, post_count = (
        SELECT count(*) FROM posts JOIN topics ON topics.id = posts.topic_id
        WHERE topics.forum_id = forums.id AND topics.state <> 'removed' AND posts.removed_at IS NULL
    )
"""


def upgrade():
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.create_index('ix_posts_removed', ['topic_id', 'position'], sqlite_where=REMOVED, postgresql_where=REMOVED)
    op.execute(LAST_POSTS)
    op.execute(COUNTS)


def downgrade():
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_index('ix_posts_removed', sqlite_where=REMOVED, postgresql_where=REMOVED)
