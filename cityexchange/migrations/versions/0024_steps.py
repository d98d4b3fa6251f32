"""Steps of workshops and visits are remembered in columns of one name

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


WORDS = sa.String(length=12)
STEPS = sa.table('visit_changes', sa.column('reason'), sa.column('language'), sa.column('reason_language'))


def rename_key(table, old, new):
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_index(batch_op.f(f'ix_{table}_{old}'))
        batch_op.drop_constraint(batch_op.f(f'fk_{table}_{old}_members'), type_='foreignkey')
        batch_op.alter_column(old, new_column_name=new, existing_type=sa.Integer(), existing_nullable=True)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f(f'fk_{table}_{new}_members'), 'members', [new], ['id'], ondelete='SET NULL')
        batch_op.create_index(batch_op.f(f'ix_{table}_{new}'), [new], unique=False)


def upgrade():
    rename_key('workshop_state_changes', 'author_id', 'actor_id')
    # Where nothing was said there was no language; the column holds one now, as everywhere.
    op.execute(sa.update(STEPS).where(STEPS.c.reason_language.is_(None)).values(reason_language='en'))
    with op.batch_alter_table('visit_changes', schema=None) as batch_op:
        batch_op.alter_column('reason_language', new_column_name='language', existing_type=WORDS, nullable=False)


def downgrade():
    with op.batch_alter_table('visit_changes', schema=None) as batch_op:
        batch_op.alter_column('language', new_column_name='reason_language', existing_type=WORDS, nullable=True)
    op.execute(sa.update(STEPS).where(STEPS.c.reason == '').values(reason_language=None))
    rename_key('workshop_state_changes', 'actor_id', 'author_id')
