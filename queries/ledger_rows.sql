-- Which rows of any list in force hold these words?
--
-- Every row as its file gave it: each month's report of an item, the withdrawn too, and the rows
-- of every other ledger. Words are looked for in the text, the number, the unit, and what else
-- tells such a row apart: the post of a visit, the reason of a step, the number of a document.
-- Example: an item reported in August and September is two rows.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $words     VARCHAR    words to look for, all of them; NULL means all
--   $ledger    VARCHAR    kind of ledger; NULL means all
--   $day_from  DATE       day on or after; NULL means any
--   $day_to    DATE       day on or before; NULL means any
--   $at_most   BIGINT     so many rows, in this order; NULL means all
--   $skip      BIGINT     rows passed over before them; NULL means none
--   $unsearched  VARCHAR[]  ledgers whose texts are not looked into; NULL means none
--
-- Returns one row per ledger row, the newest month first
--   campaign  VARCHAR  campaign slug
--   ledger    VARCHAR  kind of ledger
--   month     VARCHAR  YYYY-MM of the list; NULL in a roster
--   item_key  VARCHAR  what the row is about
--   title     VARCHAR  its text, or what it is about: the enterprise visited, the form of activity
--   unit      VARCHAR  lead unit, if there is one
--   state     VARCHAR  state, result, step or kind as read, if there is one
--   day       DATE     deadline, or the day it happened
--   upload    BIGINT   upload the row came in
--   file      VARCHAR  its file
--   sheet     VARCHAR  its sheet
--   row       BIGINT   its row there
--   found_count  BIGINT  how many are found in all

WITH counted AS MATERIALIZED (
  SELECT campaign, ledger, period, upload, sum(alike_count)::BIGINT AS row_count
  FROM ledger_row_tally($known_at::TIMESTAMP)
  WHERE ($campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR)
    AND (period IS NULL OR period <= $as_of::DATE)
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
    AND ($ledger::VARCHAR IS NULL OR ledger = $ledger::VARCHAR)
    AND ($day_from::DATE IS NULL OR day >= $day_from::DATE)
    AND ($day_to::DATE IS NULL OR day <= $day_to::DATE)
  GROUP BY campaign, ledger, period, upload
),
-- Without words it is known how many rows of each slice are found: those behind the page are not read.
listed AS MATERIALIZED (
  SELECT campaign, ledger, period, upload,
    row_number() OVER (ORDER BY campaign, period DESC NULLS LAST, ledger, upload) AS list_number
  FROM counted
  QUALIFY $words::VARCHAR IS NOT NULL OR $at_most::BIGINT IS NULL
    OR sum(row_count) OVER (ORDER BY campaign, period DESC NULLS LAST, ledger, upload) - row_count
      < $at_most::BIGINT + coalesce($skip::BIGINT, 0)
),
found AS NOT MATERIALIZED (
  SELECT listed.campaign, list_number, told.*
  -- The uploads alone are looked for while rows are read.
  FROM (
    FROM ledger_row($known_at::TIMESTAMP) WHERE upload IN (SELECT upload FROM listed)
  ) AS told
  JOIN listed
    ON listed.upload = told.upload AND listed.ledger = told.ledger
   AND listed.period IS NOT DISTINCT FROM told.period
  ANTI JOIN row_outdone(NULL, $known_at::TIMESTAMP) AS outdone
    ON outdone.upload = told.upload AND outdone.sheet = told.sheet AND outdone.row = told.row
   AND outdone.item_key = told.item_key
  WHERE is_row_meant(told, $unit::VARCHAR[], $words::VARCHAR, $unsearched::VARCHAR[],
    $day_from::DATE, $day_to::DATE)
),
-- Where the rows of the page stand, found without their texts.
place AS MATERIALIZED (
  SELECT ledger, period, upload, sheet, row, item_key FROM found
  ORDER BY list_number, sheet, row, item_key
  LIMIT $at_most::BIGINT + coalesce($skip::BIGINT, 0)
),
page AS (
  SELECT listed.campaign, list_number, told.*
  FROM (
    FROM ledger_row($known_at::TIMESTAMP)
    WHERE upload IN (SELECT upload FROM place) AND row IN (SELECT row FROM place)
  ) AS told
  SEMI JOIN place
    ON place.upload = told.upload AND place.sheet = told.sheet AND place.row = told.row
   AND place.ledger = told.ledger AND place.period IS NOT DISTINCT FROM told.period
   AND place.item_key IS NOT DISTINCT FROM told.item_key
  JOIN listed
    ON listed.upload = told.upload AND listed.ledger = told.ledger
   AND listed.period IS NOT DISTINCT FROM told.period
  WHERE is_row_meant(told, $unit::VARCHAR[], $words::VARCHAR, $unsearched::VARCHAR[],
    $day_from::DATE, $day_to::DATE)
  ORDER BY list_number, sheet, row, item_key, title
  LIMIT $at_most::BIGINT OFFSET coalesce($skip::BIGINT, 0)
)
SELECT
  page.campaign, page.ledger, strftime(page.period, '%Y-%m') AS month, page.item_key, page.title,
  page.unit, page.state, page.day, page.upload, upload.file, page.sheet, page.row,
  CASE WHEN $words::VARCHAR IS NULL THEN (SELECT sum(row_count)::BIGINT FROM counted)
       ELSE (SELECT count(*) FROM found WHERE $words::VARCHAR IS NOT NULL) END AS found_count
FROM page
JOIN store.main.upload AS upload ON upload.upload = page.upload
ORDER BY list_number, page.sheet, page.row, page.item_key, page.title
