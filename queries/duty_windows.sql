-- How does each window of each duty stand, all who owe it together?
--
-- The five steps of a quarter (D1), its stock-taking (A9), and what is due next are windows of
-- duties; this is the same judgement as duty_compliance, counted.
-- Example: 12 units owe April's discussion; 9 held it in time, 2 late, 1 not: 9, 2, 1.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $duty       VARCHAR[]  names of duties; NULL means all
--   $first_on   DATE       windows that are due on or after it; NULL means all
--   $last_on    DATE       windows that start on or before it; NULL means this year and 31 days on
--   $unit       VARCHAR[]  units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions of tasks; NULL means all
--   $post       VARCHAR    leader in charge of the unit, or the post itself; NULL means all
--
-- Returns one row per duty and window, the duties in the pack's order
--   campaign         VARCHAR  campaign slug
--   section          VARCHAR  what the duty belongs to
--   duty             VARCHAR  the duty
--   every            VARCHAR  its rhythm
--   window_number    BIGINT   1 is the duty's first
--   period_start_on  DATE     first day of the week, month … it belongs to
--   window_start_on  DATE     first day
--   window_end_on    DATE     last day in time
--   topic            VARCHAR  what the pack sets for this window
--   topic_count      BIGINT   subjects whose own row names a topic
--   subject_count    BIGINT   how many owe it
--   done_count       BIGINT   done in time
--   late_count       BIGINT   done late
--   missing_count    BIGINT   over and not done
--   waiting_count    BIGINT   not yet due
--   waiting          VARCHAR  who still has to do it, or has not; the first ten, joined by 、
--   note             VARCHAR  why no day is known, and how the administrator adds it

SELECT
  campaign, section, duty, every, window_number, period_start_on, window_start_on,
  coalesce(due_on, window_end_on) AS window_end_on, topic,
  count(*) FILTER (proof_topic <> '') AS topic_count,
  count(*) AS subject_count,
  count(*) FILTER (status = 'done') AS done_count,
  count(*) FILTER (status = 'late') AS late_count,
  count(*) FILTER (status = 'missing') AS missing_count,
  count(*) FILTER (status = 'not yet due') AS waiting_count,
  array_to_string(
    (list(title ORDER BY subject_position, subject)
      FILTER (status IN ('missing', 'not yet due')))[:10], '、') AS waiting,
  note
FROM duty_standing(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $duty::VARCHAR[], $first_on::DATE,
  $last_on::DATE, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
GROUP BY ALL
ORDER BY campaign, min(duty_position), window_number
