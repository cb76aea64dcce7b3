-- Forget what was tallied two turns ago: of the last turn somebody may still be answered.
DELETE FROM memory.kept.tally_of_day WHERE turn < $turn::BIGINT - 1
