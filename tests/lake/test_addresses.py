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


PATIENT = "keepalives_idle=10 keepalives_interval=5 keepalives_count=2 tcp_user_timeout=20000"


@pytest.mark.parametrize(
    ("dsn", "patient"),
    [
        ("host=db dbname=tally", f"host=db dbname=tally connect_timeout=5 {PATIENT}"),
        (
            f"host=db connect_timeout=9 {PATIENT.replace('20000', '9')}",
            f"host=db connect_timeout=9 {PATIENT.replace('20000', '9')}",
        ),
        ("postgresql://db/tally", f"postgresql://db/tally?connect_timeout=5 {PATIENT}"),
        ("postgresql://db/t?a=b", f"postgresql://db/t?a=b connect_timeout=5 {PATIENT}"),
    ],
)
def test_machine_that_vanishes_is_given_up_unless_the_address_says_how(
    dsn: str, patient: str
) -> None:
    joint = "&" if "://" in dsn else " "
    assert Lake(dsn, "/srv").patient_dsn == patient.replace(" ", joint)
