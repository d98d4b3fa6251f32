"""What a member says of themselves

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('member_themes',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['members.id'], name=op.f('fk_member_themes_member_id_members'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_member_themes_theme_id_themes'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'theme_id', name=op.f('pk_member_themes'))
    )
    with op.batch_alter_table('member_themes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_themes_theme_id'), ['theme_id'], unique=False)

    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address_as', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('languages', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('asks_line', sa.String(length=300), nullable=False, server_default=''))
    carry("languages_read", "languages", lambda read: dict.fromkeys(read, "reads"))
    with op.batch_alter_table('members', schema=None) as batch_op:
        for name in ('address_as', 'languages', 'asks_line'):
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column('languages_read')


def carry(before, after, change):
    members = sa.table("members", sa.column("id"), sa.column(before, sa.JSON), sa.column(after, sa.JSON))
    connection = op.get_bind()
    for id, value in connection.execute(sa.select(members.c.id, members.c[before])).all():
        changed = members.update().where(members.c.id == id).values({after: change(value or [])})
        connection.execute(changed)


def downgrade():
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.add_column(sa.Column('languages_read', sa.JSON(), nullable=False, server_default='[]'))
    carry("languages", "languages_read", list)
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.alter_column('languages_read', server_default=None)
        batch_op.drop_column('asks_line')
        batch_op.drop_column('languages')
        batch_op.drop_column('address_as')

    with op.batch_alter_table('member_themes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_themes_theme_id'))

    op.drop_table('member_themes')
