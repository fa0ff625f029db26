"""The tables of a house, for SQLite and PostgreSQL alike."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
BIG = BigInteger().with_variant(Integer, "sqlite")

FACTS = Table(
    "facts",
    METADATA,
    Column("seq", BIG, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False, doc="UTC, seconds since 1970, by the wall clock"),
    Column("story", String(80), nullable=True),
    Column("body", LargeBinary, nullable=False),
    Index(None, "story"),
)

STORIES = Table(
    "stories",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("over", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Stories that live; the row goes with the story, its facts stay."""

OPERATORS = Table(
    "operators",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

PARTIES = Table(
    "parties",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index(None, "number"),
)
"""Personal values that facts point to; can be corrected, masked and erased."""

LEASE = Table(
    "lease",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", BIG, nullable=False),
    Column("owner", String(120), nullable=False),
    Column("steady_behind", Float, nullable=False, doc="wall clock minus steady time, seconds"),
    Column("seen", Float, nullable=False, doc="when the owner was last heard of, wall clock"),
)
