"""The one list of the registry's tables; each part of the registry adds its own to it."""

from sqlalchemy import Column, MetaData, Table, Text

METADATA = MetaData()

SETTING = Table(
    "setting",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
