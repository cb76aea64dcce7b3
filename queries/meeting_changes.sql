-- What changed since the last meeting, thing by thing?
--
-- Two states are compared: on $before_on as known at $before_known_at (the last meeting), and on
-- $as_of as known at $known_at. An item can have changed in two ways. Lists that were published or
-- corrected are those of all units, whatever is chosen.
-- Example: closed by its list of October and open in September: closed, with its closing day.
--
-- Parameters
--   $campaign         VARCHAR    campaign slug
--   $as_of            DATE       the day the question is asked
--   $known_at         TIMESTAMP  as it was known then (UTC); NULL means now
--   $before_on        DATE       the day of the state before
--   $before_known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit             VARCHAR[]  units; NULL means all
--   $league           VARCHAR    one league; NULL means all
--   $dimension        VARCHAR[]  dimensions of items; NULL means all
--   $post             VARCHAR    leader in charge; NULL means all
--   $change           VARCHAR    one kind of change; NULL means all
--   $at_most          BIGINT     so many rows, in this order; NULL means all
--
-- Returns one row per thing that changed, by change, the newest first
--   change    VARCHAR  closed, overdue, reopened, extended, added, gone, found, ended, told, done,
--                      late, reported, published or corrected
--   kind      VARCHAR  item, finding, instruction, unit or list
--   entry     VARCHAR  what it is known by
--   title     VARCHAR  what it is about; of a list its kind of ledger
--   unit      VARCHAR  unit that answers for it; NULL when none does
--   moved_on  DATE     the day it changed; NULL where none is known

SELECT change, kind, entry, title, unit, moved_on
FROM meeting_change_told(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $before_on::DATE,
  $before_known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[],
  $post::VARCHAR)
WHERE $change::VARCHAR IS NULL OR change = $change::VARCHAR
ORDER BY place
LIMIT $at_most::BIGINT
