-- How units, tickets and tasks stand.

-- How the units of each league stood on each of the days. A unit with fewer due
-- items than the pack's minimum is listed without a rank (F3). The units and the post
-- asked about narrow what is shown, not whom a unit is ranked against.
CREATE OR REPLACE MACRO unit_standing(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH item AS (
    FROM tally_of_days(campaign_asked, days, known, NULL, league_asked, dimensions_asked, NULL)
  ),
  counted AS (
    SELECT day.as_of, roster.campaign, roster.league, roster.unit, roster.leader_post,
           roster.position, pack_campaign.minimum_due_items,
           tallied(item.alike_count, true) AS item_count,
           tallied(item.alike_count, item.is_due) AS due_count,
           tallied(item.alike_count, item.is_closed) AS closed_count,
           tallied(item.alike_count, item.is_due AND item.is_closed) AS closed_due_count,
           tallied(item.alike_count, item.is_overdue) AS overdue_count,
           tallied(item.alike_count, item.is_reopened) AS reopened_count
    FROM (SELECT DISTINCT unnest(days) AS as_of) AS day
    CROSS JOIN unit_known(known) AS roster
    JOIN memory.main.pack_campaign AS pack_campaign ON pack_campaign.campaign = roster.campaign
    LEFT JOIN item
      ON item.as_of = day.as_of AND item.campaign = roster.campaign AND item.unit = roster.unit
    WHERE (campaign_asked IS NULL OR roster.campaign = campaign_asked)
      AND (league_asked IS NULL OR roster.league = league_asked)
    GROUP BY ALL
  ),
  shared AS (
    SELECT *,
           share(closed_due_count, due_count) AS closed_share,
           wilson_low(closed_due_count, due_count) AS share_low,
           wilson_high(closed_due_count, due_count) AS share_high,
           share(sum(closed_due_count) OVER in_league, sum(due_count) OVER in_league)
             AS league_share,
           due_count >= minimum_due_items AS is_ranked
    FROM counted
    WINDOW in_league AS (PARTITION BY as_of, campaign, league)
  ),
  ranked AS (
    SELECT *, CASE WHEN is_ranked THEN rank() OVER (
             PARTITION BY as_of, campaign, league, is_ranked ORDER BY closed_share DESC) END AS rank
    FROM shared
  )
  SELECT *, rank IS NOT NULL AND count(*) OVER (PARTITION BY as_of, campaign, league, rank) > 1
           AS is_tied,
         league_state(closed_share, share_high, league_share) AS state
  FROM ranked
  WHERE (units_asked IS NULL OR list_contains(units_asked, unit))
    AND (post_asked IS NULL OR leader_post = post_asked);

-- Every ticket received by each of the days, as last reported (B9).
--
-- is_closed    answered by the day: the answer's day when it is given, else the state
-- is_on_time   due and answered by the deadline; an answer without a day is not called late
-- answer_days  calendar days from receipt to answer
CREATE OR REPLACE MACRO ticket_on(days, known) AS TABLE
  WITH reported AS (
    SELECT day.as_of, slice.campaign, tickets.*
    FROM store.main.tickets
    ANTI JOIN row_outdone('tickets', known) AS outdone USING (upload, sheet, row, item_key)
    JOIN slice_known(known) AS slice
      ON slice.upload = tickets.upload AND slice.ledger = 'tickets' AND slice.period = tickets.period
    JOIN (SELECT DISTINCT unnest(days) AS as_of) AS day ON tickets.received_on <= day.as_of
  ),
  judged AS (
    SELECT *,
           coalesce(CASE WHEN closed_on IS NOT NULL THEN closed_on <= as_of
                         ELSE state = 'closed' END, false) AS is_closed
    FROM reported WHERE state IS DISTINCT FROM 'withdrawn'
  )
  SELECT *,
         coalesce(due_on <= as_of, false) AS is_due,
         coalesce(due_on < as_of, false) AND NOT is_closed AS is_overdue,
         coalesce(
           due_on <= as_of AND is_closed AND coalesce(closed_on, due_on) <= due_on, false)
           AS is_on_time,
         CASE WHEN is_closed THEN closed_on - received_on END AS answer_days
  FROM judged;

-- Every task on each of the days, with its pace and its light (A5, A7).
--
-- achieved_share  value / target where the list has numbers, else the share it states, else 1
--                 for a closed task
-- schedule_share  the part of its time, from the campaign's first day to its deadline, that has
--                 passed; 1 from the deadline on
-- light           green when closed; red when overdue; else achieved against schedule: green
--                 from 0.95 of the pace, yellow from 0.75, red below; NULL when nothing is stated
CREATE OR REPLACE MACRO task_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH paced AS (
    SELECT item.*,
           coalesce(
             item.value / nullif(item.target_value, 0), item.progress_share,
             CASE WHEN item.is_closed THEN 1.0 END) AS achieved_share,
           CASE WHEN item.due_on <= item.as_of THEN 1.0
                WHEN item.due_on IS NOT NULL THEN greatest(
                  0.0,
                  (item.as_of - pack_campaign.start_on + 1)
                  / (item.due_on - pack_campaign.start_on + 1))
           END::DOUBLE AS schedule_share
    FROM item_asked(
      campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked) AS item
    JOIN memory.main.pack_campaign AS pack_campaign ON pack_campaign.campaign = item.campaign
    WHERE item.ledger = 'tasks'
  )
  SELECT *,
         CASE WHEN is_closed THEN 'green' WHEN is_overdue THEN 'red'
              WHEN achieved_share >= 0.95 * schedule_share THEN 'green'
              WHEN achieved_share >= 0.75 * schedule_share THEN 'yellow'
              WHEN achieved_share < 0.75 * schedule_share THEN 'red' END AS light
  FROM paced;
