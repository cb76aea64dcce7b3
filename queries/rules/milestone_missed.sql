-- Which milestones were not reached in time?
--
-- D8: the day first planned, by whichever list, and $grace_days after it. Moving the day does not
-- make it met, nor does leaving it out of a newer road map: it stands as it was last told. Reached
-- late, it was missed until the day it was reached.
-- Example: planned for 20 June, reached on 3 July, with $grace_days 0: found from 21 June to 2 July.
--
-- Parameters
--   $campaign    VARCHAR    campaign slug
--   $as_of       DATE       the day the question is asked
--   $known_at    TIMESTAMP  as it was known then (UTC); NULL means now
--   $grace_days  INTEGER    days after the planned one that still count as in time
--
-- Returns one row per milestone, with its row in the newest road map that names it
--   subject         VARCHAR  number of the task and milestone
--   detail          VARCHAR  milestone
--   unit            VARCHAR  lead unit
--   since_on        DATE     the first day it was missed
--   until_on        DATE     the day it was reached; NULL while it is not
--   measured_value  DOUBLE   days late, by the day or until it was reached
--   threshold       DOUBLE   $grace_days
--   remark          VARCHAR  the day it was moved to, that newer road maps leave it out; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH report AS (
  SELECT milestones.*,
         max(milestones.period) OVER (PARTITION BY milestones.item_key) AS last_period,
         first_value(milestones.due_on) OVER (
           PARTITION BY milestones.item_key, milestones.title ORDER BY milestones.period)
           AS first_due_on
  FROM store.main.milestones AS milestones
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = milestones.upload AND slice.ledger = 'milestones'
   AND slice.period = milestones.period
  WHERE slice.campaign = $campaign::VARCHAR AND milestones.period <= $as_of::DATE
),
standing AS (
  SELECT *, CASE WHEN done_on <= $as_of::DATE THEN done_on END AS reached_on
  FROM report
  QUALIFY dense_rank() OVER (PARTITION BY item_key, title ORDER BY period DESC) = 1
)
SELECT
  item_no || '·' || title AS subject, title AS detail, unit,
  (first_due_on + $grace_days::INTEGER + 1)::DATE AS since_on, reached_on AS until_on,
  (coalesce(reached_on, $as_of::DATE) - first_due_on)::DOUBLE AS measured_value,
  $grace_days::INTEGER::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN due_on <> first_due_on
      THEN '计划日改为' || strftime(due_on, '%Y年%-m月%-d日') || '，仍按首次计划日判断' END,
    CASE WHEN period < last_period AND reached_on IS NULL
      THEN '新的路线图里没有这个节点' END), '') AS remark,
  upload, sheet, row
FROM standing
WHERE coalesce(reached_on, $as_of::DATE) - first_due_on > $grace_days::INTEGER
ORDER BY since_on, subject
