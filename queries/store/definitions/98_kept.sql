-- Words that are answered from what is kept, for who asks with `kept` before `main`.

CREATE SCHEMA IF NOT EXISTS kept;

-- Says that what is kept cannot answer, while a statement is planned: error() waits for a row, and
-- none may come. What strptime cannot read it quotes.
CREATE OR REPLACE MACRO kept.refused(said_of_it) AS strptime(said_of_it, '%Y')::VARCHAR;

-- The stretches that hold the days, one row a day and stretch. Which stretches hold are the asker's
-- variables `stretches` and `covered`. A day that none covers, or knowledge of an earlier moment,
-- is refused with the days as the message.
CREATE OR REPLACE MACRO kept.stretch_on(days, known) AS TABLE
  SELECT unnest(flatten(list_transform(
    CASE WHEN known IS NOT NULL THEN error('moment not kept')
         WHEN len(list_filter(days_told, lambda day: len(list_filter(getvariable('covered'),
                lambda held: held.from_on <= day AND day < held.until_on)) = 0)) > 0
         THEN error('days not kept: ' || days_told::VARCHAR)
         ELSE days_told END,
    lambda day: list_transform(
      list_filter(getvariable('stretches'),
        lambda held: held.from_on <= day AND day < held.until_on),
      lambda held: {'as_of': day, 'stretch': held.stretch}))), max_depth := 2)
  FROM (SELECT list_distinct(days) AS days_told);

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

-- The items a question is asked about; else as item_asked has it. In one step, for each that
-- names all columns again costs as much as reading them.
CREATE OR REPLACE MACRO kept.item_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT item.* EXCLUDE (stretch, gone_on, gone_upload, gone_row) REPLACE (
           day.as_of AS as_of,
           is_due_by(due_on, day.as_of) AS is_due,
           is_overdue_by(due_on, day.as_of, is_closed) AS is_overdue,
           overdue_days_by(due_on, day.as_of, is_closed) AS overdue_days,
           is_on_time_by(due_on, day.as_of, is_closed, closed_at_on <= due_on) AS is_on_time),
         roster.league, roster.leader_post AS unit_leader_post
  FROM kept.stretch_on(days, known) AS day
  JOIN store.main.item_kept AS item USING (stretch)
  LEFT JOIN kept.unit_known(known) AS roster
    ON roster.campaign = item.campaign AND roster.unit = item.unit
  WHERE gone_on IS NULL AND is_asked(
    item.campaign, campaign_asked, item.unit, units_asked, roster.league, league_asked,
    item.dimension, dimensions_asked, roster.leader_post, post_asked);

-- The tally of the items on each of the days; else as tally_on has it.
CREATE OR REPLACE MACRO kept.tally_on(days, known) AS TABLE
  SELECT day.as_of, tally.* EXCLUDE (stretch),
         is_due_by(due_on, day.as_of) AS is_due,
         is_overdue_by(due_on, day.as_of, is_closed) AS is_overdue,
         overdue_days_by(due_on, day.as_of, is_closed) AS overdue_days,
         is_on_time_by(due_on, day.as_of, is_closed, is_in_time) AS is_on_time
  FROM kept.stretch_on(days, known) AS day
  JOIN store.main.tally_kept AS tally USING (stretch);

-- The units as unit_known has them.
CREATE OR REPLACE MACRO kept.unit_known(known) AS TABLE
  SELECT * EXCLUDE (turn) FROM memory.kept.roster_of_turn
  WHERE turn = getvariable(
    CASE WHEN known IS NULL THEN 'turn' ELSE kept.refused('moment not kept') END);

-- The months that units sent as unit_sent has them.
CREATE OR REPLACE MACRO kept.unit_sent(known) AS TABLE
  SELECT * EXCLUDE (turn) FROM memory.kept.unit_sent_of_turn
  WHERE turn = getvariable(
    CASE WHEN known IS NULL THEN 'turn' ELSE kept.refused('moment not kept') END);

-- The asker's turn, as far as all of the days were counted as `counted` names: the variable of that
-- name lists them, `counted_tally` and its like. Else they are refused as above. The days must be
-- constants: for others than those there is tally_of_days.
CREATE OR REPLACE MACRO kept.turn_told(counted, days, known) AS getvariable(
  CASE WHEN known IS NOT NULL THEN kept.refused('moment not kept')
       WHEN days IS NULL OR list_count(days) = 0 THEN 'turn'
       WHEN list_has_all(getvariable('counted_' || counted), days) THEN 'turn'
       ELSE kept.refused('days not counted as ' || counted || ': ' || days::VARCHAR) END);

-- What the words of the same name in main tell, from the days that were counted.
CREATE OR REPLACE MACRO kept.tally_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.tally_of_day AS counted
  WHERE turn = kept.turn_told('tally', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
-- The same of days that are found by a subquery. They are materialized, so that the refusal comes
-- also where no row would be met.
CREATE OR REPLACE MACRO kept.tally_of_days(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH day AS MATERIALIZED (
    SELECT CASE WHEN known IS NOT NULL THEN error('moment not kept')
                WHEN days_found IS NULL OR list_count(days_found) = 0
                  OR list_has_all(getvariable('counted_tally'), days_found) THEN days_found
                ELSE error('days not counted as tally: ' || days_found::VARCHAR) END AS days_told
    FROM (SELECT days AS days_found)
  )
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM day CROSS JOIN memory.kept.tally_of_day AS counted
  WHERE turn = getvariable('turn') AND list_contains(days_told, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.promise_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.promise_of_day AS counted
  WHERE turn = kept.turn_told('promise', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.way_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.way_of_day AS counted
  WHERE turn = kept.turn_told('way', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.place_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.place_of_day AS counted
  WHERE turn = kept.turn_told('place', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.history_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.history_of_day AS counted
  WHERE turn = kept.turn_told('history', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.ticket_place_asked(
  campaign_asked, days, known, units_asked, league_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.ticket_place_of_day AS counted
  WHERE turn = kept.turn_told('ticket_place', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    NULL, NULL, counted.leader_post, post_asked);
CREATE OR REPLACE MACRO kept.ticket_tally_asked(campaign_asked, days, known, units_asked) AS TABLE
  SELECT counted.* EXCLUDE (turn)
  FROM memory.kept.ticket_tally_of_day AS counted
  WHERE turn = kept.turn_told('ticket_tally', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, NULL, NULL, NULL, NULL, NULL, NULL);
