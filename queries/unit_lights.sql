-- Which light did each unit show in each month, and which does it show for that month now?
--
-- D8, F5: red and amber by the rules that turn a light; grey where a list that is owed every month
-- is not in (not reported is neither green nor red, and hides no red); green otherwise. A light is
-- never whitewashed: what was red or amber in the month and has been put right or closed since is
-- amber (made up late), never green; so is a month whose list came late, and one that was red when its lists
-- had been due and is not any more because the data were revised.
-- Example: a milestone due on 20 June and reached on 3 July: June is red until 2 July and amber from
-- then on; light_then stays red.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge; NULL means all
--
-- Returns one row per unit and month, by league, in the roster's order
--   league         VARCHAR  its league
--   unit           VARCHAR  unit
--   month          VARCHAR  month, YYYY-MM
--   light          VARCHAR  green, amber, red or grey, as it shows now
--   light_then     VARCHAR  as it showed when the month's lists had been due; NULL when nothing was
--                           known then
--   is_made_up     BOOLEAN  amber because something was made up late, or revised
--   finding_count  BIGINT   findings that turned it, as known now
--   reason         VARCHAR  the gravest of them in a sentence, or which list is missing or late; NULL
--                           when nothing is to be said

WITH roster AS (
  FROM unit_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
    AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)
),
month AS (
  SELECT unnest(month_ends(start_on, least(end_on, $as_of::DATE))) AS month_end
  FROM memory.main.pack_campaign WHERE campaign = $campaign::VARCHAR
),
finding AS (
  SELECT found.unit, month_end, level, alike_count, first_subject, first_sentence, since_on,
         rule_position,
         NOT is_over AND status <> 'closed' AS is_still_on
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS found
  JOIN month ON found.since_on <= least(month_end, $as_of::DATE)
   AND (last_month IS NULL OR last_month >= date_trunc('month', month_end))
  WHERE is_light AND status <> 'withdrawn'
),
turned AS (
  SELECT unit, month_end, tallied(alike_count, true) AS finding_count,
         bool_or(is_still_on AND level = 'red') AS is_red, NOT bool_or(is_still_on) AS is_made_up,
         arg_min(first_sentence, (
           NOT is_still_on, list_position(['red', 'amber'], level), since_on, rule_position,
           first_subject)) AS reason
  FROM finding GROUP BY unit, month_end
),
list AS (
  SELECT unit, last_day(period) AS month_end,
         bool_or(status IN ('missing', 'not yet due')) AS is_missing,
         bool_or(status = 'late') AS is_late
  FROM unit_list_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  GROUP BY unit, last_day(period)
),
shown_then AS (
  SELECT unit, month_end, bool_or(level = 'red') AS is_red
  FROM finding_then($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  GROUP BY unit, month_end
),
judged AS (
  SELECT
    roster.league, roster.unit, roster.position, month.month_end,
    coalesce(turned.is_red, false) AS is_red, coalesce(turned.is_made_up, false) AS is_made_up,
    coalesce(turned.finding_count, 0) AS finding_count, turned.reason,
    coalesce(list.is_missing, false) AS is_missing, coalesce(list.is_late, false) AS is_late,
    CASE WHEN moment.month_end IS NULL THEN NULL
         WHEN shown_then.is_red THEN 'red'
         WHEN list.is_missing OR list.is_late THEN 'grey'
         WHEN shown_then.unit IS NOT NULL THEN 'amber' ELSE 'green' END AS light_then
  FROM roster CROSS JOIN month
  LEFT JOIN turned ON turned.unit = roster.unit AND turned.month_end = month.month_end
  LEFT JOIN list ON list.unit = roster.unit AND list.month_end = month.month_end
  LEFT JOIN shown_then
    ON shown_then.unit = roster.unit AND shown_then.month_end = month.month_end
  LEFT JOIN light_moment($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS moment
    ON moment.month_end = month.month_end
)
SELECT
  league, unit, strftime(month_end, '%Y-%m') AS month,
  CASE WHEN is_red THEN 'red' WHEN is_missing THEN 'grey'
       WHEN finding_count > 0 OR is_late OR coalesce(light_then = 'red', false) THEN 'amber'
       ELSE 'green' END AS light,
  light_then,
  NOT is_red AND NOT is_missing AND (
    is_late OR is_made_up OR (finding_count = 0 AND coalesce(light_then = 'red', false)))
    AS is_made_up,
  finding_count,
  CASE WHEN finding_count > 0 THEN reason WHEN is_missing THEN '本月台账未报送'
       WHEN coalesce(light_then = 'red', false) THEN '当时亮红灯，数据后来更正'
       WHEN is_late THEN '本月台账迟报' END AS reason
FROM judged
ORDER BY league, position, month_end
