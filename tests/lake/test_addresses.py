"""What an address of a store says, and what of it is shown."""

import pytest

from tally.addresses import Lake, WrongAddress, lake_at

DSN = "host=10.0.0.5 dbname=tally user=tally"


@pytest.mark.parametrize(
    ("address", "lake"),
    [
        ("", None),
        ("/srv/tally", None),
        (f"ducklake:postgres:{DSN}?data=/srv/shared/", Lake(DSN, "/srv/shared")),
        (
            "ducklake:postgres:postgresql://tally@db/tally?sslmode=require&data=s3://tally/lake",
            Lake("postgresql://tally@db/tally?sslmode=require", "s3://tally/lake"),
        ),
    ],
)
def test_address_names_a_folder_or_a_lake(address: str, lake: Lake | None) -> None:
    assert lake_at(address) == lake


@pytest.mark.parametrize(
    "address",
    [
        "mysql:tally",
        "ducklake:postgres:dbname=tally",
        "ducklake:postgres:?data=/srv",
        "ducklake:postgres:dbname=tally?data=shared",
    ],
)
def test_wrong_address_is_refused_with_how_one_is_written(address: str) -> None:
    with pytest.raises(WrongAddress, match=r"写作|写绝对路径"):
        lake_at(address)


@pytest.mark.parametrize(
    "dsn", ["host=db password=geheim user=tally", "postgresql://tally:geheim@db/tally"]
)
def test_password_is_never_shown(dsn: str) -> None:
    lake = lake_at(f"ducklake:postgres:{dsn}?data=/srv")
    assert lake is not None
    assert "geheim" not in lake.shown
    assert "***" in lake.shown
