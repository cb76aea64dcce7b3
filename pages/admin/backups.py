"""备份: the last copy of the data, how old and how large it is, and one button for the next."""

from tally import board, service
from tally.board.backups import backup_panels, backups_verdict, kept_backups, store_words

found = kept_backups()
keeper = service.keeper()
stands = store_words(service.database().pulse())
board.verdict(backups_verdict(found, keeper.failure, keeper.verified, stands))
backup_panels(found)
