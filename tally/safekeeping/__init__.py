"""Nothing is ever lost: the start-up examination, backups, restoring, replaying, verifying."""
