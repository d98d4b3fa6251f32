"""Since when a city lacks what made it active; codes for places, each of one browser

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


PURPOSES = "'reset', 'sign_in', 'new_address'"


def upgrade():
    with op.batch_alter_table('cities', schema=None) as batch_op:
        batch_op.add_column(sa.Column('incomplete_since', sa.Date(), nullable=True))
    with op.batch_alter_table('mail_proofs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(length=64), nullable=False, server_default=''))
        batch_op.create_index(op.f('ix_mail_proofs_origin'), ['origin'])
        batch_op.drop_constraint(op.f('ck_mail_proofs_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mail_proofs_purpose'), f"purpose IN ({PURPOSES}, 'place')")
    with op.batch_alter_table('mail_proofs', schema=None) as batch_op:
        batch_op.alter_column('origin', server_default=None)
    with op.batch_alter_table('place_offers', schema=None) as batch_op:
        batch_op.drop_column('code_digest')
        batch_op.drop_column('code_expires_at')
        batch_op.drop_column('tries')


def downgrade():
    with op.batch_alter_table('place_offers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code_digest', sa.String(length=64), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('code_expires_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('tries', sa.Integer(), nullable=False, server_default='0'))
    op.execute("DELETE FROM mail_proofs WHERE purpose = 'place'")
    with op.batch_alter_table('mail_proofs', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_mail_proofs_purpose'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mail_proofs_purpose'), f"purpose IN ({PURPOSES})")
        batch_op.drop_index(op.f('ix_mail_proofs_origin'))
        batch_op.drop_column('origin')
    with op.batch_alter_table('cities', schema=None) as batch_op:
        batch_op.drop_column('incomplete_since')
