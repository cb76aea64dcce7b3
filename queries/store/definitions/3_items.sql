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

-- Whether a kind of step is one of those asked for.
CREATE OR REPLACE MACRO is_step_meant(step_told, steps_asked) AS
  steps_asked IS NULL OR list_contains(steps_asked, step_told);

-- What a check found, as offices write it in a step of 抽查; NULL where it is neither.
CREATE OR REPLACE MACRO result_named(words) AS
  CASE WHEN words = '否' OR regexp_matches(words, '不属实|不实|假销号|不通过|未通过|不合格') THEN false
       WHEN words = '是' OR regexp_matches(words, '属实|真销号|通过|合格') THEN true END;

-- Every check, whichever ledger tells it: a step of 抽查 that says what was found is one, unless
-- the ledger of checks has one of the same item and day (B5).
CREATE OR REPLACE MACRO check_found(known) AS TABLE
  SELECT campaign, item_key, checked_on, is_verified, checker_post, note, upload, sheet, row
  FROM check_known(known)
  UNION ALL
  (SELECT steps.campaign, steps.item_key, step_on, result_named(new_value), post, reason,
          steps.upload, steps.sheet, steps.row
   FROM step_known(known) AS steps
   ANTI JOIN check_known(known) AS listed
     ON listed.campaign = steps.campaign AND listed.item_key = steps.item_key
    AND listed.checked_on = steps.step_on
   WHERE step = '抽查' AND result_named(new_value) IS NOT NULL
   QUALIFY row_number() OVER (
     PARTITION BY steps.campaign, steps.item_key, step_on
     ORDER BY steps.upload DESC, steps.row DESC) = 1);

-- What a step says it went to, without the words around it.
CREATE OR REPLACE MACRO named_by_step(words) AS
  named_in(regexp_replace(
    trim(words), '^(并入|合并到|合并至|移交至|移交给|移交|拆分为|拆为)', ''));

-- A word on a closing, from the later of two of one day: 确认, a check told as a step, a check of the
-- ledger of checks, 退回 (places 0 to 3). NULL of other steps, and of a check without a result.
CREATE OR REPLACE MACRO closing_word(said_day, place_of_day, upload_of, row_of, speaks_for_it) AS
  CASE WHEN place_of_day IS NOT NULL AND speaks_for_it IS NOT NULL
       THEN {'said_on': said_day, 'place': place_of_day, 'upload': upload_of, 'row': row_of,
             'is_refuted': NOT speaks_for_it} END;

-- Whether 移交 still says who is in charge: no list since, from that of its month on, names another
-- unit than those the item had left by then. A list that goes on naming the old one says nothing
-- new.
CREATE OR REPLACE MACRO is_handed_over(units_listed, units_left, month_listed, handed_on) AS
  len(list_filter(units_listed, lambda listed:
    listed.period >= date_trunc('month', handed_on)
    AND NOT list_contains(
      units_left || list_transform(
        list_filter(units_listed, lambda other:
          other.period < date_trunc('month', handed_on)
          OR (other.period = month_listed AND month_listed = date_trunc('month', handed_on))),
        lambda other: other.unit),
      listed.unit))) = 0;

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

-- What lists say of items beyond their progress: of those that were ever escalated (提级), left open
-- in good faith (容错), put aside or given a later deadline, each report that changes the state or
-- first tells the deadline, with the item's newest words and first deadline. They are few.
CREATE OR REPLACE MACRO report_marked(known) AS TABLE
  WITH marked AS (
    SELECT DISTINCT campaign, item_key FROM item_report(known)
    WHERE state IN ('escalated', 'tolerated', 'parked')
       OR (extended_on IS NOT NULL AND extended_to IS NOT NULL)
  ),
  report AS MATERIALIZED (
    SELECT campaign, ledger, item_key, period, upload, sheet, row, state, extended_on, extended_to,
           extension_reason, title, unit, dimension, due_on, is_due_derived
    FROM item_report(known) SEMI JOIN marked USING (campaign, item_key)
  ),
  item AS (
    SELECT campaign, item_key, arg_max(title, period) AS title, arg_max(unit, period) AS unit,
           arg_max(dimension, period) AS dimension,
           first_deadline(due_on, is_due_derived, period) AS original_due_on
    FROM report GROUP BY campaign, item_key
  ),
  told AS (
    SELECT * REPLACE (arg_min(extension_reason, period) OVER extension AS extension_reason),
           lag(state) OVER (PARTITION BY campaign, ledger, item_key ORDER BY period)
             AS state_before,
           period = min(period) OVER extension AS is_first_telling
    FROM report
    WINDOW extension AS (PARTITION BY campaign, ledger, item_key, extended_on, extended_to)
  )
  SELECT campaign, ledger, item_key, period, upload, sheet, row, state, state_before, extended_on,
         extended_to, extension_reason, item.title, item.unit, item.dimension, original_due_on
  FROM told JOIN item USING (campaign, item_key)
  WHERE state IS DISTINCT FROM state_before
     OR (extended_on IS NOT NULL AND extended_to IS NOT NULL AND is_first_telling);

-- The deadline after the extensions: each counts only when it was approved by the
-- day asked and before the deadline then in force had passed (B10).
CREATE OR REPLACE MACRO extended_deadline(first_deadline, extensions, day_asked) AS
  list_reduce(
    list_sort(list_filter(extensions, lambda extension: extension.approved_on <= day_asked)),
    lambda deadline, extension: CASE
      WHEN extension.approved_on <= deadline.moved_to AND extension.moved_to > deadline.moved_to
      THEN extension ELSE deadline END,
    {'approved_on': first_deadline, 'moved_to': first_deadline}).moved_to;

-- What of an item depends on the day itself: everything else only changes on a day on which
-- something is said of it.
CREATE OR REPLACE MACRO is_due_by(deadline, day_asked) AS coalesce(deadline <= day_asked, false);
CREATE OR REPLACE MACRO is_overdue_by(deadline, day_asked, closed_by) AS
  coalesce(deadline < day_asked, false) AND NOT closed_by;
CREATE OR REPLACE MACRO is_due_soon_by(deadline, day_asked, closed_by, days_ahead) AS
  NOT closed_by AND deadline >= day_asked AND deadline <= day_asked + days_ahead::INTEGER;
CREATE OR REPLACE MACRO overdue_days_by(deadline, day_asked, closed_by) AS
  CASE WHEN deadline < day_asked AND NOT closed_by THEN day_asked - deadline END;
CREATE OR REPLACE MACRO is_on_time_by(deadline, day_asked, closed_by, closed_in_time) AS
  is_due_by(deadline, day_asked) AND closed_by AND closed_in_time;

-- Every item as it stood on each of the days: its newest report of a month not
-- after the day's. An item missing from a later list stays as last reported; one
-- withdrawn (merged, handed over, revoked, double) is not counted: as its list says, or by
-- the reason given for the list that no longer named it, until a list of that month or of a
-- later one names it. One that a step took away (`gone_on`) still stands here: item_on leaves it
-- out.
--
-- gone             upload and row of the step, of gone_on, that took it away: 合并 into or 拆分 up into
--                  other listed items, 移交 to nobody of the campaign; NULL as soon as a list of
--                  a later month names it. What it went into must not have gone before, so that
--                  no two items go into each other; a step that names nothing changes nothing
-- unit             the lead unit of the list, or the one that 移交 named since
-- due_on           the original deadline, or an extension approved before it passed, whether the
--                  list gives it or a step of 延期 does
-- original_due_on  the first deadline any list gave
-- closed_at_on     the closing day; without one, the first day of the month first reported closed;
--                  after 退回 or a failed check the day it was confirmed again (确认)
-- is_reported_closed  the lists say that it was closed by the day
-- is_reopened      its last check found false what the lists had reported closed, or 退回 took it
--                  back, and no later list reports a new closing, no later 确认 or check a true
--                  one (假销号, B4): it is open, whatever the list says
-- is_returned      reopened by 退回 alone, without a check that found it false
-- is_closed        reported closed by the day, and not reopened
-- is_due           the deadline fell on or before the day
-- is_overdue       it fell before the day and the item was not closed by the day
-- is_on_time       due, and closed on or before the deadline in force
-- is_verified      closed, and the last check since the closing found it true
-- checked_on       the day of its last check since the closing
-- is_vanished      open, and a later list that should name the item does not; a nil return
--                  (零报告) is no list
CREATE OR REPLACE MACRO item_stated(days, known) AS TABLE
  WITH report AS (SELECT * FROM item_report(known)),
  slice AS (FROM slice_known(known)),
  day AS (SELECT DISTINCT unnest(days) AS as_of),
  -- What is said of an item, by its lists and between them: each on its day.
  said AS (
    SELECT campaign, ledger, item_key, period AS said_on, period, unit, due_on, is_due_derived,
           extended_on, extended_to, state, closed_on, NULL AS word, NULL AS move
    FROM report
    UNION ALL
    SELECT campaign, unnest(['problems', 'tasks']), item_key, step_on, NULL, NULL, NULL, NULL,
           CASE WHEN step = '延期' THEN step_on END, day_named(new_value), NULL, NULL,
           closing_word(
             step_on, CASE step WHEN '确认' THEN 0 WHEN '抽查' THEN 1 WHEN '退回' THEN 3 END,
             upload, row, CASE WHEN step = '抽查' THEN result_named(new_value) ELSE step = '确认' END),
           CASE WHEN step IN ('移交', '合并', '拆分') AND trim(new_value) <> ''
                THEN {'said_on': step_on, 'upload': upload, 'row': row, 'step': step,
                      'words': new_value, 'from': trim(old_value)} END
    FROM step_known(known)
    WHERE step IN ('延期', '确认', '抽查', '退回', '移交', '合并', '拆分')
    UNION ALL
    SELECT campaign, unnest(['problems', 'tasks']), item_key, checked_on, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, closing_word(checked_on, 2, upload, row, is_verified), NULL
    FROM check_known(known)
  ),
  history AS MATERIALIZED (
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
           list(DISTINCT {'period': said.period, 'unit': said.unit})
             FILTER (said.period IS NOT NULL) AS units_listed,
           max(said.word) AS last_word,
           max(said.word) FILTER (said.word.place = 0) AS last_confirmed,
           max(said.word) FILTER (said.word.place IN (1, 2)) AS last_check,
           max(said.word) FILTER (said.word.is_refuted) AS last_refuted,
           coalesce(list_sort(list(said.move) FILTER (said.move IS NOT NULL)), []) AS moves
    FROM day JOIN said ON said.said_on <= day.as_of
    GROUP BY ALL
  ),
  party AS (
    SELECT campaign, map_from_entries(list((called, party))) AS parties
    FROM party_called(known) GROUP BY campaign
  ),
  handed AS (
    SELECT as_of, campaign, ledger, item_key, transfers[-1].said_on AS handed_on,
           {'said_on': transfers[-1].said_on, 'upload': transfers[-1].upload,
            'row': transfers[-1].row} AS place,
           to_units[-1] AS to_unit,
           list_filter(to_units, lambda passed: passed <> to_units[-1])
             || list_transform(transfers, lambda move: parties[move.from]) AS units_left
    FROM (
      SELECT *, list_transform(transfers, lambda move:
               list_filter(
                 list_transform(named_by_step(move.words), lambda word: parties[word]),
                 lambda party: party IS NOT NULL)[1]) AS to_units
      FROM (
        SELECT as_of, campaign, ledger, item_key, parties,
               list_filter(moves, lambda move: move.step = '移交') AS transfers
        FROM history JOIN party USING (campaign) WHERE len(moves) > 0
      )
    ) WHERE len(transfers) > 0
  ),
  -- What was merged or split up, by its last step that names another listed item.
  merged AS (
    SELECT source.as_of, source.campaign, source.ledger, source.item_key,
           max({'said_on': move.said_on, 'upload': move.upload, 'row': move.row}) AS place
    FROM (
      SELECT *, unnest(named_by_step(move.words)) AS called
      FROM (SELECT as_of, campaign, ledger, item_key, unnest(moves) AS move FROM history)
      WHERE move.step = '合并'
         OR (move.step = '拆分' AND NOT list_contains(named_by_step(move.words), item_key))
    ) AS source
    JOIN history AS target
      ON target.as_of = source.as_of AND target.campaign = source.campaign
     AND target.item_key = source.called AND target.item_key <> source.item_key
     AND target.first_period IS NOT NULL
     AND len(list_filter(target.moves, lambda other:
           other.step <> '移交' AND other < source.move)) = 0
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
             history.is_original_derived AS is_due_derived,
             CASE WHEN handed.to_unit IS NOT NULL AND is_handed_over(
                    units_listed, handed.units_left, history.first_period, handed.handed_on)
                  THEN handed.to_unit ELSE report.unit END AS unit),
           greatest(merged.place, CASE WHEN handed.to_unit IS NULL THEN handed.place END) AS gone,
           report.unit AS listed_unit,
           report.due_on AS reported_due_on,
           CASE WHEN report.state = 'closed' THEN coalesce(
             report.closed_on,
             list_min(list_transform(
               list_filter(history.closings, lambda closing:
                 closing.period > coalesce(list_max(history.open_periods), DATE '0001-01-01')),
               lambda closing: closing.period))) END AS closed_at_on,
           last_check, last_word, last_confirmed, last_refuted, closings, open_periods
    FROM history JOIN report USING (campaign, ledger, item_key)
    LEFT JOIN handed
      ON handed.as_of = history.as_of AND handed.campaign = history.campaign
     AND handed.ledger = history.ledger AND handed.item_key = history.item_key
    LEFT JOIN merged
      ON merged.as_of = history.as_of AND merged.campaign = history.campaign
     AND merged.ledger = history.ledger AND merged.item_key = history.item_key
    ANTI JOIN withdrawal_known(known) AS withdrawal
      ON withdrawal.campaign = history.campaign AND withdrawal.ledger = history.ledger
     AND withdrawal.item_key = history.item_key
     AND withdrawal.period > history.last_period AND withdrawal.period <= history.as_of
    WHERE report.period = history.last_period AND report.state <> 'withdrawn'
  ),
  confirmed AS (
    SELECT * REPLACE (
             CASE WHEN period <= date_trunc('month', gone.said_on) THEN gone END AS gone,
             CASE WHEN last_refuted.said_on >= closed_at_on AND last_confirmed > last_refuted
                  THEN last_confirmed.said_on ELSE closed_at_on END AS closed_at_on)
    FROM stated
  ),
  checked AS (
    SELECT * EXCLUDE (
             last_check, last_word, last_confirmed, last_refuted, closings, open_periods),
           coalesce(closed_at_on <= as_of, false) AS is_reported_closed,
           CASE WHEN NOT coalesce(last_word.is_refuted, false) THEN false
                WHEN closed_at_on <= as_of THEN last_word.said_on >= closed_at_on
                ELSE was_closed_on(closings, open_periods, last_word.said_on)
                  AND NOT is_closed_again(closings, open_periods, last_word.said_on)
                END AS is_reopened,
           is_reopened AND last_word.place = 3 AND NOT coalesce(
             last_check.is_refuted AND coalesce(last_check.said_on >= closed_at_on, true), false)
             AS is_returned,
           NOT last_check.is_refuted AND last_check.said_on >= closed_at_on AS is_found_true,
           last_check.said_on AS checked_on
    FROM confirmed
  ),
  judged AS (
    SELECT * EXCLUDE (is_found_true),
           is_reported_closed AND NOT is_reopened AS is_closed,
           is_due_by(due_on, as_of) AS is_due,
           is_closed AND coalesce(is_found_true, false) AS is_verified
    FROM checked
  )
  SELECT judged.*,
         is_overdue_by(due_on, as_of, is_closed) AS is_overdue,
         overdue_days_by(due_on, as_of, is_closed) AS overdue_days,
         is_on_time_by(due_on, as_of, is_closed, closed_at_on <= due_on) AS is_on_time,
         coalesce(due_on > original_due_on, false) AS is_extended,
         NOT is_closed AND coalesce(greatest(
           reported.periods[''], reported.periods[unit],
           CASE WHEN unit = listed_unit THEN reported.periods[submitting_unit] END) > period, false)
           AS is_vanished
  FROM judged LEFT JOIN reported USING (as_of, campaign, ledger);

-- Every item that counts on each of the days, as item_stated has it: what a step took away is
-- left out until a list of a later month names it.
CREATE OR REPLACE MACRO item_on(days, known) AS TABLE
  SELECT * EXCLUDE (gone) FROM item_stated(days, known) WHERE gone IS NULL;

-- Items that are alike in all that is counted, one row with their number: item_on rolled up.
CREATE OR REPLACE MACRO tally_on(days, known) AS TABLE
  SELECT as_of, campaign, ledger, unit, dimension, community, due_on,
         is_closed, closed_at_on <= due_on AS is_in_time, is_reported_closed, is_reopened,
         is_verified, is_vanished, is_due, is_overdue, overdue_days, is_on_time,
         count(*) AS alike_count
  FROM item_on(days, known) GROUP BY ALL;

-- How many items the rows of a tally stand for, of those that are meant.
CREATE OR REPLACE MACRO tallied(count_of_row, is_meant) AS
  coalesce(sum(CASE WHEN is_meant THEN count_of_row ELSE 0 END), 0)::BIGINT;
