"""Topics by theme, newest first, and answered ones: two indexes

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None
ANSWERED = sa.text("(state = 'answered' OR state = 'summarised')")


def upgrade():
    with op.batch_alter_table('taggings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_taggings_theme_id'))
        batch_op.create_index(
            batch_op.f('ix_taggings_theme_id_topic_id'), ['theme_id', 'topic_id'], unique=False
        )

    with op.batch_alter_table('topics', schema=None) as batch_op:
        batch_op.create_index(
            'ix_topics_answered',
            ['last_posted_at', 'id'],
            unique=False,
            sqlite_where=ANSWERED,
            postgresql_where=ANSWERED,
        )


def downgrade():
    with op.batch_alter_table('topics', schema=None) as batch_op:
        batch_op.drop_index(
            'ix_topics_answered',
            sqlite_where=ANSWERED,
            postgresql_where=ANSWERED,
        )

    with op.batch_alter_table('taggings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_taggings_theme_id_topic_id'))
        batch_op.create_index(batch_op.f('ix_taggings_theme_id'), ['theme_id'], unique=False)
