-- How does a duty stand line by line and window by window?
--
-- A line is a subject, or with $is_by_unit a unit with all subjects it answers for: 138 enterprises
-- are eleven lines. Counts of a subject's own line are 1 or 0.
-- Example: a unit with 12 enterprises of which 9 were visited in the week: done 9, missing 3.
--
-- Parameters
--   $campaign    VARCHAR    campaign slug; NULL means all
--   $as_of       DATE       the day the question is asked
--   $known_at    TIMESTAMP  as it was known then (UTC); NULL means now
--   $duty        VARCHAR[]  names of duties; NULL means all
--   $is_by_unit  BOOLEAN    a line for each unit instead of each subject; NULL means no
--   $first_on    DATE       windows that are due on or after it; NULL means all
--   $last_on     DATE       windows that start on or before it; NULL means this year and 31 days on
--   $unit        VARCHAR[]  units; NULL means all
--   $league      VARCHAR    one league; NULL means all
--   $dimension   VARCHAR[]  dimensions of tasks; NULL means all
--   $post        VARCHAR    leader in charge of the unit, or the post itself; NULL means all
--
-- Returns one row per duty, line and window
--   campaign         VARCHAR  campaign slug
--   duty             VARCHAR  the duty
--   line             VARCHAR  subject or unit; of a task its number
--   title            VARCHAR  the line in words
--   unit             VARCHAR  unit that answers for it
--   window_number    BIGINT   1 is the duty's first
--   period_start_on  DATE     first day of the week, month … it belongs to
--   window_start_on  DATE     first day
--   window_end_on    DATE     last day in time
--   topic            VARCHAR  what the pack sets for this window
--   subject_count    BIGINT   subjects of the line that owe it
--   done_count       BIGINT   done in time
--   late_count       BIGINT   done late
--   missing_count    BIGINT   over and not done
--   waiting_count    BIGINT   not yet due
--   met_on           DATE     the last day one of them was met

SELECT
  campaign, duty,
  CASE WHEN $is_by_unit::BOOLEAN THEN coalesce(unit, subject) ELSE subject END AS line,
  CASE WHEN $is_by_unit::BOOLEAN THEN coalesce(unit, title) ELSE title END AS title,
  unit, window_number, period_start_on, window_start_on,
  coalesce(due_on, window_end_on) AS window_end_on, topic,
  count(*) AS subject_count,
  count(*) FILTER (status = 'done') AS done_count,
  count(*) FILTER (status = 'late') AS late_count,
  count(*) FILTER (status = 'missing') AS missing_count,
  count(*) FILTER (status = 'not yet due') AS waiting_count,
  max(met_on) AS met_on
FROM duty_standing(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $duty::VARCHAR[], $first_on::DATE,
  $last_on::DATE, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
GROUP BY ALL
ORDER BY campaign, min(duty_position), min(subject_position), line, window_number
