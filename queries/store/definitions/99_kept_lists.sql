-- What is asked of all lists whatever the day, answered from what was written down once since the data changed.

-- What the word of the same name in main tells of the asker's campaigns. Refused by name where it
-- was not written down since; materialized, so that it is refused in any case. A macro without an
-- argument is tried when it is defined, so that it cannot refuse while it is planned.
CREATE OR REPLACE MACRO kept.unit_in_list() AS TABLE
  WITH told AS MATERIALIZED (
    SELECT CASE WHEN len(getvariable('counted_unit_in_list')::DATE[]) > 0 THEN getvariable('turn')
                ELSE error('turn not counted as unit_in_list') END AS turn
  )
  SELECT ledger, upload, period, unit FROM memory.kept.unit_in_list_of_turn JOIN told USING (turn);

-- The asker's turn, as far as `counted` was written down of its campaigns. Else it is refused by name,
-- while the question is planned.
CREATE OR REPLACE MACRO kept.turn_written(counted, known) AS getvariable(
  CASE WHEN known IS NOT NULL THEN kept.refused('moment not kept')
       WHEN len(getvariable('counted_' || counted)::DATE[]) > 0 THEN 'turn'
       ELSE kept.refused('turn not counted as ' || counted) END);

CREATE OR REPLACE MACRO kept.report_marked(known) AS TABLE
  SELECT * EXCLUDE (turn) FROM memory.kept.report_marked_of_turn
  WHERE turn = kept.turn_written('report_marked', known);

CREATE OR REPLACE MACRO kept.ledger_row_tally(known) AS TABLE
  SELECT * EXCLUDE (turn) FROM memory.kept.ledger_row_tally_of_turn
  WHERE turn = kept.turn_written('ledger_row_tally', known);
