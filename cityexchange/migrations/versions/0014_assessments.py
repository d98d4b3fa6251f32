"""what cities say of themselves: evidence of their kind, where needs and offers come from, self-assessments

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('kind_declarations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('evidence', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('evidence_url', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('basis', sa.String(length=16), nullable=False, server_default='judgement'))
        batch_op.add_column(sa.Column('language', sa.String(length=12), nullable=False, server_default='en'))
        batch_op.create_check_constraint(op.f('ck_kind_declarations_basis'), "basis IN ('register', 'survey', 'judgement')")
    with op.batch_alter_table('kind_declarations', schema=None) as batch_op:
        for name in ('evidence', 'evidence_url', 'basis', 'language'):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table('interests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_by_hand', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('is_assessed', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('interests', schema=None) as batch_op:
        for name in ('is_by_hand', 'is_assessed'):
            batch_op.alter_column(name, server_default=None)

    # An index, not a constraint: SQLite would make the table anew, and with the old one would go all that hangs on it.
    op.create_index('uq_cities_geonameid', 'cities', ['geonameid'], unique=True)
    op.create_table('self_assessments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('city_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['city_id'], ['cities.id'], name=op.f('fk_self_assessments_city_id_cities'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_assessments')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('self_assessments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_self_assessments_city_id'), ['city_id'], unique=False)
        batch_op.create_index('uq_self_assessments_draft', ['city_id'], unique=True, sqlite_where=sa.text('published_at IS NULL'), postgresql_where=sa.text('published_at IS NULL'))

    op.create_table('ratings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.Column('now', sa.Integer(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.CheckConstraint('now BETWEEN 1 AND 5', name=op.f('ck_ratings_now')),
    sa.CheckConstraint('target BETWEEN 1 AND 5', name=op.f('ck_ratings_target')),
    sa.ForeignKeyConstraint(['assessment_id'], ['self_assessments.id'], name=op.f('fk_ratings_assessment_id_self_assessments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_ratings_theme_id_themes'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ratings')),
    sa.UniqueConstraint('assessment_id', 'theme_id', name=op.f('uq_ratings_assessment_id_theme_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ratings_theme_id'), ['theme_id'], unique=False)


def downgrade():
    op.drop_table('ratings')
    op.drop_table('self_assessments')
    op.drop_index('uq_cities_geonameid', 'cities')
    with op.batch_alter_table('interests', schema=None) as batch_op:
        batch_op.drop_column('is_assessed')
        batch_op.drop_column('is_by_hand')
    with op.batch_alter_table('kind_declarations', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_kind_declarations_basis'), type_='check')
        for name in ('language', 'basis', 'evidence_url', 'evidence'):
            batch_op.drop_column(name)
