"""organisations

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

CITY_ROLES = "('member', 'elected_member', 'city_focal_point', 'city_deputy')"
GUESTS = "('expert', 'partner_observer', 'diaspora_org')"
ROLES = f"{CITY_ROLES[:-1]}, {GUESTS[1:]}"
CATEGORIES = "('local_authority', 'government', 'un_staff', 'civil_society', 'private_sector')"


def upgrade():
    op.create_table('organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=True),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('about_language', sa.String(length=12), nullable=False),
    sa.Column('most_seats', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('observer', 'partner', 'diaspora', 'civil_society', 'resource')", name=op.f('ck_organisations_kind')),
    sa.CheckConstraint("state IN ('active', 'suspended', 'left')", name=op.f('ck_organisations_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('slug', name=op.f('uq_organisations_slug')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisations_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisations_state'), ['state'], unique=False)

    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.add_column(sa.Column('organisation_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('category', sa.String(length=20), nullable=False, server_default='local_authority'))
        batch_op.add_column(sa.Column('speaks_officially', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.alter_column('city_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_seats_organisation_id_organisations'), 'organisations', ['organisation_id'], ['id'], ondelete='CASCADE')
        batch_op.create_index(batch_op.f('ix_seats_organisation_id'), ['organisation_id'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_seats_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_seats_role'), f"role IN {ROLES}")
        batch_op.create_check_constraint(batch_op.f('ck_seats_category'), f"category IN {CATEGORIES}")
        batch_op.create_check_constraint(batch_op.f('ck_seats_one_place'), "(city_id IS NULL) <> (organisation_id IS NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_seats_guests_in_organisations'), f"(role IN {GUESTS}) = (organisation_id IS NOT NULL)")
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.alter_column('category', existing_type=sa.String(length=20), server_default=None)
        batch_op.alter_column('speaks_officially', existing_type=sa.Boolean(), server_default=None)


def downgrade():
    op.execute("DELETE FROM seats WHERE city_id IS NULL")
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_seats_guests_in_organisations'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_seats_one_place'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_seats_category'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_seats_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_seats_role'), f"role IN {CITY_ROLES}")
        batch_op.drop_index(batch_op.f('ix_seats_organisation_id'))
        batch_op.drop_constraint(batch_op.f('fk_seats_organisation_id_organisations'), type_='foreignkey')
        batch_op.alter_column('city_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('speaks_officially')
        batch_op.drop_column('category')
        batch_op.drop_column('organisation_id')
    op.drop_table('organisations')
