-- How long has each enterprise's problem been at each of the three levels, and where is it stuck?
--
-- An item is collected by whoever is responsible (收集), conferred on by the leader (会商) and
-- studied by the committees (集中研究) (E7). A level lasts from its first step to the first step
-- of a later level, to the closing or to $as_of. Without a step of collecting the first begins on
-- the day the problem was found; a level that was passed over has no days.
-- Example: collected on 1 June, conferred on 8 June, open on 30 June: 7 days, then 22 and counting.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per problem that names an enterprise or has one of the steps, the longest stuck first
--   campaign          VARCHAR  campaign slug
--   ledger            VARCHAR  problems or tasks
--   item_key          VARCHAR  who the item is, from month to month
--   title             VARCHAR  what it is about
--   enterprise        VARCHAR  enterprise or project, by its name in the roster
--   unit              VARCHAR  lead unit
--   is_closed         BOOLEAN  closed by the day
--   is_overdue        BOOLEAN  overdue on the day
--   collected_on      DATE     collected, or found
--   conferred_on      DATE     first conferred on by the leader
--   studied_on        DATE     first studied by the committees
--   responsible_days  BIGINT   days at the first level
--   leader_days       BIGINT   days at the second level; NULL when it was never there
--   committee_days    BIGINT   days at the third level; NULL when it was never there
--   level             BIGINT   the level it is at, or was closed at: 1, 2 or 3
--   level_name        VARCHAR  what the pack calls that level, else its step
--   level_days        BIGINT   days at that level
--   upload            BIGINT   upload the row came in
--   file              VARCHAR  its file
--   sheet             VARCHAR  its sheet
--   row               BIGINT   its row there

SELECT
  item.campaign, ledger, item_key, title, subject AS enterprise, item.unit, is_closed, is_overdue,
  collected_on, conferred_on, studied_on, responsible_days, leader_days, committee_days,
  item.level_reached::BIGINT AS level, level_name,
  days_at[item.level_reached] AS level_days,
  item.upload, upload.file, sheet, row
FROM item_level(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS item
JOIN store.main.upload AS upload ON upload.upload = item.upload
JOIN level_named() AS named
  ON named.campaign = item.campaign AND named.level_reached = item.level_reached
ORDER BY is_closed, level_days DESC, item.campaign, item_key
