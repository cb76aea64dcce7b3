-- Which duties lapsed: were not done in time, once or several times running?
--
-- D1, D10 (1): windows that are over without the duty done in time, by duty_standing. Missed
-- windows that follow each other are one finding; it holds until the duty is next met, late or in
-- a later window. A window that is not over, or whose day nobody can tell, is none.
-- Example: visits due every week; none in weeks 2 and 3, one on Tuesday of week 4: with $windows 1
-- found since the Monday of week 3 until that Tuesday, measured 2; with $windows 3 not found.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $duties    VARCHAR[]  names of duties
--   $windows   INTEGER    windows missed running from which it is found
--
-- Returns one row per subject and day, with the row that ended it; lapses of several duties that
-- reached the limit on the same day are one finding, which holds while any of them does
--   subject         VARCHAR  who owes the duty; of a task its title
--   detail          VARCHAR  the duty and the first window missed; all of them
--   unit            VARCHAR  unit that answers for the subject
--   since_on        DATE     the day after the window with which the limit was reached
--   until_on        DATE     the day the duty was next met; NULL while it is not
--   measured_value  DOUBLE   windows missed running
--   threshold       DOUBLE   $windows
--   remark          VARCHAR  that one was made up late in its own window; else NULL
--   upload          BIGINT   upload the row that ended it is from; NULL while nothing did
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH standing AS (
  SELECT duty, subject, title, unit, window_number, window_start_on,
         coalesce(due_on, window_end_on) AS last_day_on, status, met_on, upload, sheet, row,
         count(met_on) OVER (
           PARTITION BY duty, subject ORDER BY window_number
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS lapse_number
  FROM duty_standing(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $duties::VARCHAR[], NULL, $as_of::DATE,
    NULL, NULL, NULL, NULL)
  WHERE status <> 'not yet due'
),
lapse AS (
  SELECT duty, title, any_value(unit) AS unit, min(window_start_on) AS first_on,
         list(last_day_on ORDER BY window_number) FILTER (status <> 'done') AS missed,
         bool_or(status = 'late') AS is_made_up, max(met_on) AS met_on,
         any_value({'upload': upload, 'sheet': sheet, 'row': row}) FILTER (met_on IS NOT NULL)
           AS proof
  FROM standing GROUP BY duty, subject, title, lapse_number
  HAVING len(missed) >= $windows::INTEGER
)
SELECT
  title AS subject,
  string_agg(format('{}（{}至{}）', duty, strftime(first_on, '%-m月%-d日'),
    strftime(missed[1], '%-m月%-d日')), '、' ORDER BY duty) AS detail,
  any_value(unit) AS unit, (missed[$windows::INTEGER] + 1)::DATE AS since_on,
  CASE WHEN bool_and(met_on IS NOT NULL) THEN max(met_on) END AS until_on,
  max(len(missed))::DOUBLE AS measured_value, $windows::INTEGER::DOUBLE AS threshold,
  CASE WHEN bool_or(is_made_up) THEN '逾期补上' END AS remark,
  any_value(proof.upload) AS upload, any_value(proof.sheet) AS sheet, any_value(proof.row) AS row
FROM lapse
GROUP BY title, since_on
ORDER BY since_on, subject
