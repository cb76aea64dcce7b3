-- Which typical cases, good and bad, were published?
--
-- G2: the 典型案例台账 as it stands, by the day; a case names the item it is about where it has one.
-- Example: a 正面 case of 28 September stands among those of September and of later months.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $kind      VARCHAR    正面 or 反面; NULL means both
--   $item_key  VARCHAR    one case by its key; NULL means all
--
-- Returns one row per case, newest first
--   item_key      VARCHAR  the case's key
--   kind          VARCHAR  正面 or 反面
--   unit          VARCHAR  unit
--   title         VARCHAR  its title
--   content       VARCHAR  what it tells; NULL
--   item_no       VARCHAR  number of the item it is about; NULL
--   published_on  DATE     day it was published
--   published_in  VARCHAR  where; NULL
--   upload        BIGINT   upload the row is from
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

SELECT cases.item_key, kind, cases.unit, title, content, item_no, published_on, published_in,
  cases.upload, upload.file, sheet, row
FROM case_known($known_at::TIMESTAMP) AS cases
JOIN store.main.upload AS upload ON upload.upload = cases.upload
WHERE cases.campaign = $campaign::VARCHAR AND published_on <= $as_of::DATE
  AND ($kind::VARCHAR IS NULL OR kind = $kind::VARCHAR)
  AND ($item_key::VARCHAR IS NULL OR cases.item_key = $item_key::VARCHAR)
ORDER BY published_on DESC, title
