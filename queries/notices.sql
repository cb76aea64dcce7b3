-- Which notices (通报) were issued?
--
-- A notice is rebuilt from this row alone: what it was asked for, as of which day, and as the
-- data was known then (G1).
-- Example: notice 1 of October 2022, as of 2022-10-31.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--
-- Returns one row per notice, newest first
--   notice           BIGINT     its number
--   campaign         VARCHAR    campaign slug
--   kind             VARCHAR    month or quarter
--   period           DATE       first day of its (last) month
--   as_of            DATE       the day its figures are of
--   known_at         TIMESTAMP  the state of the data they are from (UTC)
--   issued_on        DATE       the date it carries
--   ranking          VARCHAR    shown, anonymous or left out
--   has_red_head     BOOLEAN    with the issuer's name in red above
--   number           VARCHAR    document number; empty for none
--   praised          VARCHAR    items that stand as good examples, a key a line
--   exposed          VARCHAR    items that stand as bad examples, a key a line
--   has_personal_measures  BOOLEAN  it says what is done to persons
--   title            VARCHAR    its title
--   template_sha256  VARCHAR    the template it was laid out with
--   document_sha256  VARCHAR    the document as it was issued
--   issued_by        VARCHAR    the post that issued it
--   issued_at        TIMESTAMP  when (UTC)

SELECT notice, notice.campaign, kind, period, as_of, known_at, issued_on, ranking, has_red_head,
  number, praised, exposed, has_personal_measures, title, template_sha256, document_sha256,
  issued_by, issued_at
FROM store.main.notice AS notice
WHERE $campaign::VARCHAR IS NULL OR notice.campaign = $campaign::VARCHAR
ORDER BY notice DESC
