-- Which instructions of the leaders asked about are not yet in effect?
--
-- D7 (1), D22: what these posts or bodies told a unit to do (交办批示台账, and 会上交办 entered in the
-- meeting) is to be visited until it is in effect (见效). A post is meant by its end, whatever
-- stands before it: 管委会主任 means 园区管委会主任 too, and not 管委会副主任.
-- Example: given on 10 April and in effect on 20 May: found from 10 April to 19 May.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $given_by  VARCHAR[]  posts and bodies whose instructions are meant
--
-- Returns one row per instruction
--   subject         VARCHAR  its number, or its title where it has none
--   detail          VARCHAR  its title
--   unit            VARCHAR  unit that is to carry it out
--   since_on        DATE     the day it was given
--   until_on        DATE     the day it was in effect; NULL while it is not
--   measured_value  DOUBLE   days since it was given, by the day or by the effect
--   threshold       DOUBLE   days it was given; NULL without a deadline
--   remark          VARCHAR  past its deadline, or how far it has come; NULL
--   upload          BIGINT   upload the row is from; NULL when entered in the meeting
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

SELECT
  coalesce(item_no, title) AS subject, title AS detail, unit, given_on AS since_on,
  CASE WHEN is_effective THEN effective_on END AS until_on,
  (CASE WHEN is_effective THEN effective_on ELSE $as_of::DATE END - given_on)::DOUBLE
    AS measured_value,
  (due_on - given_on)::DOUBLE AS threshold,
  nullif(concat_ws('；',
    given_by || '交办',
    CASE WHEN is_overdue THEN '已过办结时限' || ($as_of::DATE - due_on) || '天' END), '') AS remark,
  upload, sheet, row
FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
WHERE len(list_filter(
  string_split(given_by, '、'),
  lambda post: len(list_filter(
    $given_by::VARCHAR[], lambda ending: ends_with(trim(post), ending))) > 0)) > 0
ORDER BY since_on, subject
