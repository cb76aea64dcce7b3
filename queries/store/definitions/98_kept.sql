-- Words that are answered from what is kept, for who asks with `kept` before `main`.

CREATE SCHEMA IF NOT EXISTS kept;

-- The stretches that hold the days, one row a day and stretch. Which stretches hold are the asker's
-- variables `stretches` and `covered`. A day that none covers, or knowledge of an earlier moment,
-- is refused with the days as the message.
CREATE OR REPLACE MACRO kept.stretch_on(days, known) AS TABLE
  SELECT as_of, unnest(list_filter(getvariable('stretches'), lambda held:
           held.from_on <= as_of AND as_of < held.until_on)).stretch AS stretch
  FROM (SELECT DISTINCT unnest(days) AS as_of)
  WHERE CASE WHEN as_of IS NULL OR (known IS NULL AND len(list_filter(getvariable('covered'),
               lambda held: held.from_on <= as_of AND as_of < held.until_on)) > 0)
             THEN true
             WHEN known IS NULL THEN error('days not kept: ' || days::VARCHAR)
             ELSE error('moment not kept') END;

-- The items on each of the days from the stretches that were kept; else as item_stated has it.
CREATE OR REPLACE MACRO kept.item_stated(days, known) AS TABLE
  SELECT item.* EXCLUDE (stretch, gone_on, gone_upload, gone_row) REPLACE (
           day.as_of AS as_of,
           is_due_by(due_on, day.as_of) AS is_due,
           is_overdue_by(due_on, day.as_of, is_closed) AS is_overdue,
           overdue_days_by(due_on, day.as_of, is_closed) AS overdue_days,
           is_on_time_by(due_on, day.as_of, is_closed, closed_at_on <= due_on) AS is_on_time),
         CASE WHEN gone_on IS NOT NULL
              THEN {'said_on': gone_on, 'upload': gone_upload, 'row': gone_row} END AS gone
  FROM kept.stretch_on(days, known) AS day
  JOIN store.main.item_kept AS item USING (stretch);

-- The tally of the items on each of the days; else as tally_on has it.
CREATE OR REPLACE MACRO kept.tally_on(days, known) AS TABLE
  SELECT day.as_of, tally.* EXCLUDE (stretch),
         is_due_by(due_on, day.as_of) AS is_due,
         is_overdue_by(due_on, day.as_of, is_closed) AS is_overdue,
         overdue_days_by(due_on, day.as_of, is_closed) AS overdue_days,
         is_on_time_by(due_on, day.as_of, is_closed, is_in_time) AS is_on_time
  FROM kept.stretch_on(days, known) AS day
  JOIN store.main.tally_kept AS tally USING (stretch);

-- The tally of a day that was looked at, with what its units are filtered by; in memory only, a new
-- `turn` whenever the data changed.
CREATE OR REPLACE TABLE kept.tally_of_day AS
SELECT 0::BIGINT AS turn, as_of, campaign, ledger, unit, dimension, due_on, is_closed, is_in_time,
  is_reported_closed, is_reopened, is_verified, is_vanished, is_due, is_overdue, overdue_days,
  is_on_time, alike_count, league, ''::VARCHAR AS leader_post
FROM main.tally_asked(NULL, []::DATE[], NULL::TIMESTAMP, NULL, NULL, NULL, NULL) LIMIT 0;

-- What main.tally_asked tells, from the days that were tallied: the asker's variable `tallied` of
-- the asker's `turn`. Another day is refused as above; materialized, so that the refusal comes
-- also where no row of the tally would be met.
CREATE OR REPLACE MACRO kept.tally_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (
    SELECT as_of FROM (SELECT DISTINCT unnest(days) AS as_of)
    WHERE CASE WHEN as_of IS NULL
                 OR (known IS NULL AND list_contains(getvariable('tallied'), as_of)) THEN true
               WHEN known IS NULL THEN error('days not tallied: ' || days::VARCHAR)
               ELSE error('moment not kept') END
  )
  SELECT tally.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.tally_of_day AS tally USING (as_of)
  WHERE turn = getvariable('turn')
    AND (campaign_asked IS NULL OR tally.campaign = campaign_asked)
    AND (units_asked IS NULL OR list_contains(units_asked, tally.unit))
    AND (league_asked IS NULL OR tally.league = league_asked)
    AND (dimensions_asked IS NULL OR list_contains(dimensions_asked, tally.dimension))
    AND (post_asked IS NULL OR tally.leader_post = post_asked);
