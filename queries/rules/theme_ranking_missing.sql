-- Which themes that are over have not been ranked?
--
-- D15: when a theme of these kinds has ended, its lead unit ranks those who took part, by $days days
-- after the end; the ranking is published. A theme of which the pack knows no end is never due.
-- Handed in late it was missing until the day its list came. There is no row to prove it.
-- Example: a theme ended on 30 April, $days 15, ranked on 28 May: found from 16 to 27 May.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $kinds     VARCHAR[]  kinds of the pack's themes
--   $days      INTEGER    days after the theme that still count as in time
--
-- Returns one row per theme
--   subject         VARCHAR  theme
--   detail          VARCHAR  kind of theme
--   unit            VARCHAR  its lead; NULL when nobody is named
--   since_on        DATE     the first day the ranking was missing
--   until_on        DATE     the day of the ranking; NULL while there is none
--   measured_value  DOUBLE   days since the theme ended, by the day or until the ranking
--   threshold       DOUBLE   $days
--   remark          VARCHAR  always NULL
--   upload          BIGINT   always NULL
--   sheet           VARCHAR  always NULL
--   row             BIGINT   always NULL

WITH ranked AS (
  SELECT work, min(ranked_on) AS ranked_on
  FROM rank_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND scope = '主题活动' AND ranked_on <= $as_of::DATE
  GROUP BY work
)
SELECT
  theme AS subject, kind AS detail, lead AS unit,
  (end_on + $days::INTEGER + 1)::DATE AS since_on, ranked_on AS until_on,
  (least(ranked_on, $as_of::DATE) - end_on)::DOUBLE AS measured_value,
  $days::INTEGER::DOUBLE AS threshold,
  NULL::VARCHAR AS remark, NULL::BIGINT AS upload, NULL::VARCHAR AS sheet, NULL::BIGINT AS row
FROM memory.main.pack_theme LEFT JOIN ranked ON ranked.work = theme
WHERE campaign = $campaign::VARCHAR AND list_contains($kinds::VARCHAR[], kind)
  AND least(ranked_on, $as_of::DATE) - end_on > $days::INTEGER
ORDER BY since_on, subject
