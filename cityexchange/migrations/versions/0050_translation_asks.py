"""Who waits for a translation, and thanks to who made one

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'translation_asks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('record_type', sa.String(length=64), nullable=False),
        sa.Column('record_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=12), nullable=False),
        sa.Column('source', sa.String(length=12), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['member_id'],
            ['members.id'],
            name=op.f('fk_translation_asks_member_id_members'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_translation_asks')),
        sa.UniqueConstraint(
            'member_id',
            'record_type',
            'record_id',
            'language',
            name=op.f('uq_translation_asks_member_id_record_type_record_id_language'),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('translation_asks', schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f('ix_translation_asks_language_source_id'), ['language', 'source', 'id'], unique=False
        )
        batch_op.create_index(
            batch_op.f('ix_translation_asks_record_type_record_id_language'),
            ['record_type', 'record_id', 'language'],
            unique=False,
        )

    op.create_table(
        'translation_thanks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('translation_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['member_id'],
            ['members.id'],
            name=op.f('fk_translation_thanks_member_id_members'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['translation_id'],
            ['translations.id'],
            name=op.f('fk_translation_thanks_translation_id_translations'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_translation_thanks')),
        sa.UniqueConstraint(
            'translation_id', 'member_id', name=op.f('uq_translation_thanks_translation_id_member_id')
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('translation_thanks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_translation_thanks_member_id'), ['member_id'], unique=False)

    with op.batch_alter_table('translations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('thanks', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('translations', schema=None) as batch_op:
        batch_op.alter_column('thanks', existing_type=sa.Integer(), server_default=None)


def downgrade():
    with op.batch_alter_table('translations', schema=None) as batch_op:
        batch_op.drop_column('thanks')

    op.drop_table('translation_thanks')
    op.drop_table('translation_asks')
