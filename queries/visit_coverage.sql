-- How is each enterprise and project served: visited when and how often, its problems closed?
--
-- Every object of the roster (E6), and every object of a visit or of a problem that no roster
-- names. Objects are matched by name or short name. Weeks run from Monday to Sunday; missed ones
-- count from the week of the ledger's first visit to the last week that is over.
-- Example: visited in weeks 1 and 3 of 4: missed_week_count 2, unvisited_week_count 1.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units that serve; NULL means all
--   $league    VARCHAR    one league of them; NULL means all
--   $post      VARCHAR    the leader who answers for the object; NULL means all
--   $kind      VARCHAR    one kind of object, with its parts; NULL means all
--   $subject   VARCHAR    one object; NULL means all
--
-- Returns one row per object, the longest unvisited first
--   campaign              VARCHAR  campaign slug
--   subject               VARCHAR  enterprise or project
--   kind                  VARCHAR  kind of object by the roster; NULL when no roster names it
--   unit                  VARCHAR  unit that serves it; of one in no roster, who visited it last
--   leader_post           VARCHAR  leader who answers for it: the roster's, else the unit's
--   contact_post          VARCHAR  who collects its problems
--   is_listed             BOOLEAN  the roster names it
--   last_visit_on         DATE     last visit; NULL when there was none
--   last_dispatch_on      DATE     last dispatch; NULL when there was none
--   visit_count           BIGINT   visits
--   dispatch_count        BIGINT   dispatches
--   week_visit_count      BIGINT   visits in the week of $as_of
--   week_dispatch_count   BIGINT   dispatches in the week of $as_of
--   month_visit_count     BIGINT   visits in the month of $as_of
--   missed_week_count     BIGINT   weeks without a visit
--   unvisited_week_count  BIGINT   weeks since the last visit, all of them when there was none
--   problem_count         BIGINT   problems that name it
--   closed_count          BIGINT   of those, closed by the day
--   open_count            BIGINT   of those, not closed by the day
--   overdue_count         BIGINT   of those, overdue on the day

SELECT
  campaign, subject, kind, unit, leader_post, contact_post, is_listed, last_visit_on,
  last_dispatch_on, visit_count, dispatch_count, week_visit_count, week_dispatch_count,
  month_visit_count, missed_week_count, unvisited_week_count, problem_count, closed_count,
  open_count, overdue_count
FROM object_asked(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
  $post::VARCHAR, $kind::VARCHAR)
WHERE $subject::VARCHAR IS NULL OR subject = $subject::VARCHAR
ORDER BY campaign, unvisited_week_count DESC, missed_week_count DESC, subject
