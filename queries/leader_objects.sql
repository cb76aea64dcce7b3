-- Which leader answers for which enterprise, and how many of its problems are open?
--
-- Every object of the roster, and those that only a visit or a problem names (E6), under the
-- leader of the roster or, where it names none, the one in charge of the unit that serves it.
-- Example: three problems of one firm, one of them closed, one overdue: open_count 2.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units that serve; NULL means all
--   $league    VARCHAR    one league of them; NULL means all
--   $post      VARCHAR    the leader who answers for the object; NULL means all
--   $kind      VARCHAR    one kind of object, with its parts; NULL means all
--
-- Returns one row per object, the leader with the most open problems first
--   campaign           VARCHAR  campaign slug
--   leader_post        VARCHAR  leader who answers for it; NULL when nobody is named
--   subject            VARCHAR  enterprise or project
--   kind               VARCHAR  kind of object; NULL when no roster names it
--   unit               VARCHAR  unit that serves it
--   is_listed          BOOLEAN  the roster names it
--   problem_count      BIGINT   problems that name it
--   open_count         BIGINT   of those, not closed by the day
--   overdue_count      BIGINT   of those, overdue on the day
--   parked_count       BIGINT   of the open, put aside (暂时不能解决)
--   open_days_max      BIGINT   days since the oldest open one was found
--   leader_open_count  BIGINT   open problems of all the leader's objects

SELECT
  campaign, leader_post, subject, kind, unit, is_listed, problem_count, open_count, overdue_count,
  parked_count, open_days_max,
  len(list_filter(
    list_distinct(flatten(list(problems) OVER (PARTITION BY campaign, leader_post))),
    lambda problem: NOT problem.is_closed)) AS leader_open_count
FROM object_asked(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
  $post::VARCHAR, $kind::VARCHAR)
ORDER BY campaign, leader_open_count DESC, leader_post NULLS LAST, open_count DESC,
  problem_count DESC, subject
