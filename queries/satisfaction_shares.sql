-- How many know of each action of 暖民心 in each community, took part, and are content?
--
-- C10. 知晓率 aware / asked, 参与率 joined / asked, 满意率 satisfied / rated; who rated is who took
-- part where the list does not say. Of an action in a community its newest month with a survey
-- counts, all surveys of that month added up; a survey with a part greater than its whole is left
-- out and counted as faulty. The rows without community are an action's communities added up, those
-- without action a community's actions, without both everything. Intervals: Wilson 95 %.
-- Example: 45 of 60 aware gives 0.75, with 0.628 to 0.842.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $action     VARCHAR    one action; NULL means all
--   $community  VARCHAR[]  communities; NULL means all
--
-- Returns one row per action and community with a survey or in the pack, and those added up
--   campaign          VARCHAR  campaign slug
--   action            VARCHAR  action; NULL for all
--   community         VARCHAR  community, 未注明 without one; NULL for all
--   is_total          BOOLEAN  added up
--   asked_count       BIGINT   people asked; 0 without a survey
--   aware_count       BIGINT   of those, who knew of it
--   aware_share       DOUBLE   aware / asked, 0 to 1; NULL without a survey
--   aware_low         DOUBLE   its lower bound
--   aware_high        DOUBLE   its upper bound
--   aware_state       VARCHAR  behind when its upper bound is under the share of all, low when more
--                              than 5 points under it, else level; NULL when few were asked
--   joined_count      BIGINT   of those asked, who took part
--   joined_share      DOUBLE   joined / asked, 0 to 1
--   joined_low        DOUBLE   its lower bound
--   joined_high       DOUBLE   its upper bound
--   joined_state      VARCHAR  as aware_state
--   rated_count       BIGINT   who said whether they were content
--   satisfied_count   BIGINT   of those, who were
--   satisfied_share   DOUBLE   satisfied / rated, 0 to 1
--   satisfied_low     DOUBLE   its lower bound
--   satisfied_high    DOUBLE   its upper bound
--   satisfied_state   VARCHAR  as aware_state; NULL when few rated
--   is_small          BOOLEAN  fewer asked than the pack's minimum_asked (30 where it sets none)
--   is_few_rated      BOOLEAN  fewer rated than that
--   minimum_asked     BIGINT   that number
--   survey_count      BIGINT   surveys that count
--   faulty_count      BIGINT   surveys left out
--   last_surveyed_on  DATE     the newest of them
--   upload            BIGINT   upload of the newest survey; NULL in what is added up
--   file              VARCHAR  its file
--   sheet             VARCHAR  its sheet
--   row               BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $action::VARCHAR AS action_asked,
    $community::VARCHAR[] AS communities
),
survey AS (
  SELECT survey.* REPLACE (coalesce(community, '未注明') AS community)
  FROM survey_known($as_of::DATE, $known_at::TIMESTAMP) AS survey
  CROSS JOIN asked
  WHERE (slug IS NULL OR campaign = slug)
    AND (action_asked IS NULL OR action = action_asked)
    AND (communities IS NULL OR list_contains(communities, coalesce(community, '未注明')))
  QUALIFY date_trunc('month', surveyed_on) = max(date_trunc('month', surveyed_on)) OVER (
    PARTITION BY campaign, action, coalesce(community, '未注明'))
),
-- What the pack names and no survey asked about is shown as not asked, not as 0.
expected AS (
  SELECT pack_class.campaign, pack_class.name AS action, pack_community.community
  FROM memory.main.pack_class AS pack_class
  JOIN memory.main.pack_community AS pack_community USING (campaign)
  CROSS JOIN asked
  WHERE axis = 'action' AND campaign IN (SELECT campaign FROM survey)
    AND (action_asked IS NULL OR pack_class.name = action_asked)
    AND (communities IS NULL OR list_contains(communities, pack_community.community))
),
summed AS (
  SELECT campaign, action, community, grouping(action, community) > 0 AS is_total,
    coalesce(sum(asked_count) FILTER (NOT is_faulty), 0)::BIGINT AS asked_count,
    sum(asked_count) FILTER (NOT is_faulty AND aware_count IS NOT NULL)::BIGINT AS aware_of,
    sum(aware_count) FILTER (NOT is_faulty)::BIGINT AS aware_count,
    sum(asked_count) FILTER (NOT is_faulty AND joined_count IS NOT NULL)::BIGINT AS joined_of,
    sum(joined_count) FILTER (NOT is_faulty)::BIGINT AS joined_count,
    sum(rated_count) FILTER (NOT is_faulty AND satisfied_count IS NOT NULL)::BIGINT AS rated_count,
    sum(satisfied_count) FILTER (NOT is_faulty AND rated_count IS NOT NULL)::BIGINT
      AS satisfied_count,
    count(*) FILTER (NOT is_faulty AND upload IS NOT NULL) AS survey_count,
    count(*) FILTER (is_faulty) AS faulty_count, max(surveyed_on) AS last_surveyed_on,
    CASE WHEN grouping(action, community) = 0
         THEN arg_max({'upload': upload, 'sheet': sheet, 'row': row}, (surveyed_on, upload, row))
      END AS newest
  FROM survey FULL JOIN expected USING (campaign, action, community)
  GROUP BY GROUPING SETS (
    (campaign, action, community), (campaign, action), (campaign, community), (campaign))
),
shared AS (
  SELECT summed.*,
    share(aware_count, aware_of) AS aware_share,
    wilson_low(aware_count, aware_of) AS aware_low,
    wilson_high(aware_count, aware_of) AS aware_high,
    share(joined_count, joined_of) AS joined_share,
    wilson_low(joined_count, joined_of) AS joined_low,
    wilson_high(joined_count, joined_of) AS joined_high,
    share(satisfied_count, rated_count) AS satisfied_share,
    wilson_low(satisfied_count, rated_count) AS satisfied_low,
    wilson_high(satisfied_count, rated_count) AS satisfied_high,
    coalesce(threshold.value, 30)::BIGINT AS minimum_asked,
    asked_count < coalesce(threshold.value, 30) AS is_small,
    coalesce(rated_count, 0) < coalesce(threshold.value, 30) AS is_few_rated
  FROM summed
  LEFT JOIN memory.main.pack_threshold AS threshold
    ON threshold.campaign = summed.campaign AND threshold.name = 'minimum_asked'
),
compared AS (
  SELECT shared.*,
    CASE WHEN NOT shared.is_small
         THEN league_state(shared.aware_share, shared.aware_high, whole.aware_share) END
      AS aware_state,
    CASE WHEN NOT shared.is_small
         THEN league_state(shared.joined_share, shared.joined_high, whole.joined_share) END
      AS joined_state,
    CASE WHEN NOT shared.is_few_rated
         THEN league_state(shared.satisfied_share, shared.satisfied_high, whole.satisfied_share)
      END AS satisfied_state
  FROM shared JOIN shared AS whole
    ON whole.campaign = shared.campaign AND whole.action IS NULL AND whole.community IS NULL
)
SELECT
  compared.campaign, action, compared.community, is_total, asked_count,
  aware_count, aware_share, aware_low, aware_high, aware_state,
  joined_count, joined_share, joined_low, joined_high, joined_state,
  rated_count, satisfied_count, satisfied_share, satisfied_low, satisfied_high, satisfied_state,
  is_small, is_few_rated, minimum_asked, survey_count, faulty_count, last_surveyed_on,
  newest.upload AS upload, upload.file, newest.sheet AS sheet, newest.row AS row
FROM compared
LEFT JOIN memory.main.pack_class AS pack_class
  ON pack_class.campaign = compared.campaign AND pack_class.axis = 'action'
 AND pack_class.name = action
LEFT JOIN memory.main.pack_community AS pack_community
  ON pack_community.campaign = compared.campaign AND pack_community.community = compared.community
LEFT JOIN store.main.upload AS upload ON upload.upload = newest.upload
ORDER BY compared.campaign, action IS NULL, pack_class.position NULLS LAST, action,
  compared.community IS NULL, pack_community.position NULLS LAST, compared.community
