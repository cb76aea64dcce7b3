-- Which work reports and reviews were not handed in by their day?
--
-- D11, D12, D15: by the list that says who owes what by when. It holds until it is handed in. What has
-- no day is not late; who is in no list owes nothing that the list can tell.
-- Example: due on 31 December, handed in on 4 January: found since 1 January until 4 January.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $kinds     VARCHAR[]  kinds of review: 述职报告, 书面检讨, 大会检讨, 调研报告
--   $days      INTEGER    days after the day that are still let pass
--
-- Returns one row per report or review, with its newest row
--   subject         VARCHAR  its number, or the unit and its title where it has none
--   detail          VARCHAR  what was to be handed in
--   unit            VARCHAR  the unit
--   since_on        DATE     the first day it was late
--   until_on        DATE     the day it was handed in; NULL while it is not
--   measured_value  DOUBLE   days late, by that day or by $as_of
--   threshold       DOUBLE   $days
--   remark          VARCHAR  always NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH review AS (
  SELECT *, CASE WHEN handed_in_on <= $as_of::DATE THEN handed_in_on END AS came_on
  FROM review_known($as_of::DATE, $known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND list_contains($kinds::VARCHAR[], kind)
)
SELECT
  coalesce(item_no, format('{}：{}', unit, title)) AS subject,
  format('{}：{}', kind, title) AS detail, unit,
  (due_on + $days::INTEGER + 1)::DATE AS since_on, came_on AS until_on,
  (coalesce(came_on, $as_of::DATE) - due_on)::DOUBLE AS measured_value,
  $days::INTEGER::DOUBLE AS threshold, NULL::VARCHAR AS remark, upload, sheet, row
FROM review
WHERE coalesce(came_on, $as_of::DATE) - due_on > $days::INTEGER
ORDER BY since_on, subject
