-- What the words mean, once. Recreated at every open, callee first; an argument
-- is never named like a column.

-- The 95 % Wilson score interval of a share (Wilson 1927); NULL for no cases.
CREATE OR REPLACE MACRO wilson_low(hits, cases) AS
  CASE WHEN cases > 0 THEN greatest(0.0,
    (hits + 1.959963984540054 ** 2 / 2
      - 1.959963984540054 * sqrt(hits * (cases - hits) / cases + 1.959963984540054 ** 2 / 4))
    / (cases + 1.959963984540054 ** 2)) END;
CREATE OR REPLACE MACRO wilson_high(hits, cases) AS
  CASE WHEN cases > 0 THEN least(1.0,
    (hits + 1.959963984540054 ** 2 / 2
      + 1.959963984540054 * sqrt(hits * (cases - hits) / cases + 1.959963984540054 ** 2 / 4))
    / (cases + 1.959963984540054 ** 2)) END;

CREATE OR REPLACE MACRO share(part_count, whole_count) AS
  CASE WHEN whole_count > 0 THEN part_count / whole_count END;

-- How a group stands against the time schedule: behind by more than 5 points,
-- low when behind at all, level otherwise.
CREATE OR REPLACE MACRO schedule_state(gap) AS
  CASE WHEN gap < -0.05 THEN 'behind' WHEN gap < 0 THEN 'low' WHEN gap IS NOT NULL THEN 'level' END;

-- How a unit stands among its league: behind when even its upper bound stays
-- under the league's share; low when more than 5 points under it but not surely.
CREATE OR REPLACE MACRO league_state(own_share, own_high, whole_share) AS
  CASE WHEN own_high < whole_share THEN 'behind'
       WHEN own_share < whole_share - 0.05 THEN 'low'
       WHEN own_share IS NOT NULL THEN 'level' END;

-- The slices in force as they were known at a moment; NULL means now.
CREATE OR REPLACE MACRO slice_known(known) AS TABLE
  SELECT * FROM store.main.slice
  WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'));

-- The month ends from the month of the earliest day to that of the latest.
CREATE OR REPLACE MACRO month_ends(earliest, latest) AS
  list_transform(
    generate_series(date_trunc('month', earliest), date_trunc('month', latest), INTERVAL 1 MONTH),
    lambda month_start: last_day(month_start::DATE));

-- The day in Shanghai of a moment that is kept in UTC; China keeps one time all year.
CREATE OR REPLACE MACRO shanghai_day(moment) AS (moment + INTERVAL 8 HOUR)::DATE;

-- The reasons in force, as known at a moment, for items that a list no longer names.
CREATE OR REPLACE MACRO withdrawal_known(known) AS TABLE
  SELECT * FROM store.main.withdrawal
  WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'));

-- Every unit of a campaign: the roster last imported over the pack's.
CREATE OR REPLACE MACRO unit_known(known) AS TABLE
  WITH imported AS (
    SELECT slice_known.campaign, units.name AS unit, units.league, units.leader_post,
           1000 + units.row AS position
    FROM store.main.units JOIN slice_known(known) AS slice_known USING (upload)
    WHERE slice_known.ledger = 'units'
  )
  SELECT campaign, unit, coalesce(imported.league, pack_unit.league) AS league,
         coalesce(imported.leader_post, pack_unit.leader_post) AS leader_post,
         coalesce(pack_unit.position, imported.position) AS position
  FROM memory.main.pack_unit AS pack_unit FULL JOIN imported USING (campaign, unit);

-- Every community of a campaign: the list last imported over the pack's.
CREATE OR REPLACE MACRO community_known(known) AS TABLE
  WITH imported AS (
    SELECT slice_known.campaign, communities.name AS community, communities.code,
           communities.street, 1000 + communities.row AS position
    FROM store.main.communities JOIN slice_known(known) AS slice_known USING (upload)
    WHERE slice_known.ledger = 'communities'
  )
  SELECT campaign, community, coalesce(imported.code, pack_community.code) AS code,
         coalesce(imported.street, pack_community.street) AS street,
         coalesce(pack_community.position, imported.position) AS position
  FROM memory.main.pack_community AS pack_community FULL JOIN imported USING (campaign, community);

-- What each month's list said of each item: problems and tasks, one row a report.
CREATE OR REPLACE MACRO item_report(known) AS TABLE
  SELECT slice.campaign, slice.ledger, slice.unit AS submitting_unit, row_of_ledger.*
  FROM (
    SELECT 'problems' AS ledger_kind, upload, sheet, row, period, item_key, item_no, dimension, title,
           unit, partners, leader_post, community, enterprise, goal, measure,
           NULL::VARCHAR AS target, NULL::VARCHAR AS milestone, found_on, due_on, due_text,
           is_due_derived, extended_to, extended_on, extension_reason, state, closed_on,
           NULL::DOUBLE AS target_value, NULL::DOUBLE AS value, NULL::VARCHAR AS unit_of_measure,
           NULL::DOUBLE AS progress_share, progress_note, longitude, latitude, note
    FROM store.main.problems
    UNION ALL
    SELECT 'tasks', upload, sheet, row, period, item_key, item_no, dimension, title,
           unit, partners, leader_post, community, NULL, NULL, NULL,
           target, milestone, NULL, due_on, due_text,
           is_due_derived, extended_to, extended_on, extension_reason, state, closed_on,
           target_value, value, unit_of_measure, progress_share, progress_note, NULL, NULL, note
    FROM store.main.tasks
  ) AS row_of_ledger
  JOIN slice_known(known) AS slice
    ON slice.upload = row_of_ledger.upload AND slice.ledger = row_of_ledger.ledger_kind
   AND slice.period = row_of_ledger.period;

-- The deadline after the extensions: each counts only when it was approved by the
-- day asked and before the deadline then in force had passed (B10).
CREATE OR REPLACE MACRO extended_deadline(first_deadline, extensions, day_asked) AS
  list_reduce(
    list_sort(list_filter(extensions, lambda extension: extension.approved_on <= day_asked)),
    lambda deadline, extension: CASE
      WHEN extension.approved_on <= deadline.moved_to AND extension.moved_to > deadline.moved_to
      THEN extension ELSE deadline END,
    {'approved_on': first_deadline, 'moved_to': first_deadline}).moved_to;

-- Every item as it stood on each of the days: its newest report of a month not
-- after the day's. An item missing from a later list stays as last reported; one
-- withdrawn (merged, handed over, revoked, double) is not counted: as its list says, or by
-- the reason given for the list that no longer named it, until a list of that month or of a
-- later one names it.
--
-- due_on           the original deadline, or an extension approved before it passed
-- original_due_on  the first deadline any list gave
-- closed_at_on     the closing day; without one, the first day of the month first reported closed
-- is_due           the deadline fell on or before the day
-- is_overdue       it fell before the day and the item was not closed by the day
-- is_on_time       due, and closed on or before the deadline in force
-- is_verified      closed, and the last check since the closing found it true
-- is_vanished      open, and a later list that should name the item does not; a nil return
--                  (零报告) is no list
CREATE OR REPLACE MACRO item_on(days, known) AS TABLE
  WITH report AS (SELECT * FROM item_report(known)),
  slice AS (
    SELECT slice_sent.* FROM slice_known(known) AS slice_sent
    JOIN store.main.upload AS sent ON sent.upload = slice_sent.upload
    WHERE slice_sent.ledger IN ('problems', 'tasks') AND NOT coalesce(sent.is_nil, false)
  ),
  withdrawal AS (FROM withdrawal_known(known)),
  day AS (SELECT DISTINCT unnest(days) AS as_of),
  history AS (
    SELECT day.as_of, report.campaign, report.ledger, report.item_key,
           -- A deadline the pack derived stands only until a list gives one.
           coalesce(
             arg_min(report.due_on, report.period) FILTER (NOT coalesce(report.is_due_derived, false)),
             arg_min(report.due_on, report.period)) AS original_due_on,
           coalesce(
             bool_and(coalesce(report.is_due_derived, false)) FILTER (report.due_on IS NOT NULL),
             false)
             AS is_original_derived,
           list(DISTINCT {'approved_on': report.extended_on, 'moved_to': report.extended_to})
             FILTER (report.extended_on IS NOT NULL AND report.extended_to IS NOT NULL) AS extensions,
           min(report.period) AS first_period,
           max(report.period) AS last_period,
           coalesce(max(report.period) FILTER (report.state <> 'closed'), DATE '0001-01-01')
             AS last_open_period,
           list(report.period ORDER BY report.period) FILTER (report.state = 'closed')
             AS closed_periods
    FROM day JOIN report ON report.period <= day.as_of
    GROUP BY ALL
  ),
  stated AS (
    SELECT history.as_of, history.original_due_on, history.first_period, report.* REPLACE (
             coalesce(
               extended_deadline(history.original_due_on, history.extensions, history.as_of),
               history.original_due_on) AS due_on,
             history.is_original_derived AS is_due_derived),
           report.due_on AS reported_due_on,
           CASE WHEN report.state = 'closed' THEN coalesce(
             report.closed_on,
             list_filter(history.closed_periods,
                         lambda month: month > history.last_open_period)[1]) END AS closed_at_on
    FROM history JOIN report USING (campaign, ledger, item_key)
    WHERE report.period = history.last_period AND report.state <> 'withdrawn'
      AND NOT EXISTS (
        FROM withdrawal
        WHERE withdrawal.campaign = history.campaign AND withdrawal.ledger = history.ledger
          AND withdrawal.item_key = history.item_key
          AND withdrawal.period > history.last_period AND withdrawal.period <= history.as_of)
  ),
  judged AS (
    SELECT *,
           coalesce(closed_at_on <= as_of, false) AS is_closed,
           coalesce(due_on <= as_of, false) AS is_due,
           coalesce(due_on < as_of, false) AND NOT coalesce(closed_at_on <= as_of, false)
             AS is_overdue
    FROM stated
  ),
  checked AS (
    SELECT judged.as_of, judged.campaign, judged.ledger, judged.item_key,
           arg_max(checks.is_verified, (checks.checked_on, checks.upload, checks.row)) AS is_verified,
           max(checks.checked_on) AS checked_on
    FROM judged
    JOIN store.main.checks ON checks.item_key = judged.item_key
     AND checks.checked_on <= judged.as_of AND checks.checked_on >= judged.closed_at_on
    JOIN slice_known(known) AS check_slice
      ON check_slice.upload = checks.upload AND check_slice.ledger = 'checks'
     AND check_slice.period = checks.period AND check_slice.campaign = judged.campaign
    WHERE judged.is_closed
    GROUP BY ALL
  )
  SELECT judged.*,
         CASE WHEN judged.is_overdue THEN (judged.as_of - judged.due_on) END AS overdue_days,
         judged.is_due AND judged.is_closed AND judged.closed_at_on <= judged.due_on AS is_on_time,
         judged.is_closed AND coalesce(checked.is_verified, false) AS is_verified,
         checked.checked_on,
         coalesce(judged.due_on > judged.original_due_on, false) AS is_extended,
         NOT judged.is_closed AND EXISTS (
           FROM slice
           WHERE slice.campaign = judged.campaign AND slice.ledger = judged.ledger
             AND slice.period > judged.period AND slice.period <= judged.as_of
             AND slice.unit IN ('', judged.submitting_unit, judged.unit)
         ) AS is_vanished
  FROM judged LEFT JOIN checked USING (as_of, campaign, ledger, item_key);

-- The items a question is asked about: item_on with the shared filters.
CREATE OR REPLACE MACRO item_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT item.*, unit_known.league, unit_known.leader_post AS unit_leader_post
  FROM item_on(days, known) AS item
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE (campaign_asked IS NULL OR item.campaign = campaign_asked)
    AND (units_asked IS NULL OR list_contains(units_asked, item.unit))
    AND (league_asked IS NULL OR unit_known.league = league_asked)
    AND (dimensions_asked IS NULL OR list_contains(dimensions_asked, item.dimension))
    AND (post_asked IS NULL OR unit_known.leader_post = post_asked);

-- Which units of the roster reported the day's month: by a slice of their own, or
-- because a list of all units came in (a unit it does not name has no items).
CREATE OR REPLACE MACRO unit_reported(day_asked, known) AS TABLE
  SELECT unit_known.campaign, unit_known.unit, unit_known.league, unit_known.leader_post,
         unit_known.position,
         coalesce(bool_or(slice.period = date_trunc('month', day_asked)), false) AS is_reported,
         max(slice.period) AS last_period
  FROM unit_known(known) AS unit_known
  LEFT JOIN slice_known(known) AS slice
    ON slice.campaign = unit_known.campaign AND slice.ledger IN ('problems', 'tasks')
   AND slice.period <= day_asked AND slice.unit IN ('', unit_known.unit)
  GROUP BY ALL;

-- How the units of each league stood on each of the days. A unit with fewer due
-- items than the pack's minimum is listed without a rank (F3). The units and the post
-- asked about narrow what is shown, not whom a unit is ranked against.
CREATE OR REPLACE MACRO unit_standing(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH item AS (
    FROM item_asked(campaign_asked, days, known, NULL, league_asked, dimensions_asked, NULL)
  ),
  counted AS (
    SELECT day.as_of, roster.campaign, roster.league, roster.unit, roster.leader_post,
           roster.position, pack_campaign.minimum_due_items,
           count(item.item_key) AS item_count,
           count(*) FILTER (item.is_due) AS due_count,
           count(*) FILTER (item.is_closed) AS closed_count,
           count(*) FILTER (item.is_due AND item.is_closed) AS closed_due_count,
           count(*) FILTER (item.is_overdue) AS overdue_count
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

-- Every ticket received by the day, as last reported (B9).
--
-- is_closed    answered by the day: the answer's day when it is given, else the state
-- is_on_time   due and answered by the deadline; an answer without a day is not called late
-- answer_days  calendar days from receipt to answer
CREATE OR REPLACE MACRO ticket_on(day_asked, known) AS TABLE
  WITH reported AS (
    SELECT slice.campaign, tickets.*
    FROM store.main.tickets
    JOIN slice_known(known) AS slice
      ON slice.upload = tickets.upload AND slice.ledger = 'tickets' AND slice.period = tickets.period
    WHERE tickets.received_on <= day_asked
  ),
  judged AS (
    SELECT *,
           coalesce(CASE WHEN closed_on IS NOT NULL THEN closed_on <= day_asked
                         ELSE state = 'closed' END, false) AS is_closed
    FROM reported WHERE state IS DISTINCT FROM 'withdrawn'
  )
  SELECT *,
         coalesce(due_on <= day_asked, false) AS is_due,
         coalesce(due_on < day_asked, false) AND NOT is_closed AS is_overdue,
         coalesce(
           due_on <= day_asked AND is_closed AND coalesce(closed_on, due_on) <= due_on, false)
           AS is_on_time,
         CASE WHEN is_closed THEN closed_on - received_on END AS answer_days
  FROM judged;
