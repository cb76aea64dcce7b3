-- Begin a turn of the data: forget what was counted two turns ago, for of the last one somebody may
-- still be answered, and read the roster and what its units sent. The asker's variable `turn` is
-- the one that begins.
DELETE FROM memory.kept.tally_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.promise_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.way_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.place_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.ticket_place_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.ticket_tally_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.history_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.deadline_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.class_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.appeal_tally_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.report_marked_of_turn WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.ledger_row_tally_of_turn WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.lead_of_day WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.unit_in_list_of_turn WHERE turn < getvariable('turn') - 1;
DELETE FROM memory.kept.roster_of_turn
WHERE turn < getvariable('turn') - 1 OR turn = getvariable('turn');
INSERT INTO memory.kept.roster_of_turn BY NAME
SELECT getvariable('turn') AS turn, * FROM unit_known(NULL::TIMESTAMP);
DELETE FROM memory.kept.unit_sent_of_turn
WHERE turn < getvariable('turn') - 1 OR turn = getvariable('turn');
INSERT INTO memory.kept.unit_sent_of_turn BY NAME
SELECT getvariable('turn') AS turn, * FROM unit_sent(NULL::TIMESTAMP);
