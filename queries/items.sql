-- Which ledger rows match these words, this unit, state and deadline?
--
-- Each item as it stood on $as_of. Words are looked for in title, goal, measures, community,
-- enterprise, number, unit and progress; each must be in one of them.
-- Example: words 管网, state overdue finds every overdue item that mentions 管网.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $words      VARCHAR    words to look for, all of them; NULL means all
--   $state      VARCHAR    closed, open, overdue, due_soon, verified, reopened or vanished; NULL means all
--   $due_from   DATE       deadline on or after
--   $due_to     DATE       deadline on or before
--   $community  VARCHAR    community; NULL means all
--   $month      VARCHAR    deadline month YYYY-MM; NULL means all
--   $item_key   VARCHAR    one item; NULL means all
--   $at_most    BIGINT     so many rows, in this order; NULL means all
--   $skip       BIGINT     rows passed over before them; NULL means none
--
-- Returns one row per item
--   campaign          VARCHAR  campaign slug
--   ledger            VARCHAR  problems or tasks
--   item_key          VARCHAR  who the item is, from month to month
--   title             VARCHAR  what it is about
--   unit              VARCHAR  lead unit: the list's, or the one that 移交 named since
--   dimension         VARCHAR  dimension, class or channel
--   community         VARCHAR  community, if named
--   leader_post       VARCHAR  responsible leader as the list says
--   due_on            DATE     deadline in force
--   original_due_on   DATE     first deadline given
--   partners          VARCHAR  partner units
--   goal              VARCHAR  goal or annual target
--   measure           VARCHAR  measures
--   enterprise        VARCHAR  enterprise or project
--   progress_note     VARCHAR  progress as last written
--   state             VARCHAR  state as last reported
--   closed_on         DATE     closing day as stated
--   closed_at_on      DATE     closing day, or the first day of the month first reported closed
--   is_closed         BOOLEAN  closed by the day, and neither found false nor sent back since
--   is_overdue        BOOLEAN  overdue on the day
--   overdue_days      BIGINT   days since the deadline
--   is_due_soon       BOOLEAN  open and due within the pack's days
--   is_verified       BOOLEAN  found true by the last check
--   is_reported_closed  BOOLEAN  closed by the lists' own word
--   is_reopened       BOOLEAN  found false or sent back, and not closed anew: open again (B4)
--   is_returned       BOOLEAN  reopened by a step of 退回 alone, without a failed check
--   checked_on        DATE     day of the last check
--   is_extended       BOOLEAN  an extension approved in time is in force
--   is_vanished       BOOLEAN  open, and missing from a later list
--   is_due_derived    BOOLEAN  the deadline was given by the pack in working days
--   due_text          VARCHAR  the deadline as the list words it
--   extension_reason  VARCHAR  reason given for an extension
--   period            DATE     month of the last report
--   upload            BIGINT   upload the row came in
--   file              VARCHAR  its file
--   sheet             VARCHAR  its sheet
--   row               BIGINT   its row there
--   found_count       BIGINT   how many are found in all
--   closed_count      BIGINT   of all found, closed
--   overdue_count     BIGINT   of all found, overdue

WITH found AS NOT MATERIALIZED (
  SELECT asked_item.* REPLACE (coalesce(goal, target) AS goal),
    coalesce(is_due_soon_by(due_on, as_of, is_closed, due_soon_days), false) AS is_due_soon
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS asked_item
  JOIN memory.main.pack_campaign ON pack_campaign.campaign = asked_item.campaign
  WHERE ($community::VARCHAR IS NULL OR community = $community::VARCHAR)
    AND ($item_key::VARCHAR IS NULL OR item_key = $item_key::VARCHAR)
    AND ($due_from::DATE IS NULL OR due_on >= $due_from::DATE)
    AND ($due_to::DATE IS NULL OR due_on <= $due_to::DATE)
    AND ($month::VARCHAR IS NULL OR strftime(due_on, '%Y-%m') = $month::VARCHAR)
    AND is_state_meant($state::VARCHAR, is_closed, is_overdue,
      is_due_soon_by(due_on, as_of, is_closed, due_soon_days), is_verified, is_reopened, is_vanished)
    -- While rows are read a day that is given is looked for, one that is joined is not.
    AND (coalesce($state::VARCHAR, '') <> 'due_soon' OR due_on >= $as_of::DATE)
),
-- Words are looked for once.
worded AS MATERIALIZED (
  SELECT campaign, ledger, item_key, is_closed, is_overdue FROM found
  WHERE $words::VARCHAR IS NOT NULL
    AND (holds_first_word(title, $words::VARCHAR) OR holds_first_word(goal, $words::VARCHAR)
      OR holds_first_word(measure, $words::VARCHAR) OR holds_first_word(target, $words::VARCHAR)
      OR holds_first_word(community, $words::VARCHAR) OR holds_first_word(enterprise, $words::VARCHAR)
      OR holds_first_word(item_no, $words::VARCHAR) OR holds_first_word(unit, $words::VARCHAR)
      OR holds_first_word(progress_note, $words::VARCHAR))
    AND holds_other_words(concat_ws(chr(10), title, goal, measure, target, community, enterprise,
      item_no, unit, progress_note), $words::VARCHAR)
),
-- Of all that the tally tells apart, how many there are is known. Else they are counted, apart from
-- the rows: a count beside each row costs with the square of them.
counted AS (
  SELECT coalesce(sum(found_count), 0)::BIGINT AS found_count,
    coalesce(sum(closed_count), 0)::BIGINT AS closed_count,
    coalesce(sum(overdue_count), 0)::BIGINT AS overdue_count
  FROM (
    SELECT tallied(alike_count, true) AS found_count, tallied(alike_count, is_closed) AS closed_count,
      tallied(alike_count, is_overdue) AS overdue_count
    FROM tally_asked(
      $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
      $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS tally
    JOIN memory.main.pack_campaign ON pack_campaign.campaign = tally.campaign
    WHERE coalesce($words::VARCHAR, $community::VARCHAR, $item_key::VARCHAR,
        $due_from::DATE::VARCHAR, $due_to::DATE::VARCHAR) IS NULL
      AND ($month::VARCHAR IS NULL OR strftime(due_on, '%Y-%m') = $month::VARCHAR)
      AND is_state_meant($state::VARCHAR, is_closed, is_overdue,
        is_due_soon_by(due_on, as_of, is_closed, due_soon_days), is_verified, is_reopened, is_vanished)
    UNION ALL
    SELECT count(*), count(*) FILTER (is_closed), count(*) FILTER (is_overdue)
    FROM found
    WHERE $words::VARCHAR IS NULL AND coalesce($community::VARCHAR, $item_key::VARCHAR,
      $due_from::DATE::VARCHAR, $due_to::DATE::VARCHAR) IS NOT NULL
    UNION ALL
    SELECT count(*), count(*) FILTER (is_closed), count(*) FILTER (is_overdue) FROM worded
  )
),
-- The overdue and the others are each looked for by their deadline, which ends when there are enough.
listed AS (
  (FROM found
   WHERE $words::VARCHAR IS NULL AND is_overdue AND NOT is_closed AND due_on < $as_of::DATE
   ORDER BY due_on, unit, item_key LIMIT $at_most::BIGINT + coalesce($skip::BIGINT, 0))
  UNION ALL
  (FROM found WHERE $words::VARCHAR IS NULL AND NOT is_overdue
   ORDER BY due_on NULLS LAST, unit, item_key
   LIMIT $at_most::BIGINT + coalesce($skip::BIGINT, 0))
  UNION ALL
  (FROM found SEMI JOIN worded USING (campaign, ledger, item_key)
   WHERE $words::VARCHAR IS NOT NULL AND is_overdue AND NOT is_closed AND due_on < $as_of::DATE
   ORDER BY due_on, unit, item_key LIMIT $at_most::BIGINT + coalesce($skip::BIGINT, 0))
  UNION ALL
  (FROM found SEMI JOIN worded USING (campaign, ledger, item_key)
   WHERE $words::VARCHAR IS NOT NULL AND NOT is_overdue
   ORDER BY due_on NULLS LAST, unit, item_key
   LIMIT $at_most::BIGINT + coalesce($skip::BIGINT, 0))
)
SELECT
  listed.campaign, listed.ledger, item_key, title, listed.unit, dimension, community, leader_post,
  due_on, original_due_on, partners, goal, measure, enterprise, progress_note, state, closed_on,
  closed_at_on, is_closed, is_overdue, overdue_days, is_due_soon, is_verified, is_reported_closed,
  is_reopened, is_returned, checked_on, is_extended, is_vanished, is_due_derived, due_text,
  extension_reason, listed.period, listed.upload, upload.file, sheet, row, counted.*
FROM listed
JOIN store.main.upload AS upload ON upload.upload = listed.upload
CROSS JOIN counted
ORDER BY is_overdue DESC, overdue_days DESC, due_on NULLS LAST, listed.unit, item_key
LIMIT $at_most::BIGINT OFFSET coalesce($skip::BIGINT, 0)
