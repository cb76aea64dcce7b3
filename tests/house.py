"""How the house is laid out: which part stands on which, and which library has its door where."""

LAYERS: tuple[tuple[str, ...], ...] = (
    (
        *(
            "clock",
            "words",
            "secrecy",
            "persons",
            "contracts",
            "workdays",
            "packs",
            "geodesy",
            "palette",
        ),
        *(
            "places",
            "map_marks",
            "boundaries",
            "sentences",
            "verdicts",
            "repairs",
            "batches",
            "disks",
        ),
        *("finding_words", "looking", "meeting_words", "pinyin", "rooms", "viewers", "page_rights"),
        *("formulas", "sealing", "addresses", "standstill"),
    ),
    ("intake", "store", "statistics", "charts", "maps", "notices", "registry"),
    (
        *("submissions", "accounts", "safekeeping", "asked", "bulletins", "desk", "server_socket"),
        *("service", "bench", "board"),
    ),
    ("gate", "cli", "frame", "pages"),
    ("app", "manage"),
)
# In these a part may use those written before it; in the others none may use another.
ORDERED_LAYERS = (0, 2)

DOORS: dict[str, tuple[str, ...]] = {
    "duckdb": ("tally/store/",),
    "streamlit": (
        *("app.py", "tally/frame.py", "tally/gate/", "tally/board/", "pages/"),
        "tally/bench/",
    ),
    "starlette": ("app.py", "tally/gate/"),
    "authlib": ("tally/gate/provider.py",),
    "httpx": ("tally/gate/provider.py", "tally/bench/"),
    "joserfc": ("tally/gate/provider.py",),
    "argon2": ("tally/accounts/",),
    "pyotp": ("tally/accounts/",),
    "scipy": ("tally/statistics/",),
    "statsmodels": ("tally/statistics/",),
    "plotly": ("tally/charts/", "tally/bench/"),
    "pydeck": ("tally/maps.py",),
    "shapely": ("tally/boundaries/",),
    "python_calamine": ("tally/intake/", "tally/bench/"),
    "xlsxwriter": ("tally/notices/", "tally/bench/"),
    "docx": ("tally/notices/",),
    "docxtpl": ("tally/notices/",),
    "pptx": ("tally/notices/",),
    "jinja2": ("tally/notices/",),
    "openpyxl": ("tally/intake/", "tally/bench/"),
    "chinese_calendar": ("tally/workdays.py",),
    "pypinyin": ("tally/pinyin.py",),
    "segno": ("tally/board/phone.py", "tally/gate/forms.py"),
    "sqlalchemy": ("tally/registry/",),
    "packaging": ("tally/safekeeping/vulnerabilities.py",),
    "psycopg": ("tally/registry/shared.py", "tally/store/turns.py"),
    "cryptography": ("tally/sealing/", "tally/safekeeping/sealing.py"),
}
