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

-- Every enterprise and project that is served, by the roster last imported, with each name it is
-- met under: its own, and what the roster calls it for short (E6).
CREATE OR REPLACE MACRO object_known(known) AS TABLE
  SELECT slice_known.campaign, trim(enterprises.name) AS object, enterprises.object_kind,
         enterprises.unit, enterprises.leader_post, enterprises.contact_post,
         list_distinct(list_filter(
           [trim(enterprises.name)] || list_transform(
             regexp_split_to_array(coalesce(enterprises.aliases, ''), '[、，,;；/]'),
             lambda word: trim(word)),
           lambda word: word <> '')) AS names,
         enterprises.upload, enterprises.sheet, enterprises.row
  FROM store.main.enterprises JOIN slice_known(known) AS slice_known USING (upload)
  WHERE slice_known.ledger = 'enterprises'
  QUALIFY row_number() OVER (
    PARTITION BY slice_known.campaign, trim(enterprises.name)
    ORDER BY enterprises.upload DESC, enterprises.row) = 1;

-- Which object a name means: an object's own name goes before another's short one.
CREATE OR REPLACE MACRO object_called(known) AS TABLE
  SELECT campaign, called, arg_min(object, (called <> object, row, object)) AS object
  FROM (SELECT campaign, object, row, unnest(names) AS called FROM object_known(known))
  GROUP BY campaign, called;

-- Every visit and dispatch by the day (E6), on the object it means; one that no roster names
-- stays under the name it was written with.
CREATE OR REPLACE MACRO visit_known(day_asked, known) AS TABLE
  SELECT slice.campaign, coalesce(object_called.object, trim(visits.object)) AS subject,
         object_called.object IS NOT NULL AS is_listed,
         visits.* REPLACE (coalesce(visits.visit, '走访') AS visit)
  FROM store.main.visits
  JOIN slice_known(known) AS slice
    ON slice.upload = visits.upload AND slice.ledger = 'visits' AND slice.period = visits.period
  LEFT JOIN object_called(known) AS object_called
    ON object_called.campaign = slice.campaign AND object_called.called = trim(visits.object)
  WHERE visits.visited_on <= day_asked;

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
  JOIN slice_known(known) AS slice
    ON slice.upload = steps.upload AND slice.ledger = 'steps' AND slice.period = steps.period;

-- Every check on the spot (核查), as known at a moment.
CREATE OR REPLACE MACRO check_known(known) AS TABLE
  SELECT slice.campaign, checks.*
  FROM store.main.checks
  JOIN slice_known(known) AS slice
    ON slice.upload = checks.upload AND slice.ledger = 'checks' AND slice.period = checks.period;

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
    SELECT slice.campaign, unnest(['problems', 'tasks']), item_key, step_on, NULL, NULL, NULL,
           step_on, day_named(new_value), NULL, NULL, NULL
    FROM store.main.steps
    JOIN slice ON slice.upload = steps.upload AND slice.ledger = 'steps'
     AND slice.period = steps.period
    WHERE step = '延期'
    UNION ALL
    SELECT slice.campaign, unnest(['problems', 'tasks']), item_key, checked_on, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL,
           {'checked_on': checked_on, 'upload': checks.upload, 'row': row,
            'is_verified': is_verified}
    FROM store.main.checks
    JOIN slice ON slice.upload = checks.upload AND slice.ledger = 'checks'
     AND slice.period = checks.period
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

-- Every check on the spot of an item that a list names, as known at a moment. `was_closed` says
-- whether the lists had reported the item closed when it was checked: only then does the result
-- say something of a closing (B5).
CREATE OR REPLACE MACRO closing_check(known) AS TABLE
  WITH checked AS (FROM check_known(known)),
  listed AS (
    SELECT campaign, ledger, item_key,
           list({'period': period, 'closed_on': closed_on}) FILTER (state = 'closed') AS closings,
           list(period) FILTER (state <> 'closed') AS open_periods
    FROM item_report(known) WHERE item_key IN (SELECT item_key FROM checked)
    GROUP BY ALL
  )
  SELECT campaign, ledger, item_key, checked_on, is_verified, checker_post, note,
         was_closed_on(closings, open_periods, checked_on) AS was_closed, upload, sheet, row
  FROM checked JOIN listed USING (campaign, item_key);

-- A repeatable draw among the items closed by the day and not checked since (B5). Each unit that
-- has any gives one; the others are spread in proportion to what is left of each unit's stock,
-- the largest remainders first, then the larger stock, then the lower hash of seed and unit.
-- Within a unit the lowest SHA-256 of seed|ledger|item key are drawn. A NULL draws nothing.
--
-- stock_count  such items of the unit
-- drawn_count  how many of them are drawn
-- draw_number  place of the item in its unit's order
CREATE OR REPLACE MACRO closed_stock(campaign_asked, day_asked, known, seed_asked, size_asked)
AS TABLE
  WITH stock AS (
    SELECT *,
           row_number() OVER (
             PARTITION BY unit
             ORDER BY sha256(concat(seed_asked, '|', ledger, '|', item_key)), ledger, item_key)
             AS draw_number
    FROM item_on([day_asked], known)
    WHERE campaign = campaign_asked AND is_closed AND NOT is_verified
  ),
  stratum AS (
    SELECT unit, count(*) AS stock_count,
           (count(*) OVER ())::HUGEINT AS unit_count,
           (sum(count(*)) OVER ())::HUGEINT AS whole_count,
           least(greatest(size_asked, unit_count), whole_count) - unit_count AS rest_count
    FROM stock WHERE size_asked > 0 AND seed_asked IS NOT NULL GROUP BY unit
  ),
  divided AS (
    SELECT *, rest_count * (stock_count - 1) // greatest(whole_count - unit_count, 1) AS whole_part,
           rest_count * (stock_count - 1) % greatest(whole_count - unit_count, 1) AS remainder
    FROM stratum
  ),
  allotted AS (
    SELECT unit, stock_count,
           (1 + whole_part + (
             row_number() OVER (ORDER BY remainder DESC, stock_count DESC,
                                sha256(concat(seed_asked, '|', unit)))
             <= rest_count - sum(whole_part) OVER ())::INTEGER)::BIGINT AS drawn_count
    FROM divided
  )
  SELECT stock.*, allotted.stock_count, allotted.drawn_count,
         stock.draw_number <= allotted.drawn_count AS is_drawn
  FROM stock JOIN allotted USING (unit);

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

-- Which units of the roster reported the day's month: every list of items they owe is in, their
-- own or one of all units (a unit it does not name has no items). Who owes none is asked about
-- whatever list of items came. last_period is the newest month in which all of them were in.
CREATE OR REPLACE MACRO unit_reported(day_asked, known) AS TABLE
  WITH owed AS (
    SELECT unit_known.campaign, unit_known.unit, expected.ledger
    FROM unit_known(known) AS unit_known
    JOIN memory.main.pack_ledger AS expected ON expected.campaign = unit_known.campaign
    WHERE expected.ledger IN ('problems', 'tasks')
      AND (expected.submitted_by = 'all' OR len(expected.units) = 0
        OR list_contains(expected.units, unit_known.unit))
  ),
  asked_of AS (
    FROM owed
    UNION ALL
    SELECT campaign, unit, NULL FROM unit_known(known) AS unit_known
    ANTI JOIN owed USING (campaign, unit)
  ),
  sent AS (
    SELECT asked_of.campaign, asked_of.unit, asked_of.ledger, max(slice.period) AS last_period
    FROM asked_of
    LEFT JOIN slice_known(known) AS slice
      ON slice.campaign = asked_of.campaign AND slice.ledger IN ('problems', 'tasks')
     AND slice.ledger = coalesce(asked_of.ledger, slice.ledger)
     AND slice.period <= day_asked AND slice.unit IN ('', asked_of.unit)
    GROUP BY ALL
  )
  SELECT unit_known.campaign, unit_known.unit, unit_known.league, unit_known.leader_post,
         unit_known.position,
         bool_and(coalesce(sent.last_period = date_trunc('month', day_asked), false))
           AS is_reported,
         CASE WHEN bool_and(sent.last_period IS NOT NULL) THEN min(sent.last_period) END
           AS last_period
  FROM unit_known(known) AS unit_known JOIN sent USING (campaign, unit)
  GROUP BY ALL;

-- How each enterprise and project is served on a day (E6): every object of the roster, and those
-- of a visit or of a problem that no roster names. Weeks run from Monday to Sunday; missed ones
-- count from the week of the ledger's first visit to the last week that is over.
--
-- leader_post   the roster's, else the post in charge of the unit that serves it
-- unit          the roster's; of an object in no roster, who visited it last or has its problem
CREATE OR REPLACE MACRO object_service(day_asked, known) AS TABLE
  WITH visit AS (FROM visit_known(day_asked, known)),
  visited AS (
    SELECT campaign, subject, arg_max(unit, visited_on) AS unit,
           max(visited_on) FILTER (visit = '走访') AS last_visit_on,
           max(visited_on) FILTER (visit = '调度') AS last_dispatch_on,
           count(*) FILTER (visit = '走访') AS visit_count,
           count(*) FILTER (visit = '调度') AS dispatch_count,
           count(*) FILTER (visit = '走访' AND visited_on >= date_trunc('week', day_asked))
             AS week_visit_count,
           count(*) FILTER (visit = '调度' AND visited_on >= date_trunc('week', day_asked))
             AS week_dispatch_count,
           count(*) FILTER (visit = '走访' AND visited_on >= date_trunc('month', day_asked))
             AS month_visit_count
    FROM visit GROUP BY ALL
  ),
  problem AS (
    SELECT item.campaign, coalesce(object_called.object, trim(item.enterprise)) AS subject,
           arg_max(item.unit, item.period) AS unit,
           count(*) AS problem_count,
           count(*) FILTER (item.is_closed) AS closed_count,
           count(*) FILTER (item.is_overdue) AS overdue_count,
           count(*) FILTER (NOT item.is_closed AND item.state = 'parked') AS parked_count,
           max(item.as_of - item.found_on) FILTER (NOT item.is_closed) AS open_days_max
    FROM item_on([day_asked], known) AS item
    LEFT JOIN object_called(known) AS object_called
      ON object_called.campaign = item.campaign AND object_called.called = trim(item.enterprise)
    WHERE trim(item.enterprise) <> ''
    GROUP BY ALL
  ),
  week AS (
    SELECT campaign, unnest(generate_series(
             date_trunc('week', first_on)::TIMESTAMP,
             date_trunc('week', day_asked + 1)::TIMESTAMP - INTERVAL 7 DAY, INTERVAL 7 DAY
           ))::DATE AS monday
    FROM (SELECT campaign, min(visited_on) AS first_on FROM visit GROUP BY campaign) AS begun
  ),
  visited_week AS (
    SELECT DISTINCT campaign, subject, date_trunc('week', visited_on)::DATE AS monday
    FROM visit WHERE visit = '走访'
  ),
  subject AS (
    SELECT campaign, object AS subject FROM object_known(known)
    UNION SELECT campaign, subject FROM visited
    UNION SELECT campaign, subject FROM problem
  ),
  missed AS (
    SELECT subject.campaign, subject.subject,
           count(*) FILTER (visited_week.monday IS NULL) AS missed_week_count,
           count(*) FILTER (last_visit_on IS NULL OR week.monday > last_visit_on)
             AS unvisited_week_count
    FROM subject
    JOIN week ON week.campaign = subject.campaign
    LEFT JOIN visited
      ON visited.campaign = subject.campaign AND visited.subject = subject.subject
    LEFT JOIN visited_week
      ON visited_week.campaign = subject.campaign AND visited_week.subject = subject.subject
     AND visited_week.monday = week.monday
    GROUP BY ALL
  ),
  served AS (
    SELECT subject.*, roster.object_kind AS kind,
           coalesce(roster.unit, visited.unit, problem.unit) AS unit,
           roster.leader_post AS roster_post, roster.contact_post,
           roster.object IS NOT NULL AS is_listed,
           visited.* EXCLUDE (campaign, subject, unit), problem.* EXCLUDE (campaign, subject, unit),
           missed_week_count, unvisited_week_count
    FROM subject
    LEFT JOIN object_known(known) AS roster
      ON roster.campaign = subject.campaign AND roster.object = subject.subject
    LEFT JOIN visited
      ON visited.campaign = subject.campaign AND visited.subject = subject.subject
    LEFT JOIN problem
      ON problem.campaign = subject.campaign AND problem.subject = subject.subject
    LEFT JOIN missed ON missed.campaign = subject.campaign AND missed.subject = subject.subject
  )
  SELECT served.campaign, served.subject, kind, served.unit, unit_known.league,
         coalesce(roster_post, unit_known.leader_post) AS leader_post, contact_post, is_listed,
         last_visit_on, last_dispatch_on,
         coalesce(visit_count, 0) AS visit_count,
         coalesce(dispatch_count, 0) AS dispatch_count,
         coalesce(week_visit_count, 0) AS week_visit_count,
         coalesce(week_dispatch_count, 0) AS week_dispatch_count,
         coalesce(month_visit_count, 0) AS month_visit_count,
         coalesce(missed_week_count, 0) AS missed_week_count,
         coalesce(unvisited_week_count, 0) AS unvisited_week_count,
         coalesce(problem_count, 0) AS problem_count,
         coalesce(closed_count, 0) AS closed_count,
         coalesce(problem_count, 0) - coalesce(closed_count, 0) AS open_count,
         coalesce(overdue_count, 0) AS overdue_count,
         coalesce(parked_count, 0) AS parked_count,
         open_days_max
  FROM served LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit);

-- The objects a question is asked about: object_service with the filters. A kind stands for its
-- parts too (规上工业企业 are part of 投产工业企业).
CREATE OR REPLACE MACRO object_asked(
  campaign_asked, day_asked, known, units_asked, league_asked, post_asked, kind_asked
) AS TABLE
  SELECT served.*, pack_object_kind.part_of
  FROM object_service(day_asked, known) AS served
  LEFT JOIN memory.main.pack_object_kind AS pack_object_kind
    ON pack_object_kind.campaign = served.campaign AND pack_object_kind.object_kind = served.kind
  WHERE (campaign_asked IS NULL OR served.campaign = campaign_asked)
    AND (units_asked IS NULL OR list_contains(units_asked, served.unit))
    AND (league_asked IS NULL OR served.league = league_asked)
    AND (post_asked IS NULL OR served.leader_post = post_asked)
    AND (kind_asked IS NULL OR served.kind = kind_asked OR part_of = kind_asked);

-- How long each enterprise's problem was at each of the three levels (E7): item_asked, with what
-- the steps 收集, 会商 and 集中研究 say. Without a step of collecting the first level begins on
-- the day the problem was found; a level that was passed over has no days.
CREATE OR REPLACE MACRO item_level(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH item AS (
    SELECT asked_item.*, coalesce(object_called.object, trim(enterprise)) AS subject
    FROM item_asked(
      campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked)
      AS asked_item
    LEFT JOIN object_called(known) AS object_called
      ON object_called.campaign = asked_item.campaign
     AND object_called.called = trim(asked_item.enterprise)
  ),
  stepped AS (
    SELECT item.as_of, item.campaign, item.ledger, item.item_key,
           min(step_on) FILTER (step = '收集') AS first_collected,
           min(step_on) FILTER (step = '会商') AS first_conferred,
           min(step_on) FILTER (step = '集中研究') AS studied_on
    FROM item JOIN step_known(known) AS steps
      ON steps.campaign = item.campaign AND steps.item_key = item.item_key
     AND steps.step_on <= item.as_of AND steps.step IN ('收集', '会商', '集中研究')
    GROUP BY ALL
  ),
  dated AS (
    SELECT item.*, coalesce(first_collected, found_on, first_period) AS collected_on, studied_on,
           -- Conferring after the committees' study is no step up.
           CASE WHEN studied_on IS NULL OR first_conferred < studied_on THEN first_conferred END
             AS conferred_on,
           CASE WHEN is_closed THEN closed_at_on ELSE as_of END AS ended_on
    FROM item LEFT JOIN stepped USING (as_of, campaign, ledger, item_key)
    WHERE subject <> '' OR stepped.item_key IS NOT NULL
  ),
  timed AS (
    SELECT *,
           greatest(coalesce(conferred_on, studied_on, ended_on) - collected_on, 0)
             AS responsible_days,
           CASE WHEN conferred_on IS NOT NULL
                THEN greatest(coalesce(studied_on, ended_on) - conferred_on, 0) END AS leader_days,
           CASE WHEN studied_on IS NOT NULL THEN greatest(ended_on - studied_on, 0) END
             AS committee_days,
           CASE WHEN studied_on IS NOT NULL THEN 3 WHEN conferred_on IS NOT NULL THEN 2 ELSE 1 END
             AS level_reached
    FROM dated
  )
  SELECT *, [responsible_days, leader_days, committee_days] AS days_at FROM timed;

-- What the pack calls each of the three levels, in its order; else the step that leads there.
CREATE OR REPLACE MACRO level_named() AS TABLE
  SELECT campaign, level_reached,
         coalesce(named.name, ['收集', '会商', '集中研究'][level_reached]) AS level_name
  FROM (SELECT campaign, unnest([1, 2, 3]) AS level_reached FROM memory.main.pack_campaign) AS level
  LEFT JOIN (
    SELECT campaign, name, row_number() OVER (PARTITION BY campaign ORDER BY position)
      AS level_reached
    FROM memory.main.pack_class WHERE axis = 'level'
  ) AS named USING (campaign, level_reached);

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
           count(*) FILTER (item.is_overdue) AS overdue_count,
           count(*) FILTER (item.is_reopened) AS reopened_count
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

-- Every petition registered by the day, as last reported (B9).
--
-- is_closed   settled by the day: the closing day when it is given, else the state
-- is_on_time  due and settled by the deadline; a settling without a day is not called late
-- is_backlog  an old matter taken up again (积案): it is not a petition of the month it is
--             registered in
-- is_trip     people went in person to the province or to the capital
CREATE OR REPLACE MACRO petition_on(day_asked, known) AS TABLE
  WITH reported AS (
    SELECT slice.campaign, petitions.* REPLACE (coalesce(petitions.is_backlog, false) AS is_backlog)
    FROM store.main.petitions
    JOIN slice_known(known) AS slice
      ON slice.upload = petitions.upload AND slice.ledger = 'petitions'
     AND slice.period = petitions.period
    WHERE petitions.received_on <= day_asked AND petitions.state IS DISTINCT FROM 'withdrawn'
  ),
  judged AS (
    SELECT *,
           coalesce(CASE WHEN closed_on IS NOT NULL THEN closed_on <= day_asked
                         ELSE state = 'closed' END, false) AS is_closed
    FROM reported
  )
  SELECT *,
         coalesce(due_on <= day_asked, false) AS is_due,
         coalesce(due_on < day_asked, false) AND NOT is_closed AS is_overdue,
         coalesce(
           due_on <= day_asked AND is_closed AND coalesce(closed_on, due_on) <= due_on, false)
           AS is_on_time,
         CASE WHEN is_closed THEN closed_on - received_on END AS answer_days,
         coalesce(level IN ('省级', '中央'), false) AND coalesce(form = '来访', true) AS is_trip
  FROM judged;

-- Tickets and petitions together (B9). A matter that both ledgers have under one number counts
-- once, as the petition that it is.
CREATE OR REPLACE MACRO appeal_on(day_asked, known) AS TABLE
  WITH petition AS (FROM petition_on(day_asked, known))
  SELECT campaign, 'petitions' AS ledger, item_key, title,
         CASE form WHEN '网上' THEN '网上信访' ELSE concat('信访', form) END AS channel,
         unit, community, received_on, due_on, closed_on, is_closed, is_resolved, is_satisfied,
         is_due, is_overdue, is_on_time, answer_days, is_backlog, is_trip, level, persons_count,
         assigned_by, disposal, upload, sheet, row
  FROM petition
  UNION ALL
  SELECT campaign, 'tickets', item_key, title, coalesce(channel, '未注明'),
         unit, community, received_on, due_on, closed_on, is_closed, is_resolved, is_satisfied,
         is_due, is_overdue, is_on_time, answer_days, false, false, NULL, NULL, NULL, NULL,
         upload, sheet, row
  FROM ticket_on(day_asked, known) AS ticket
  WHERE NOT EXISTS (
    FROM petition
    WHERE petition.campaign = ticket.campaign AND petition.item_key = ticket.item_key);

-- The names in a cell that may hold several: the whole of it, and its parts.
CREATE OR REPLACE MACRO named_in(text_given) AS
  list_distinct(list_filter(
    [trim(text_given)] || list_transform(
      regexp_split_to_array(coalesce(text_given, ''), '[、，,;；/]'), lambda word: trim(word)),
    lambda word: word <> ''));

-- Everything by the day that can prove a duty (E1–E13), one row a ledger row, with whom it can
-- prove it for: `units` and `organs` that took part, joint ones too, `posts`, `tasks`, `objects`,
-- `fields` in charge, as cells that may hold several names. What the same item's later list repeats counts once.
--
-- happened_on  the day it happened; of a monthly list the day it first came, of a problem when
--              it was found, of a clue when it was received, of an institution when it was issued
-- last_on      its last day
-- covers       the month it was held for, or the month of the list
-- kinds        forms of activity, 走访 or 调度, steps, channels, kinds of institution, ledgers
-- filled       names of columns that are not empty
CREATE OR REPLACE MACRO duty_event(day_asked, known) AS TABLE
  WITH slice AS (SELECT * FROM slice_known(known) WHERE period IS NULL OR period <= day_asked),
  came AS (
    SELECT sent.campaign, sent.ledger, sent.period, sent.unit AS sent_by,
           min(CASE WHEN upload.is_sample
                    THEN coalesce(upload.reported_on, shanghai_day(upload.uploaded_at))
                    ELSE shanghai_day(upload.uploaded_at) END) AS came_on
    FROM store.main.slice AS sent
    JOIN store.main.upload AS upload ON upload.upload = sent.upload
    WHERE sent.from_at <= coalesce(known, TIMESTAMP '9999-01-01')
      AND upload.status IN ('published', 'replaced')
    GROUP BY ALL
  ),
  list_sent AS (
    SELECT slice.*, came.came_on
    FROM slice JOIN came
      ON came.campaign = slice.campaign AND came.ledger = slice.ledger
     AND came.period IS NOT DISTINCT FROM slice.period AND came.sent_by = slice.unit
  ),
  enterprise_of_item AS (
    SELECT slice.campaign, problems.item_key,
           string_agg(DISTINCT problems.enterprise, '、') AS objects
    FROM store.main.problems
    JOIN slice ON slice.upload = problems.upload AND slice.ledger = 'problems'
     AND slice.period = problems.period
    WHERE problems.enterprise IS NOT NULL GROUP BY ALL
  ),
  everybody AS (SELECT campaign, string_agg(unit, '、') AS units FROM unit_known(known) GROUP BY campaign),
  proving AS (
    SELECT slice.campaign, 'activities' AS ledger, named_in(activity) AS kinds,
           concat_ws('、', activities.unit, partners) AS units, units AS organs, post AS posts,
           object AS tasks, object AS objects, concat_ws('、', post, object) AS fields,
           held_on AS happened_on, greatest(held_on, ended_on) AS last_on, covers,
           concat_ws(' ', CASE WHEN topic <> '' THEN 'topic' END,
                     CASE WHEN object <> '' THEN 'object' END,
                     CASE WHEN result <> '' THEN 'result' END,
                     CASE WHEN problem_count IS NOT NULL THEN 'problem_count' END) AS filled,
           topic, item_key, activities.upload, sheet, row
    FROM store.main.activities
    JOIN slice ON slice.upload = activities.upload AND slice.ledger = 'activities'
     AND slice.period = activities.period
    UNION ALL
    SELECT campaign, 'visits', [visit], concat_ws('、', unit, partners),
           concat_ws('、', unit, partners), post, NULL, subject, NULL,
           visited_on, visited_on, NULL,
           concat_ws(' ', CASE WHEN content <> '' THEN 'content' END,
                     CASE WHEN problem_count IS NOT NULL THEN 'problem_count' END),
           content, item_key, upload, sheet, row
    FROM visit_known(day_asked, known)
    UNION ALL
    SELECT slice.campaign, 'steps', [step], concat_ws('、', steps.unit, partners),
           concat_ws('、', steps.unit, post), post, steps.item_key, enterprise_of_item.objects, NULL,
           step_on, step_on, NULL,
           concat_ws(' ', CASE WHEN new_value <> '' THEN 'new_value' END,
                     CASE WHEN reason <> '' THEN 'reason' END),
           title, steps.item_key, steps.upload, sheet, row
    FROM store.main.steps
    JOIN slice ON slice.upload = steps.upload AND slice.ledger = 'steps'
     AND slice.period = steps.period
    LEFT JOIN enterprise_of_item
      ON enterprise_of_item.campaign = slice.campaign
     AND enterprise_of_item.item_key = steps.item_key
    UNION ALL
    SELECT slice.campaign, 'checks', [], checks.unit, checker_post, checker_post, checks.item_key,
           NULL, NULL, checked_on, checked_on, NULL, '', title, checks.item_key, checks.upload, sheet, row
    FROM store.main.checks
    JOIN slice ON slice.upload = checks.upload AND slice.ledger = 'checks'
     AND slice.period = checks.period
    UNION ALL
    (SELECT slice.campaign, 'problems', list_filter([channel, found_by, dimension],
            lambda word: word IS NOT NULL),
            problems.unit, problems.unit, NULL, NULL, NULL, NULL, found_on, found_on, NULL, '',
            title, problems.item_key, problems.upload, sheet, row
     FROM store.main.problems
     JOIN slice ON slice.upload = problems.upload AND slice.ledger = 'problems'
      AND slice.period = problems.period
     QUALIFY row_number() OVER (
       PARTITION BY slice.campaign, problems.item_key ORDER BY problems.period DESC) = 1)
    UNION ALL
    (SELECT slice.campaign, 'clues', [], concat_ws('、', clues.unit, source_unit),
            concat_ws('、', clues.unit, source_unit), NULL, NULL, NULL, NULL, received_on,
            received_on, NULL, '', title, clues.item_key, clues.upload, sheet, row
     FROM store.main.clues
     JOIN slice ON slice.upload = clues.upload AND slice.ledger = 'clues'
      AND slice.period = clues.period
     QUALIFY row_number() OVER (
       PARTITION BY slice.campaign, clues.item_key ORDER BY clues.period DESC) = 1)
    UNION ALL
    (SELECT slice.campaign, 'institutions', list_filter([kind], lambda word: word IS NOT NULL),
            concat_ws('、', institutions.unit, partners),
            concat_ws('、', institutions.unit, partners), NULL, NULL, NULL, NULL, issued_on, issued_on,
            NULL, '', title, institutions.item_key, institutions.upload,
            sheet, row
     FROM store.main.institutions
     JOIN slice ON slice.upload = institutions.upload AND slice.ledger = 'institutions'
      AND slice.period = institutions.period
     QUALIFY row_number() OVER (
       PARTITION BY slice.campaign, institutions.item_key
       ORDER BY institutions.period DESC) = 1)
    UNION ALL
    SELECT list_sent.campaign, 'tasks', [], tasks.unit, NULL, NULL, tasks.item_key, NULL, NULL,
           came_on, came_on, tasks.period, '', title, tasks.item_key, tasks.upload, sheet, row
    FROM store.main.tasks
    JOIN list_sent ON list_sent.upload = tasks.upload AND list_sent.ledger = 'tasks'
     AND list_sent.period = tasks.period
    UNION ALL
    SELECT list_sent.campaign, 'returns', [], returns.unit, NULL, NULL, NULL, NULL, NULL, came_on,
           came_on, returns.period, '', NULL, returns.item_key, returns.upload, sheet, row
    FROM store.main.returns
    JOIN list_sent ON list_sent.upload = returns.upload AND list_sent.ledger = 'returns'
     AND list_sent.period = returns.period
    UNION ALL
    SELECT list_sent.campaign, 'submissions', [list_sent.ledger],
           CASE WHEN list_sent.unit = '' THEN everybody.units ELSE list_sent.unit END,
           list_sent.unit, NULL, NULL, NULL, NULL, came_on, came_on, list_sent.period, '',
           NULL, NULL, list_sent.upload, NULL, NULL
    FROM list_sent LEFT JOIN everybody ON everybody.campaign = list_sent.campaign
    WHERE list_sent.period IS NOT NULL
  )
  SELECT * FROM proving WHERE happened_on <= day_asked;

-- Whose each duty is by itself (E1–E13): one row a subject with the names it goes by. `of_units`
-- are the units it is filtered by. A task is owed from the month it was first listed until it was
-- closed.
CREATE OR REPLACE MACRO duty_subject(day_asked, known) AS TABLE
  WITH duty AS (SELECT campaign, duty, subjects, who, len(who) = 0 AS is_all FROM memory.main.pack_duty),
  roster AS (FROM unit_known(known)),
  task AS (
    SELECT * FROM item_on([day_asked], known) WHERE ledger = 'tasks'
  )
  SELECT duty.campaign, duty, unit AS subject, unit AS title, [unit] AS names, unit,
         [unit] AS of_units, NULL::VARCHAR AS dimension, NULL::DATE AS from_on,
         NULL::DATE AS until_on, position
  FROM duty JOIN roster ON roster.campaign = duty.campaign AND duty.subjects = 'units'
   AND (is_all OR list_contains(who, unit) OR list_contains(who, league))
  UNION ALL
  SELECT duty.campaign, duty, post, post, list_distinct([post] || aliases), unit, [unit], NULL,
         NULL, NULL, position
  FROM duty JOIN memory.main.pack_post AS pack_post
    ON pack_post.campaign = duty.campaign AND duty.subjects = 'posts'
   AND (is_all OR list_contains(who, post) OR list_contains(who, unit))
  UNION ALL
  SELECT duty.campaign, duty, task.item_key, task.title, [task.item_key], task.unit, [task.unit],
         task.dimension, task.first_period, CASE WHEN task.is_closed THEN task.closed_at_on END,
         row_number() OVER (PARTITION BY duty.campaign, duty ORDER BY task.item_key)
  FROM duty JOIN task ON task.campaign = duty.campaign AND duty.subjects = 'tasks'
   AND (is_all OR list_contains(who, task.dimension))
  UNION ALL
  SELECT duty.campaign, duty, object, object, names, unit, [unit], NULL, NULL, NULL, object_roster.row
  FROM duty JOIN object_known(known) AS object_roster
    ON object_roster.campaign = duty.campaign AND duty.subjects = 'objects'
   AND (is_all OR list_contains(who, object_kind))
  UNION ALL
  SELECT campaign, duty, subject, subject, [subject], subject, [subject], NULL, NULL, NULL, position
  FROM (
    SELECT campaign, duty, unnest(who) AS subject, generate_subscripts(who, 1) AS position
    FROM duty WHERE subjects = 'organs'
  )
  UNION ALL
  SELECT duty.campaign, duty, leader_post, leader_post, [leader_post], NULL, list(unit), NULL,
         NULL, NULL, min(position)
  FROM duty JOIN roster ON roster.campaign = duty.campaign AND duty.subjects = 'fields'
   AND leader_post <> '' AND (is_all OR list_contains(who, leader_post))
  GROUP BY duty.campaign, duty, leader_post;

-- Which ledger rows meet which duty, under each name that the row gives. A row that names none of
-- the bodies that owe an organs' duty counts for each of them where its ledger does not say who
-- acted (monthly lists, steps, checks, problems, clues).
CREATE OR REPLACE MACRO duty_named(campaign_asked, day_asked, known, duties_asked) AS TABLE
  SELECT DISTINCT duty.campaign, duty.duty, event.* EXCLUDE (
           campaign, kinds, units, organs, posts, tasks, objects, fields, filled),
         unnest(CASE duty.subjects
           WHEN 'units' THEN named_in(units) WHEN 'posts' THEN named_in(posts)
           WHEN 'tasks' THEN named_in(tasks) WHEN 'objects' THEN named_in(objects)
           WHEN 'fields' THEN named_in(fields)
           ELSE CASE WHEN event.ledger IN ('activities', 'visits', 'institutions')
                       OR list_has_any(named_in(organs), duty.who)
                     THEN named_in(organs) ELSE duty.who END END) AS name
  FROM duty_event(day_asked, known) AS event
  JOIN memory.main.pack_duty_proof AS proof
    ON proof.campaign = event.campaign AND proof.ledger = event.ledger
   AND (proof.kind = '' OR list_contains(event.kinds, proof.kind))
   AND (proof.filled = '' OR contains(event.filled, proof.filled))
  JOIN memory.main.pack_duty AS duty
    ON duty.campaign = proof.campaign AND duty.duty = proof.duty
  WHERE (campaign_asked IS NULL OR event.campaign = campaign_asked)
    AND (duties_asked IS NULL OR list_contains(duties_asked, proof.duty));

-- How each duty stands with each of its subjects in each of its windows, by the day.
--
-- done         enough proofs dated in the window, or for its month and dated in time
-- late         enough with those dated after it and before the next one starts, or for its month
-- missing      the window is over and there are not enough
-- not yet due  it is not over and there are not enough, or nobody can say when it is due
CREATE OR REPLACE MACRO duty_standing(
  campaign_asked, day_asked, known, duties_asked, first_asked, last_asked,
  units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  WITH scope AS (
    SELECT campaign, list(unit) AS units
    FROM unit_known(known)
    WHERE (units_asked IS NULL OR list_contains(units_asked, unit))
      AND (league_asked IS NULL OR league = league_asked)
      AND (post_asked IS NULL OR leader_post = post_asked)
    GROUP BY campaign
  ),
  subject AS MATERIALIZED (
    SELECT subject.*
    FROM duty_subject(day_asked, known) AS subject
    LEFT JOIN scope ON scope.campaign = subject.campaign
    WHERE (campaign_asked IS NULL OR subject.campaign = campaign_asked)
      AND (duties_asked IS NULL OR list_contains(duties_asked, duty))
      AND (dimensions_asked IS NULL OR dimension IS NULL OR list_contains(dimensions_asked, dimension))
      AND ((units_asked IS NULL AND league_asked IS NULL AND post_asked IS NULL)
           OR subject.subject = post_asked OR list_has_any(of_units, coalesce(scope.units, [])))
  ),
  owed AS (
    SELECT subject.* EXCLUDE (names, of_units, from_on, until_on, position),
           subject.position AS subject_position,
           duty.section, duty.owner, duty.subjects, duty.every, duty.position AS duty_position,
           greatest(duty.times, duty.at_least_days) AS needed_count,
           duty.at_least_days > 0 AS is_by_days,
           list_contains(['day', 'week', 'fortnight'], duty.every) AS is_shorter_than_month,
           period.* EXCLUDE (campaign, duty)
    FROM subject
    JOIN memory.main.pack_duty AS duty
      ON duty.campaign = subject.campaign AND duty.duty = subject.duty
    JOIN memory.main.pack_duty_window AS period
      ON period.campaign = subject.campaign AND period.duty = subject.duty
     AND period.window_start_on
         <= coalesce(last_asked, greatest(make_date(year(day_asked), 12, 31), day_asked + 31))
     AND (first_asked IS NULL OR coalesce(period.due_on, period.window_end_on) >= first_asked)
     AND (subject.from_on IS NULL OR subject.from_on <= period.period_end_on)
     AND (subject.until_on IS NULL OR subject.until_on >= period.window_start_on)
  ),
  found AS (
    SELECT DISTINCT named.* EXCLUDE (name), subject.subject
    FROM (SELECT campaign, duty, subject, unnest(names) AS name FROM subject) AS subject
    JOIN duty_named(campaign_asked, day_asked, known, duties_asked) AS named
      ON named.campaign = subject.campaign AND named.duty = subject.duty
     AND named.name = subject.name
  ),
  proof AS (
    SELECT owed.campaign, owed.duty, owed.subject, owed.window_number, owed.is_by_days,
           found.ledger, found.item_key, found.upload, found.sheet, found.row,
           found.topic AS proof_topic, found.happened_on,
           CASE WHEN found.covers IS NULL OR is_shorter_than_month
                THEN greatest(found.happened_on, window_start_on) ELSE found.happened_on END
             AS first_on,
           CASE WHEN found.covers IS NULL OR is_shorter_than_month
                THEN least(found.last_on, coalesce(next_on - 1, found.last_on), day_asked)
                ELSE least(found.last_on, day_asked) END AS last_on,
           CASE WHEN found.covers IS NULL OR is_shorter_than_month THEN window_end_on
                ELSE coalesce(due_on, DATE '9999-12-31') END AS in_time_until
    FROM owed JOIN found
      ON found.campaign = owed.campaign AND found.duty = owed.duty AND found.subject = owed.subject
     AND CASE WHEN found.covers IS NULL OR is_shorter_than_month
              THEN found.happened_on < coalesce(next_on, DATE '9999-12-31')
               AND CASE WHEN is_by_days THEN found.last_on ELSE found.happened_on END
                   >= window_start_on
              ELSE found.covers BETWEEN date_trunc('month', period_start_on) AND period_end_on END
  ),
  -- What is counted: each row, or each of its days once.
  counted AS (
    SELECT DISTINCT ON (campaign, duty, subject, window_number, day)
           * EXCLUDE (happened_on) , day AS happened_on
    FROM (SELECT *, unnest(generate_series(first_on, last_on, INTERVAL 1 DAY))::DATE AS day
          FROM proof WHERE is_by_days)
    ORDER BY campaign, duty, subject, window_number, day, upload, row
  ),
  met AS (
    SELECT campaign, duty, subject, window_number,
           list(entry ORDER BY entry) FILTER (entry.happened_on <= in_time_until) AS in_time,
           list(entry ORDER BY entry) AS entries
    FROM (
      SELECT campaign, duty, subject, window_number, in_time_until,
             {'happened_on': happened_on, 'upload': upload, 'row': row, 'sheet': sheet,
              'ledger': ledger, 'item_key': item_key, 'topic': proof_topic} AS entry
      FROM (SELECT * EXCLUDE (first_on, last_on) FROM proof WHERE NOT is_by_days
            UNION ALL BY NAME SELECT * EXCLUDE (first_on, last_on, day) FROM counted)
    ) GROUP BY ALL
  ),
  judged AS (
    SELECT owed.*, coalesce(len(in_time), 0) >= needed_count AS is_in_time,
           coalesce(len(entries), 0) AS met_count, in_time, entries,
           coalesce(day_asked > due_on, false) AS is_over
    FROM owed LEFT JOIN met USING (campaign, duty, subject, window_number)
  ),
  shown AS (
    SELECT *,
           CASE WHEN is_in_time THEN in_time[needed_count]
                ELSE entries[least(needed_count, met_count)] END AS entry,
           CASE WHEN is_in_time THEN 'done' WHEN NOT is_over THEN 'not yet due'
                WHEN met_count >= needed_count THEN 'late' ELSE 'missing' END AS status
    FROM judged
  )
  SELECT * EXCLUDE (in_time, entries, entry, is_in_time, is_over),
         CASE WHEN status IN ('done', 'late') THEN entry.happened_on END AS met_on,
         entry.ledger, entry.item_key, entry.topic AS proof_topic, entry.upload, entry.sheet,
         entry.row
  FROM shown;
