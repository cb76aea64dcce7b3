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

-- What was counted of a day that was looked at, with what its units are filtered by; in memory only,
-- a new `turn` whenever the data changed. Their columns are written out: asking the words in main
-- for them takes longer than all the rest of opening.
CREATE OR REPLACE TABLE kept.tally_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, ledger VARCHAR, unit VARCHAR, dimension VARCHAR,
  due_on DATE, is_closed BOOLEAN, is_in_time BOOLEAN, is_reported_closed BOOLEAN,
  is_reopened BOOLEAN, is_verified BOOLEAN, is_vanished BOOLEAN, is_due BOOLEAN,
  is_overdue BOOLEAN, overdue_days BIGINT, is_on_time BOOLEAN, alike_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE OR REPLACE TABLE kept.promise_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, item_count BIGINT,
  original_due_count BIGINT, original_on_time_count BIGINT, due_count BIGINT,
  on_time_count BIGINT, extended_count BIGINT, escalated_count BIGINT, tolerated_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE OR REPLACE TABLE kept.way_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, ways VARCHAR,
  item_count BIGINT, league VARCHAR, leader_post VARCHAR
);
CREATE OR REPLACE TABLE kept.place_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, community VARCHAR,
  item_count BIGINT, due_count BIGINT, closed_due_count BIGINT, overdue_count BIGINT,
  league VARCHAR, leader_post VARCHAR
);
CREATE OR REPLACE TABLE kept.history_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, history_number BIGINT, alike_count BIGINT,
  month_last_day DATE, unit VARCHAR, dimension VARCHAR, is_closed BOOLEAN, league VARCHAR,
  leader_post VARCHAR
);
CREATE OR REPLACE TABLE kept.ticket_place_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, community VARCHAR,
  ticket_count BIGINT, satisfied_count BIGINT, rated_count BIGINT, league VARCHAR,
  leader_post VARCHAR
);
CREATE OR REPLACE TABLE kept.ticket_tally_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, channel VARCHAR, month VARCHAR,
  answer_days BIGINT, received_count BIGINT, closed_count BIGINT, resolved_count BIGINT,
  satisfied_count BIGINT, rated_count BIGINT, due_count BIGINT, on_time_count BIGINT,
  overdue_count BIGINT
);

-- Those of the days that were counted as `counted` names: the asker's variable `counted` lists them.
-- Another day is refused as above.
CREATE OR REPLACE MACRO kept.counted_day(counted, days, known) AS TABLE
  SELECT as_of FROM (SELECT DISTINCT unnest(days) AS as_of)
  WHERE CASE WHEN as_of IS NULL
               OR (known IS NULL AND list_contains(getvariable('counted'), counted || ' ' || as_of))
             THEN true
             WHEN known IS NULL THEN error('days not counted as ' || counted || ': ' || days::VARCHAR)
             ELSE error('moment not kept') END;

-- What the words of the same name in main tell, from the days that were counted, of the asker's
-- `turn`. The days are materialized, so that the refusal comes also where no row would be met.
CREATE OR REPLACE MACRO kept.tally_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('tally', days, known))
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.tally_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.promise_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('promise', days, known))
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.promise_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.way_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('way', days, known))
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.way_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.place_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('place', days, known))
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.place_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.history_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('history', days, known))
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.history_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.ticket_place_asked(
  campaign_asked, days, known, units_asked, league_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('ticket_place', days, known))
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day JOIN kept.ticket_place_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    NULL, NULL, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.ticket_tally_asked(campaign_asked, days, known, units_asked) AS TABLE
  WITH day AS MATERIALIZED (FROM kept.counted_day('ticket_tally', days, known))
  SELECT counted.* EXCLUDE (turn)
  FROM day JOIN kept.ticket_tally_of_day AS counted USING (as_of)
  WHERE turn = getvariable('turn') AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, NULL, NULL, NULL, NULL, NULL, NULL);
