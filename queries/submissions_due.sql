-- Who owes which list by when, and what came of it?
--
-- E1: the months of the campaign; due_on is the pack's day of the following month, moved to a
-- working day. late: the first submission that stands came after that day; a later correction
-- of a list that came in time is not late. The day it came is the day of receipt in Shanghai,
-- for demonstration data the filled-in date. A list returned or undone does not count, nor does
-- what another month's list carries of this month. Where each unit owes its own, a list of all units
-- reports for those it has rows of, and who is not in it has nothing to report: nil, is_joint.
-- duty_compliance counts the same: sent or nil in time is done, later is late.
-- Example: September's list due on 8 October, sent on 7 October, corrected on the 20th:
-- status sent, version 2.
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--   $month     VARCHAR  month of the lists, YYYY-MM; NULL means all
--   $as_of     DATE     the day the question is asked; NULL means after every due day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per list owed, and per list of the month that came although nobody owed it
--   campaign         VARCHAR    campaign slug
--   month            VARCHAR    month of the list, YYYY-MM
--   unit             VARCHAR    unit; empty where one list speaks for all units
--   ledger           VARCHAR    kind of ledger
--   due_on           DATE       day it is due; NULL when none is set or the calendar ends before
--   due_note         VARCHAR    why there is no due_on
--   status           VARCHAR    sent, late, missing, nil (nothing to report) or not yet due
--   upload           BIGINT     upload in force; NULL when none
--   version          BIGINT     how many publications of this list stand so far; 0 when none
--   submitted_at     TIMESTAMP  when the upload in force was sent (UTC)
--   came_on          DATE       the day that upload came
--   is_late          BOOLEAN    the first submission that stands came after due_on
--   is_correction    BOOLEAN    the upload in force came after the month was sealed
--   returned_reason  VARCHAR    why the newest list was returned, until another one comes
--   is_joint         BOOLEAN    the upload in force is a list of all units, in a unit's row
--   draft            BIGINT     newest draft that waits to be published
--   file             VARCHAR    file in force
--   row_count        BIGINT     its rows of this ledger and month

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $month::VARCHAR AS month_asked,
    coalesce($as_of::DATE, DATE '9999-12-31') AS as_of,
    coalesce($known_at::TIMESTAMP, TIMESTAMP '9999-12-31') AS known_at
),
sent AS (
  SELECT slice.campaign, slice.ledger, slice.period, slice.unit, slice.reports_for, slice.is_joint,
    slice.row_count, coalesce(slice.from_at <= known_at, false) AS was_published,
    coalesce(slice.from_at <= known_at AND (slice.until_at IS NULL OR slice.until_at > known_at),
      false) AS is_in_force,
    upload.upload, upload.file, upload.status, standing.upload IS NOT NULL AS is_standing, upload.uploaded_at, upload.returned_reason,
    coalesce(upload.is_nil, false) OR slice.row_count = 0 AS is_nil,
    coalesce(upload.is_correction, false) AS is_correction,
    CASE WHEN upload.is_sample THEN coalesce(upload.reported_on, shanghai_day(upload.uploaded_at))
         ELSE shanghai_day(upload.uploaded_at) END AS came_on
  FROM list_of_unit($known_at::TIMESTAMP) AS slice
  JOIN store.main.upload AS upload ON upload.upload = slice.upload
  LEFT JOIN upload_standing($known_at::TIMESTAMP) AS standing ON standing.upload = slice.upload
  CROSS JOIN asked
  WHERE slice.period IS NOT NULL AND (slug IS NULL OR slice.campaign = slug)
    AND (month_asked IS NULL OR strftime(slice.period, '%Y-%m') = month_asked)
    AND upload.uploaded_at <= known_at
),
standing AS (
  SELECT campaign, ledger, period, unit, reports_for, is_joint,
    max(upload) FILTER (is_in_force) AS in_force,
    count(DISTINCT upload) FILTER (is_in_force OR was_published AND is_standing) AS version,
    min(came_on) FILTER (is_in_force OR was_published AND is_standing) AS first_came_on,
    max(upload) FILTER (status = 'draft') AS draft,
    max(upload) FILTER (status = 'returned') AS returned
  FROM sent GROUP BY ALL
),
owed AS (
  SELECT due.campaign, due.ledger, due.period, roster.unit, due.position AS ledger_position,
    roster.position, due.due_on, due.due_note
  FROM memory.main.pack_due AS due
  JOIN unit_known($known_at::TIMESTAMP) AS roster ON roster.campaign = due.campaign
  WHERE due.submitted_by = 'unit'
    AND (len(due.units) = 0 OR list_contains(due.units, roster.unit))
  UNION ALL
  SELECT campaign, ledger, period, '', position, 0, due_on, due_note
  FROM memory.main.pack_due WHERE submitted_by = 'all'
),
unasked AS (
  SELECT standing.campaign, standing.ledger, standing.period, standing.unit,
    NULL::BIGINT AS ledger_position, NULL::BIGINT AS position, NULL::DATE AS due_on,
    NULL::VARCHAR AS due_note
  FROM standing
  WHERE standing.in_force IS NOT NULL AND NOT standing.is_joint AND NOT EXISTS (
    FROM owed
    WHERE owed.campaign = standing.campaign AND owed.ledger = standing.ledger
      AND owed.period = standing.period AND standing.unit IN ('', owed.unit))
),
expected AS (SELECT * FROM owed UNION ALL SELECT * FROM unasked),
-- What a unit sent itself goes before the list of all units that also speaks for it.
answered AS (
  SELECT expected.*, own.draft, own.returned,
    own.in_force IS NULL AND joint.in_force IS NOT NULL AND expected.unit <> '' AS is_joint,
    coalesce(own.in_force, joint.in_force) AS upload,
    coalesce(CASE WHEN own.in_force IS NOT NULL THEN own.version ELSE joint.version END, 0)
      AS version,
    CASE WHEN own.in_force IS NOT NULL THEN own.first_came_on ELSE joint.first_came_on END
      AS first_came_on
  FROM expected
  LEFT JOIN standing AS own
    ON own.campaign = expected.campaign AND own.ledger = expected.ledger
   AND own.period = expected.period AND own.reports_for = expected.unit AND NOT own.is_joint
  LEFT JOIN standing AS joint
    ON joint.campaign = expected.campaign AND joint.ledger = expected.ledger
   AND joint.period = expected.period AND joint.reports_for = expected.unit AND joint.is_joint
   AND joint.in_force IS NOT NULL
)
SELECT
  answered.campaign, strftime(answered.period, '%Y-%m') AS month, answered.unit, answered.ledger,
  answered.due_on, answered.due_note,
  CASE WHEN current.upload IS NULL AND answered.due_on < as_of THEN 'missing'
       WHEN current.upload IS NULL THEN 'not yet due'
       WHEN current.is_nil THEN 'nil'
       WHEN answered.first_came_on > answered.due_on THEN 'late' ELSE 'sent' END AS status,
  current.upload, answered.version, current.uploaded_at AS submitted_at, current.came_on,
  coalesce(current.upload IS NOT NULL AND answered.first_came_on > answered.due_on, false)
    AS is_late,
  coalesce(current.is_correction, false) AS is_correction,
  CASE WHEN answered.returned > coalesce(current.upload, 0) THEN returned.returned_reason END
    AS returned_reason,
  answered.is_joint, answered.draft, current.file, current.row_count
FROM answered
CROSS JOIN asked
LEFT JOIN (
  SELECT DISTINCT ON (campaign, ledger, period, upload, reports_for, is_joint) * FROM sent
  WHERE is_in_force
) AS current
  ON current.campaign = answered.campaign AND current.ledger = answered.ledger
 AND current.period = answered.period AND current.upload = answered.upload
 AND current.reports_for = answered.unit AND current.is_joint = answered.is_joint
LEFT JOIN store.main.upload AS returned ON returned.upload = answered.returned
WHERE (slug IS NULL OR answered.campaign = slug)
  AND (month_asked IS NULL OR strftime(answered.period, '%Y-%m') = month_asked)
ORDER BY answered.campaign, answered.period, answered.ledger_position NULLS LAST, answered.ledger,
  answered.position NULLS LAST, answered.unit
