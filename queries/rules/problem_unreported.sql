-- Of which visits that found problems was none reported in time?
--
-- D10 (2), 包保企业有问题未能及时收集反馈: a visit counted problems, and no problem that names the
-- enterprise was found from that day to $days days on. It holds until one is.
-- Example: a visit on 1 July counted 2 problems, the first one in the list is of 10 July; with
-- $days 7 found since 9 July until 10 July.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $days      INTEGER    days after the visit that are still in time
--
-- Returns one row per visit, with its row
--   subject         VARCHAR  the enterprise
--   detail          VARCHAR  the visit: its day, and how many problems it counted
--   unit            VARCHAR  unit that serves the enterprise; of one in no roster, who visited it
--   since_on        DATE     the first day it was late
--   until_on        DATE     the day the next problem of the enterprise was found; NULL without one
--   measured_value  DOUBLE   days from the visit to that day, or to $as_of
--   threshold       DOUBLE   $days
--   remark          VARCHAR  that no roster names the enterprise; else NULL
--   upload          BIGINT   upload the visit is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH about AS (
  SELECT unnest(objects_meant(report.enterprise, object_of)) AS subject, ledger, item_key,
         found_on, period
  FROM item_report($known_at::TIMESTAMP) AS report
  LEFT JOIN object_words($known_at::TIMESTAMP) AS object_words
    ON object_words.campaign = report.campaign
  WHERE report.campaign = $campaign::VARCHAR AND report.enterprise IS NOT NULL
),
reported AS (
  SELECT subject, ledger, item_key, coalesce(min(found_on), min(period)) AS reported_on
  FROM about GROUP BY subject, ledger, item_key
  HAVING coalesce(min(found_on), min(period)) <= $as_of::DATE
),
visit AS (
  SELECT visit.*, coalesce(served.unit, visit.unit) AS unit_in_charge,
         served.object IS NOT NULL AS is_listed
  FROM visit_known($as_of::DATE, $known_at::TIMESTAMP) AS visit
  LEFT JOIN object_known($known_at::TIMESTAMP) AS served
    ON served.campaign = visit.campaign AND served.object = visit.subject
  WHERE visit.campaign = $campaign::VARCHAR AND visit.problem_count > 0
    AND visit.visited_on + $days::INTEGER < $as_of::DATE
),
answered AS (
  SELECT visit.subject, visit.unit_in_charge, visit.is_listed, visit.visited_on,
         visit.problem_count, visit.upload, visit.sheet, visit.row,
         min(reported.reported_on) AS reported_on
  FROM visit LEFT JOIN reported
    ON reported.subject = visit.subject AND reported.reported_on >= visit.visited_on
  GROUP BY ALL
)
SELECT
  subject,
  format('{}走访收集{}个问题', strftime(visited_on, '%-m月%-d日'), number_words(problem_count))
    AS detail,
  unit_in_charge AS unit, (visited_on + $days::INTEGER + 1)::DATE AS since_on,
  reported_on AS until_on,
  (coalesce(reported_on, $as_of::DATE) - visited_on)::DOUBLE AS measured_value,
  $days::INTEGER::DOUBLE AS threshold, CASE WHEN NOT is_listed THEN '名册中没有' END AS remark,
  upload, sheet, row
FROM answered
WHERE coalesce(reported_on, $as_of::DATE) - visited_on > $days::INTEGER
ORDER BY since_on, subject
