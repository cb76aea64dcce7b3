"""Write the sample workbooks of all packs anew."""

from pathlib import Path

from data.campaigns.sampling import huaihua, huludao, nanyang, ningguo, xiangshan

CAMPAIGNS_FOLDER = Path(__file__).resolve().parents[1]


def main() -> None:
    """Empty each pack's `samples/` and write it again."""
    for pack in (xiangshan, huaihua, huludao, nanyang, ningguo):
        folder = CAMPAIGNS_FOLDER / pack.__name__.rsplit(".", 1)[-1] / "samples"
        for path in folder.glob("*.*"):
            path.unlink()
        pack.write_samples(folder)


if __name__ == "__main__":
    main()
