-- Items on a day: state, deadline in force, steps and checks.

-- What each month's list said of each item: problems and tasks, one row a report.
CREATE OR REPLACE MACRO item_report(known) AS TABLE
  SELECT slice.campaign, slice.ledger, slice.unit AS submitting_unit, row_of_ledger.*
  FROM (
    SELECT 'problems' AS ledger_kind, upload, sheet, row, period, item_key, item_no, dimension, title,
           unit, partners, leader_post, community, enterprise, goal, measure,
           NULL::VARCHAR AS target, NULL::VARCHAR AS milestone, found_on, due_on, due_text,
           is_due_derived, extended_to, extended_on, extension_reason, state, closed_on,
           NULL::DOUBLE AS target_value, NULL::DOUBLE AS value, NULL::VARCHAR AS unit_of_measure,
           NULL::DOUBLE AS progress_share, progress_note, longitude, latitude, note,
           task_no, channel, found_by, kind, difficulty, handling, level, applied_on,
           confirmed_on, carried_from
    FROM store.main.problems
    UNION ALL
    SELECT 'tasks', upload, sheet, row, period, item_key, item_no, dimension, title,
           unit, partners, leader_post, community, NULL, NULL, NULL,
           target, milestone, NULL, due_on, due_text,
           is_due_derived, extended_to, extended_on, extension_reason, state, closed_on,
           target_value, value, unit_of_measure, progress_share, progress_note, NULL, NULL, note,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM store.main.tasks
  ) AS row_of_ledger
  JOIN slice_known(known) AS slice
    ON slice.upload = row_of_ledger.upload AND slice.ledger = row_of_ledger.ledger_kind
   AND slice.period = row_of_ledger.period;

-- The day that a text names, as offices write it; NULL where it is none.
CREATE OR REPLACE MACRO day_named(words) AS
  coalesce(try_cast(words AS DATE),
    try_strptime(words, ['%Y年%m月%d日', '%Y.%m.%d', '%Y/%m/%d', '%Y%m%d'])::DATE);

-- Every step of an item on its way (办理流程), as known at a moment.
CREATE OR REPLACE MACRO step_known(known) AS TABLE
  SELECT slice.campaign, steps.*
  FROM store.main.steps
  ANTI JOIN row_outdone('steps', known) AS outdone USING (upload, sheet, row, item_key)
  JOIN slice_known(known) AS slice
    ON slice.upload = steps.upload AND slice.ledger = 'steps' AND slice.period = steps.period;

-- Every check on the spot (核查), as known at a moment: lists and filled check forms add up, and
-- of one item on one day the list published last holds.
CREATE OR REPLACE MACRO check_known(known) AS TABLE
  SELECT slice.campaign, checks.*
  FROM store.main.checks
  JOIN slice_known(known) AS slice
    ON slice.upload = checks.upload AND slice.ledger = 'checks' AND slice.period = checks.period
  QUALIFY checks.upload = first_value(checks.upload) OVER (
    PARTITION BY slice.campaign, item_key, checked_on
    ORDER BY slice.from_at DESC, checks.upload DESC);

-- Whether the lists had reported an item closed when it was checked: that of the check's month,
-- or the last one before. `closings` are the lists that report it closed.
CREATE OR REPLACE MACRO was_closed_on(closings, open_periods, check_day) AS coalesce(
  list_max(list_transform(
    list_filter(closings, lambda closing: greatest(closing.closed_on, closing.period) <= check_day),
    lambda closing: closing.period))
  > coalesce(
    list_max(list_filter(open_periods, lambda month: month < date_trunc('month', check_day))),
    DATE '0001-01-01'), false);

-- Whether a list reports an item closed since it was checked: with a later closing day or,
-- without one, after a list that had it open.
CREATE OR REPLACE MACRO is_closed_again(closings, open_periods, check_day) AS coalesce(
  len(list_filter(closings, lambda closing:
    closing.closed_on > check_day
    OR (closing.closed_on IS NULL AND closing.period > list_min(
      list_filter(open_periods, lambda month: month >= date_trunc('month', check_day)))))) > 0,
  false);

-- The original deadline among an item's reports, the first that any list gave: one that the pack
-- derived stands only until a list gives one.
CREATE OR REPLACE MACRO first_deadline(due_day, is_derived, report_month) AS
  coalesce(
    arg_min(due_day, report_month) FILTER (NOT coalesce(is_derived, false)),
    arg_min(due_day, report_month));

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
-- due_on           the original deadline, or an extension approved before it passed, whether the
--                  list gives it or a step of 延期 does
-- original_due_on  the first deadline any list gave
-- closed_at_on     the closing day; without one, the first day of the month first reported closed
-- is_reported_closed  the lists say that it was closed by the day
-- is_reopened      its last check found false what the lists had reported closed, and no later
--                  list reports a new closing (假销号, B4): it is open, whatever the list says
-- is_closed        reported closed by the day, and not reopened
-- is_due           the deadline fell on or before the day
-- is_overdue       it fell before the day and the item was not closed by the day
-- is_on_time       due, and closed on or before the deadline in force
-- is_verified      closed, and the last check since the closing found it true
-- checked_on       the day of its last check since the closing
-- is_vanished      open, and a later list that should name the item does not; a nil return
--                  (零报告) is no list
CREATE OR REPLACE MACRO item_on(days, known) AS TABLE
  WITH report AS (SELECT * FROM item_report(known)),
  slice AS (FROM slice_known(known)),
  day AS (SELECT DISTINCT unnest(days) AS as_of),
  -- What is said of an item, by its lists and between them: each on its day.
  said AS (
    SELECT campaign, ledger, item_key, period AS said_on, period, due_on, is_due_derived,
           extended_on, extended_to, state, closed_on, NULL AS found
    FROM report
    UNION ALL
    SELECT campaign, unnest(['problems', 'tasks']), item_key, step_on, NULL, NULL, NULL,
           step_on, day_named(new_value), NULL, NULL, NULL
    FROM step_known(known)
    WHERE step = '延期'
    UNION ALL
    SELECT campaign, unnest(['problems', 'tasks']), item_key, checked_on, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL,
           {'checked_on': checked_on, 'upload': upload, 'row': row, 'is_verified': is_verified}
    FROM check_known(known)
  ),
  history AS (
    SELECT day.as_of, said.campaign, said.ledger, said.item_key,
           first_deadline(said.due_on, said.is_due_derived, said.period) AS original_due_on,
           coalesce(
             bool_and(coalesce(said.is_due_derived, false)) FILTER (said.due_on IS NOT NULL),
             false)
             AS is_original_derived,
           list(DISTINCT {'approved_on': said.extended_on, 'moved_to': said.extended_to})
             FILTER (said.extended_on IS NOT NULL AND said.extended_to IS NOT NULL) AS extensions,
           min(said.period) AS first_period,
           max(said.period) AS last_period,
           list({'period': said.period, 'closed_on': said.closed_on})
             FILTER (said.state = 'closed') AS closings,
           list(said.period) FILTER (said.state <> 'closed') AS open_periods,
           max(said.found) AS last_check
    FROM day JOIN said ON said.said_on <= day.as_of
    GROUP BY ALL
  ),
  -- The last month that each unit, or a list of all (''), reported by the day.
  reported AS (
    SELECT as_of, campaign, ledger, map_from_entries(list((unit, period))) AS periods
    FROM (
      SELECT day.as_of, slice.campaign, slice.ledger, slice.unit, max(slice.period) AS period
      FROM day JOIN slice ON slice.period <= day.as_of
      JOIN store.main.upload AS sent ON sent.upload = slice.upload
      WHERE slice.ledger IN ('problems', 'tasks') AND NOT coalesce(sent.is_nil, false)
      GROUP BY ALL
    ) GROUP BY ALL
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
             list_min(list_transform(
               list_filter(history.closings, lambda closing:
                 closing.period > coalesce(list_max(history.open_periods), DATE '0001-01-01')),
               lambda closing: closing.period))) END AS closed_at_on,
           last_check, closings, open_periods
    FROM history JOIN report USING (campaign, ledger, item_key)
    ANTI JOIN withdrawal_known(known) AS withdrawal
      ON withdrawal.campaign = history.campaign AND withdrawal.ledger = history.ledger
     AND withdrawal.item_key = history.item_key
     AND withdrawal.period > history.last_period AND withdrawal.period <= history.as_of
    WHERE report.period = history.last_period AND report.state <> 'withdrawn'
  ),
  checked AS (
    SELECT * EXCLUDE (last_check, closings, open_periods),
           coalesce(closed_at_on <= as_of, false) AS is_reported_closed,
           CASE WHEN coalesce(last_check.is_verified, true) THEN false
                WHEN closed_at_on <= as_of THEN last_check.checked_on >= closed_at_on
                ELSE was_closed_on(closings, open_periods, last_check.checked_on)
                  AND NOT is_closed_again(closings, open_periods, last_check.checked_on)
                END AS is_reopened,
           last_check.is_verified AND last_check.checked_on >= closed_at_on AS is_found_true,
           last_check.checked_on AS checked_on
    FROM stated
  ),
  judged AS (
    SELECT * EXCLUDE (is_found_true),
           is_reported_closed AND NOT is_reopened AS is_closed,
           coalesce(due_on <= as_of, false) AS is_due,
           is_reported_closed AND coalesce(is_found_true, false) AS is_verified
    FROM checked
  )
  SELECT judged.*,
         is_due AND due_on < as_of AND NOT is_closed AS is_overdue,
         CASE WHEN due_on < as_of AND NOT is_closed THEN as_of - due_on END AS overdue_days,
         is_due AND is_closed AND closed_at_on <= due_on AS is_on_time,
         coalesce(due_on > original_due_on, false) AS is_extended,
         NOT is_closed AND coalesce(greatest(
           reported.periods[''], reported.periods[submitting_unit],
           reported.periods[unit]) > period, false) AS is_vanished
  FROM judged LEFT JOIN reported USING (as_of, campaign, ledger);
