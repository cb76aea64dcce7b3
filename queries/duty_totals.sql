-- How do the duties stand: how often done, late, missing, and what is still to come?
--
-- Counts are of subjects times windows: 12 units in 5 windows are 60. subject_count 0 means that
-- the roster a duty is about has not come in. The current window is the one $as_of lies in, else
-- the next one.
-- Example: two units, April done by one on time and by the other late, June still to come:
-- done 1, late 1, missing 0, waiting 2.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $first_on   DATE       windows that are due on or after it; NULL means all
--   $last_on    DATE       windows that start on or before it; NULL means this year and 31 days on
--   $unit       VARCHAR[]  units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions of tasks; NULL means all
--   $post       VARCHAR    leader in charge of the unit, or the post itself; NULL means all
--
-- Returns one row per duty, in the pack's order
--   campaign         VARCHAR  campaign slug
--   section          VARCHAR  what the duty belongs to
--   duty             VARCHAR  the duty
--   owner            VARCHAR  who sees to it that it is done
--   subjects         VARCHAR  units, posts, tasks, objects, organs or fields
--   every            VARCHAR  its rhythm
--   subject_count    BIGINT   how many owe it
--   done_count       BIGINT   done in time
--   late_count       BIGINT   done late
--   missing_count    BIGINT   over and not done
--   waiting_count    BIGINT   not yet due
--   done_share       DOUBLE   done / (done + late + missing); NULL while nothing was due
--   current_start_on DATE     first day of the current window; NULL when there is none
--   current_end_on   DATE     its last day in time
--   current_topic    VARCHAR  what it is about
--   current_waiting_count BIGINT  subjects that still have to do it there
--   unsent           VARCHAR  kinds of ledger, joined by commas, that could prove it and of which
--                             none came yet; NULL when one has
--   due_note         VARCHAR  why a day is not known, and how the administrator adds it
--   note             VARCHAR  what the pack remarks
--   source           VARCHAR  the clause it is taken from

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of
),
standing AS (
  SELECT *, coalesce(due_on, window_end_on) AS last_on
  FROM duty_standing(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, NULL::VARCHAR[], $first_on::DATE,
    $last_on::DATE, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
counted AS (
  SELECT standing.campaign, duty,
    count(DISTINCT subject) AS subject_count,
    count(*) FILTER (status = 'done') AS done_count,
    count(*) FILTER (status = 'late') AS late_count,
    count(*) FILTER (status = 'missing') AS missing_count,
    count(*) FILTER (status = 'not yet due') AS waiting_count,
    max(standing.note) AS due_note,
    min(window_number) FILTER (last_on >= as_of) AS current_number
  FROM standing CROSS JOIN asked GROUP BY ALL
),
-- A roster has no month; a list that is the proof is named by its kind.
sent AS (
  SELECT DISTINCT slice.campaign, slice.ledger FROM slice_known($known_at::TIMESTAMP) AS slice
  CROSS JOIN asked WHERE slice.period IS NULL OR slice.period <= as_of
),
proving AS (
  SELECT proof.campaign, proof.duty,
    CASE WHEN bool_and(sent.ledger IS NULL)
         THEN string_agg(DISTINCT CASE WHEN proof.ledger = 'submissions' THEN proof.kind
                                       ELSE proof.ledger END, ',') END AS unsent
  FROM memory.main.pack_duty_proof AS proof
  LEFT JOIN sent ON sent.campaign = proof.campaign
   AND sent.ledger = CASE WHEN proof.ledger = 'submissions' THEN proof.kind ELSE proof.ledger END
  GROUP BY ALL
),
current AS (
  SELECT standing.campaign, standing.duty, any_value(window_start_on) AS start_on,
    any_value(last_on) AS end_on, any_value(topic) AS topic,
    count(*) FILTER (status = 'not yet due') AS waiting_count
  FROM standing JOIN counted
    ON counted.campaign = standing.campaign AND counted.duty = standing.duty
   AND counted.current_number = standing.window_number
  GROUP BY ALL
)
SELECT
  duty.campaign, duty.section, duty.duty, duty.owner, duty.subjects, duty.every,
  coalesce(subject_count, 0) AS subject_count, coalesce(done_count, 0) AS done_count,
  coalesce(late_count, 0) AS late_count, coalesce(missing_count, 0) AS missing_count,
  coalesce(counted.waiting_count, 0) AS waiting_count,
  share(done_count, done_count + late_count + missing_count) AS done_share,
  current.start_on AS current_start_on, current.end_on AS current_end_on,
  current.topic AS current_topic, coalesce(current.waiting_count, 0) AS current_waiting_count,
  unsent, due_note, duty.note, duty.source
FROM memory.main.pack_duty AS duty
CROSS JOIN asked
LEFT JOIN counted ON counted.campaign = duty.campaign AND counted.duty = duty.duty
LEFT JOIN proving ON proving.campaign = duty.campaign AND proving.duty = duty.duty
LEFT JOIN current ON current.campaign = duty.campaign AND current.duty = duty.duty
WHERE slug IS NULL OR duty.campaign = slug
ORDER BY duty.campaign, duty.position
