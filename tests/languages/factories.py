from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column
