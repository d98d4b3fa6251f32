"""language of reasons

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('workshop_state_changes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=12), nullable=True))

    # What was said before is taken to be in the workshop's own language.
    changes, workshops = sa.table('workshop_state_changes', sa.column('language'), sa.column('workshop_id')), sa.table('workshops', sa.column('id'), sa.column('language'))
    spoken = sa.select(workshops.c.language).where(workshops.c.id == changes.c.workshop_id).scalar_subquery()
    op.execute(sa.update(changes).values(language=spoken))
    with op.batch_alter_table('workshop_state_changes', schema=None) as batch_op:
        batch_op.alter_column('language', existing_type=sa.String(length=12), nullable=False)


def downgrade():
    with op.batch_alter_table('workshop_state_changes', schema=None) as batch_op:
        batch_op.drop_column('language')
