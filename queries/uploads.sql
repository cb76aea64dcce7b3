-- Which files came in, for which month, and what became of them?
--
-- One file is one upload; it can hold several ledgers and, for events, several months.
-- status: draft, published, replaced (another upload took every slice of it), undone, returned
-- (sent back with a reason) or refused. A nil return (零报告) is an upload without a file.
-- Example: a corrected September list makes the first one replaced.
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--   $upload    BIGINT   one upload; NULL means all
--
-- Returns one row per upload, newest first
--   upload           BIGINT     number of the upload
--   campaign         VARCHAR    campaign slug
--   month            VARCHAR    YYYY-MM; the newest when there are several
--   ledger           VARCHAR    kinds of ledger, joined by commas
--   unit             VARCHAR    submitting unit; empty for all
--   file             VARCHAR    file name; 零报告 for a nil return
--   sha256           VARCHAR    of the original, which is kept; NULL for a nil return
--   uploaded_by      VARCHAR    who; the host's user until accounts come
--   uploaded_at      TIMESTAMP  when (UTC)
--   reported_on      DATE       the filled-in date the file states
--   status           VARCHAR    draft, published, replaced, undone, returned or refused
--   row_count        BIGINT     ledger rows
--   reason           VARCHAR    reason given for reversals or a correction
--   is_sample        BOOLEAN    demonstration data
--   added_count      BIGINT     items added, when it was compared; NULL when not counted
--   changed_count    BIGINT     items changed
--   vanished_count   BIGINT     items no longer named
--   reversed_count   BIGINT     items that go backwards
--   is_nil           BOOLEAN    a nil return
--   is_correction    BOOLEAN    published after its month was sealed
--   reviewed_by      VARCHAR    who beside the sender published or returned it
--   reviewed_at      TIMESTAMP  when (UTC)
--   returned_reason  VARCHAR    why it was returned

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $upload::BIGINT AS upload_asked),
sliced AS (
  SELECT upload, string_agg(DISTINCT ledger, ',' ORDER BY ledger) AS ledger, max(period) AS newest
  FROM store.main.slice GROUP BY upload
)
SELECT
  upload.upload, campaign, strftime(coalesce(newest, month), '%Y-%m') AS month, ledger, unit, file, sha256,
  uploaded_by, uploaded_at, reported_on, status, row_count, reason, is_sample,
  added_count, changed_count, vanished_count, reversed_count,
  coalesce(is_nil, false) AS is_nil, coalesce(is_correction, false) AS is_correction,
  reviewed_by, reviewed_at, returned_reason
FROM store.main.upload AS upload LEFT JOIN sliced ON sliced.upload = upload.upload
CROSS JOIN asked
WHERE (slug IS NULL OR campaign = slug) AND (upload_asked IS NULL OR upload.upload = upload_asked)
ORDER BY upload.upload DESC
