-- The units of each list, answered from what was written down once since the data changed.

-- What the word of the same name in main tells of the asker's campaigns. Refused by name where it
-- was not written down since; materialized, so that it is refused in any case. A macro without an
-- argument is tried when it is defined, so that it cannot refuse while it is planned.
CREATE OR REPLACE MACRO kept.unit_in_list() AS TABLE
  WITH told AS MATERIALIZED (
    SELECT CASE WHEN len(getvariable('counted_unit_in_list')::DATE[]) > 0 THEN getvariable('turn')
                ELSE error('turn not counted as unit_in_list') END AS turn
  )
  SELECT ledger, upload, period, unit FROM memory.kept.unit_in_list_of_turn JOIN told USING (turn);
