"""Secrets of second factors that an earlier version kept in clear: sealed once, at the start."""

from tally.accounts import codes
from tally.accounts.book import Book
from tally.registry import accounts, sessions


def seal_older_secrets(book: Book) -> int:
    """Seal the secrets that stand in clear, in one transaction; return how many. KeyUnusable.

    Of those that were offered and never taken nothing is kept: another one is offered.
    """
    with book.registry.reading() as connection:
        clear = [
            one
            for one in accounts.all_accounts(connection)
            if one.code_secret and not codes.is_kept_sealed(one.code_secret)
        ]
    if not clear:
        return 0
    with book.registry.writing() as connection:
        for one in clear:
            kept = codes.kept_secret(book.registry.home, one.code_secret or "", one.account)
            accounts.change_account(connection, one.account, code_secret=kept)
        sessions.forget_offers(connection)
    return len(clear)
