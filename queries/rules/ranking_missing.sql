-- Which quarterly rankings were not handed in?
--
-- D16: each of $works is to be ranked every quarter of the campaign, by $days days after its end. A
-- ranking is that of the quarter it is dated in. Who answers is who leads the work: by the pack's
-- duty of that name, else its theme, else who handed it in before. Handed in late it was missing
-- until the day its list came. Nothing can prove what is missing: there is no row.
-- Example: no ranking of 进企业 dated in the second quarter, $days 10: found since 11 July.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $scope     VARCHAR    which rankings: 工作形式, 主题活动, 全区, 全市 or 全省
--   $works     VARCHAR[]  works that are to be ranked
--   $days      INTEGER    days after the quarter that still count as in time
--
-- Returns one row per work and quarter
--   subject         VARCHAR  work and quarter
--   detail          VARCHAR  work
--   unit            VARCHAR  who is to hand the ranking in; NULL when nobody is named
--   since_on        DATE     the first day it was missing
--   until_on        DATE     the day it came; NULL while it has not
--   measured_value  DOUBLE   days since the quarter ended, by the day or until it came
--   threshold       DOUBLE   $days
--   remark          VARCHAR  always NULL
--   upload          BIGINT   always NULL
--   sheet           VARCHAR  always NULL
--   row             BIGINT   always NULL

WITH work AS (SELECT unnest($works::VARCHAR[]) AS work),
quarter AS (
  SELECT unnest(list_filter(
    month_ends(start_on, least(end_on, $as_of::DATE)), lambda month_end: month(month_end) % 3 = 0))
    AS quarter_end
  FROM memory.main.pack_campaign WHERE campaign = $campaign::VARCHAR
),
-- When a list with the ranking first came, however often it was sent again since.
came AS (
  SELECT ranks.work, quarter_number(ranks.ranked_on) AS quarter,
         min(coalesce(
           CASE WHEN upload.is_sample THEN upload.reported_on END,
           shanghai_day(upload.uploaded_at))) AS came_on
  FROM store.main.ranks AS ranks
  JOIN upload_standing($known_at::TIMESTAMP) AS upload ON upload.upload = ranks.upload
  JOIN rank_known($known_at::TIMESTAMP) AS standing
    ON standing.work = ranks.work AND standing.scope = ranks.scope
   AND standing.ranked_on = ranks.ranked_on AND standing.campaign = $campaign::VARCHAR
  WHERE ranks.scope = $scope::VARCHAR AND upload.campaign = $campaign::VARCHAR
  GROUP BY ALL
),
lead AS (
  SELECT work, coalesce(
    (SELECT any_value(owner) FROM memory.main.pack_duty
      WHERE campaign = $campaign::VARCHAR AND duty = work.work),
    (SELECT any_value(lead) FROM memory.main.pack_theme
      WHERE campaign = $campaign::VARCHAR AND theme = work.work),
    (SELECT arg_max(published_by, ranked_on) FROM rank_known($known_at::TIMESTAMP) AS handed
      WHERE handed.campaign = $campaign::VARCHAR AND handed.work = work.work)) AS unit
  FROM work
)
SELECT
  lead.work || '·' || quarter_words(quarter_number(quarter_end)) AS subject, lead.work AS detail,
  lead.unit, (quarter_end + $days::INTEGER + 1)::DATE AS since_on,
  CASE WHEN came_on <= $as_of::DATE THEN came_on END AS until_on,
  (least(came_on, $as_of::DATE) - quarter_end)::DOUBLE AS measured_value,
  $days::INTEGER::DOUBLE AS threshold,
  NULL::VARCHAR AS remark, NULL::BIGINT AS upload, NULL::VARCHAR AS sheet, NULL::BIGINT AS row
FROM lead CROSS JOIN quarter
LEFT JOIN came ON came.work = lead.work AND came.quarter = quarter_number(quarter_end)
WHERE least(came_on, $as_of::DATE) - quarter_end > $days::INTEGER
ORDER BY since_on, subject
