-- Which open items does a later list no longer name, without a reason given?
--
-- They stay open and counted until 合并, 移交, 撤销 or 重复 is given for the list that should
-- name them. A nil return is no list.
-- Example: open in August, not in September's list: missing_month 2022-09.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $unit      VARCHAR[]  lead units; NULL means all
--
-- Returns one row per item, longest missing first
--   campaign       VARCHAR  campaign slug
--   ledger         VARCHAR  problems or tasks
--   item_key       VARCHAR  who the item is
--   title          VARCHAR  what it is about
--   unit           VARCHAR  lead unit
--   due_on         DATE     deadline in force
--   is_overdue     BOOLEAN  overdue on the day
--   last_month     VARCHAR  month of the last list that names it, YYYY-MM
--   missing_month  VARCHAR  month of the first list that does not
--   upload         BIGINT   that list's upload
--   file           VARCHAR  its file

WITH item AS (
  SELECT * FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], NULL::TIMESTAMP, $unit::VARCHAR[], NULL::VARCHAR,
    NULL::VARCHAR[], NULL::VARCHAR)
  WHERE is_vanished
),
listed AS (
  SELECT item.campaign, item.ledger, item.item_key, min(slice.period) AS period,
    arg_min(slice.upload, (slice.period, slice.upload)) AS upload
  FROM item
  JOIN slice_known(NULL::TIMESTAMP) AS slice
    ON slice.campaign = item.campaign AND slice.ledger = item.ledger
   AND slice.period > item.period AND slice.period <= item.as_of
   AND slice.unit IN ('', item.submitting_unit, item.unit)
  JOIN store.main.upload AS upload ON upload.upload = slice.upload
  WHERE NOT coalesce(upload.is_nil, false)
  GROUP BY ALL
)
SELECT
  item.campaign, item.ledger, item.item_key, item.title, item.unit, item.due_on, item.is_overdue,
  strftime(item.period, '%Y-%m') AS last_month, strftime(listed.period, '%Y-%m') AS missing_month,
  listed.upload, upload.file
FROM item
JOIN listed USING (campaign, ledger, item_key)
JOIN store.main.upload AS upload ON upload.upload = listed.upload
ORDER BY item.campaign, item.period, item.unit, item.item_key
