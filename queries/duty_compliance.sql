-- Who did what they must, in each window it was due in?
--
-- A window is as the pack's notation gives it (docs/packs.md), moved past holidays where it says
-- so; a monthly report is due with its list. Rows of any ledger the duty names prove it, a joint
-- event for each partner. Windows that start after the year of $as_of and later than 31 days on
-- are left out unless $last_on asks for them.
-- Example: 双月一讨论 of October 2023, due 7 to 11 October, held on the 9th: done; on the 20th:
-- late; nothing by the 12th: missing; asked on the 6th: not yet due.
--
-- Sensitive: proof_topic:clues
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
-- Returns one row per duty, subject and window
--   campaign         VARCHAR  campaign slug
--   section          VARCHAR  what the duty belongs to
--   duty             VARCHAR  the duty
--   owner            VARCHAR  who sees to it that it is done
--   subjects         VARCHAR  units, posts, tasks, objects, organs or fields
--   every            VARCHAR  its rhythm
--   subject          VARCHAR  who owes it; of a task its number
--   title            VARCHAR  the subject in words
--   unit             VARCHAR  unit that answers for the subject; NULL of a field
--   window_number    BIGINT   1 is the duty's first
--   window_start_on  DATE     first day
--   window_end_on    DATE     last day in time
--   status           VARCHAR  done, late, missing or not yet due
--   topic            VARCHAR  what the pack sets for this window
--   needed_count     BIGINT   proofs needed, or days
--   met_count        BIGINT   proofs or days so far, the late ones too
--   met_on           DATE     the day it was met
--   ledger           VARCHAR  ledger of the row that met it, else of the newest one
--   item_key         VARCHAR  what that row is about
--   proof_topic      VARCHAR  its topic, content or title
--   upload           BIGINT   its upload
--   file             VARCHAR  its file
--   sheet            VARCHAR  its sheet; NULL where the list itself is the proof
--   row              BIGINT   its row there
--   note             VARCHAR  why no day is known, and how the administrator adds it

SELECT
  standing.campaign, section, duty, owner, subjects, every, subject, title, standing.unit,
  window_number, window_start_on, coalesce(standing.due_on, window_end_on) AS window_end_on,
  standing.status, topic, needed_count, met_count, met_on, ledger, item_key, proof_topic,
  standing.upload, upload.file, standing.sheet, standing.row, note
FROM duty_standing(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $duty::VARCHAR[], $first_on::DATE,
  $last_on::DATE, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR
) AS standing
LEFT JOIN store.main.upload AS upload ON upload.upload = standing.upload
ORDER BY standing.campaign, duty_position, subject_position, subject, window_number
