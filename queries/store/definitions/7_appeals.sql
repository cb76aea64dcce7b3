-- Petitions and what became of appeals.

-- Every petition registered by each of the days, as last reported (B9).
--
-- is_closed   settled by the day: the closing day when it is given, else the state
-- is_on_time  due and settled by the deadline; a settling without a day is not called late
-- is_backlog  an old matter taken up again (积案): it is not a petition of the month it is
--             registered in
-- is_trip     people went in person to the province or to the capital
CREATE OR REPLACE MACRO petition_on_days(days, known) AS TABLE
  WITH reported AS (
    SELECT day.as_of, slice.campaign, petitions.* REPLACE (coalesce(petitions.is_backlog, false) AS is_backlog)
    FROM store.main.petitions
    ANTI JOIN row_outdone('petitions', known) AS outdone USING (upload, sheet, row, item_key)
    JOIN slice_known(known) AS slice
      ON slice.upload = petitions.upload AND slice.ledger = 'petitions'
     AND slice.period = petitions.period
    JOIN (SELECT DISTINCT unnest(days) AS as_of) AS day ON petitions.received_on <= day.as_of
    WHERE petitions.state IS DISTINCT FROM 'withdrawn'
  ),
  judged AS (
    SELECT *,
           coalesce(CASE WHEN closed_on IS NOT NULL THEN closed_on <= as_of
                         ELSE state = 'closed' END, false) AS is_closed
    FROM reported
  )
  SELECT *,
         coalesce(due_on <= as_of, false) AS is_due,
         coalesce(due_on < as_of, false) AND NOT is_closed AS is_overdue,
         coalesce(
           due_on <= as_of AND is_closed AND coalesce(closed_on, due_on) <= due_on, false)
           AS is_on_time,
         CASE WHEN is_closed THEN closed_on - received_on END AS answer_days,
         coalesce(level IN ('省级', '中央'), false) AND coalesce(form = '来访', true) AS is_trip
  FROM judged;

CREATE OR REPLACE MACRO petition_on(day_asked, known) AS TABLE
  SELECT * EXCLUDE (as_of) FROM petition_on_days([day_asked], known);

-- Petitions as appeals, on each of the days (B9).
CREATE OR REPLACE MACRO petition_appeal_on_days(days, known) AS TABLE
  SELECT as_of, campaign, 'petitions' AS ledger, item_key, title,
         CASE form WHEN '网上' THEN '网上信访' ELSE concat('信访', form) END AS channel,
         unit, community, received_on, due_on, closed_on, is_closed, is_resolved, is_satisfied,
         is_due, is_overdue, is_on_time, answer_days, is_backlog, is_trip, level, persons_count,
         assigned_by, disposal, upload, sheet, row
  FROM petition_on_days(days, known);

-- Tickets as appeals, on each of the days (B9). A matter that both ledgers have under one number
-- counts once, as the petition that it is.
CREATE OR REPLACE MACRO ticket_appeal_on_days(days, known) AS TABLE
  SELECT as_of, campaign, 'tickets' AS ledger, item_key, title,
         coalesce(channel, '未注明') AS channel,
         unit, community, received_on, due_on, closed_on, is_closed, is_resolved, is_satisfied,
         is_due, is_overdue, is_on_time, answer_days, false AS is_backlog, false AS is_trip,
         NULL::VARCHAR AS level, NULL::DOUBLE AS persons_count, NULL::VARCHAR AS assigned_by,
         NULL::VARCHAR AS disposal, upload, sheet, row
  FROM ticket_on(days, known) AS ticket
  -- Where there are no petitions this costs nothing; NOT EXISTS would look at each ticket.
  ANTI JOIN petition_on_days(days, known) AS petition
    ON petition.as_of = ticket.as_of AND petition.campaign = ticket.campaign
   AND petition.item_key = ticket.item_key;

CREATE OR REPLACE MACRO appeal_on_days(days, known) AS TABLE
  FROM petition_appeal_on_days(days, known) UNION ALL FROM ticket_appeal_on_days(days, known);

-- The same rolled up: those alike in channel, community, month of receipt and days to the
-- answer as one row.
CREATE OR REPLACE MACRO appeal_tally_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, community, channel, strftime(received_on, '%Y-%m') AS month,
         answer_days, is_backlog,
         count(*) AS received_count,
         count(*) FILTER (is_closed) AS closed_count,
         count(is_resolved) FILTER (is_closed) AS said_count,
         count(*) FILTER (is_closed AND is_resolved) AS resolved_count,
         count(is_satisfied) FILTER (is_closed) AS rated_count,
         count(*) FILTER (is_closed AND is_satisfied) AS satisfied_count,
         count(*) FILTER (is_due) AS due_count,
         count(*) FILTER (is_on_time) AS on_time_count,
         count(*) FILTER (is_overdue) AS overdue_count
  FROM appeal_on_days(days, known) GROUP BY ALL;

CREATE OR REPLACE MACRO appeal_tally_asked(
  campaign_asked, days, known, units_asked, league_asked, post_asked
) AS TABLE
  SELECT appeal.*, unit_known.league
  FROM appeal_tally_on(days, known) AS appeal
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    appeal.campaign, campaign_asked, appeal.unit, units_asked, unit_known.league, league_asked,
    NULL, NULL, unit_known.leader_post, post_asked);
