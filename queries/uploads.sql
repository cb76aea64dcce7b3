-- Which files came in, for which month, and what became of them?
--
-- One file is one upload; it can hold several ledgers and, for events, several months.
-- status: draft, published, replaced (another upload took every slice of it), undone, refused.
-- Example: a corrected September list makes the first one replaced.
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--   $upload    BIGINT   one upload; NULL means all
--
-- Returns one row per upload, newest first
--   upload       BIGINT     number of the upload
--   campaign     VARCHAR    campaign slug
--   month        VARCHAR    YYYY-MM; the newest when there are several
--   ledger       VARCHAR    kinds of ledger, joined by commas
--   unit         VARCHAR    submitting unit; empty for all
--   file         VARCHAR    file name
--   sha256       VARCHAR    of the original, which is kept
--   uploaded_by  VARCHAR    who; the host's user until accounts come
--   uploaded_at  TIMESTAMP  when (UTC)
--   reported_on  DATE       the filled-in date the file states
--   status       VARCHAR    draft, published, replaced, undone or refused
--   row_count    BIGINT     ledger rows
--   reason       VARCHAR    reason given for reversals
--   is_sample    BOOLEAN    demonstration data

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $upload::BIGINT AS upload_asked),
sliced AS (
  SELECT upload, string_agg(DISTINCT ledger, ',' ORDER BY ledger) AS ledger, max(period) AS newest
  FROM store.main.slice GROUP BY upload
)
SELECT
  upload.upload, campaign, strftime(coalesce(newest, month), '%Y-%m') AS month, ledger, unit, file, sha256,
  uploaded_by, uploaded_at, reported_on, status, row_count, reason, is_sample
FROM store.main.upload AS upload LEFT JOIN sliced ON sliced.upload = upload.upload
CROSS JOIN asked
WHERE (slug IS NULL OR campaign = slug) AND (upload_asked IS NULL OR upload.upload = upload_asked)
ORDER BY upload.upload DESC
