-- What did the rules find, by which clause, and what has become of it?
--
-- Family D: each finding is a subject of a rule since a day. It is raised when the rule's
-- condition holds, and goes through acknowledged and acted to closed or withdrawn; ended when
-- the condition passed before anybody dealt with it; gone when steps were taken and the data,
-- revised since, does not say so any more. Of the newest month the steps taken since its end count
-- too. Rules that are switched off find nothing.
-- Example: a milestone due on 30 June that is not reached on 12 July was found since 1 July, has
-- been open for 11 days, and is new in July.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units that answer for it; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge; NULL means all
--   $rule      VARCHAR[]  rules; NULL means all
--   $is_open   BOOLEAN    only those still to be dealt with, or only the others; NULL means both
--   $first_on  DATE       of those that are not open only what began on or after it and was neither
--                         withdrawn nor is gone; NULL means all
--   $by        VARCHAR    what $name is: unit, post, consequence or rule
--   $name      VARCHAR    only what `finding_counts` counts under it, empty: under none; NULL means all
--   $at_most   BIGINT     so many rows, in this order; NULL means all
--
-- Returns one row per finding, open ones first, the gravest and longest first
--   campaign          VARCHAR    campaign slug
--   rule              VARCHAR    rule
--   mechanism         VARCHAR    which mechanism of the plans it is
--   level             VARCHAR    red, amber, blue (to be looked at) or good (to be commended)
--   subject           VARCHAR    whom or what it is about
--   detail            VARCHAR    what the subject is known by: a title, a ranked work; NULL
--   unit              VARCHAR    unit that answers for it; NULL when none does
--   league            VARCHAR    that unit's league
--   leader_post       VARCHAR    leader in charge of that unit
--   since_on          DATE       the first day it held
--   until_on          DATE       the first day it held no more; NULL while it holds
--   measured_value    DOUBLE     what was measured
--   threshold         DOUBLE     the limit it was held against
--   sentence          VARCHAR    the finding in a sentence
--   remark            VARCHAR    what must be said beside it: tied, within chance, few cases
--   consequence       VARCHAR    what follows
--   measures          VARCHAR[]  the ways the text gives for it
--   clause            VARCHAR    where the rule is from
--   threshold_source  VARCHAR    where the limit is from: a clause or 本级自定
--   status            VARCHAR    raised, acknowledged, acted, closed, withdrawn, ended or gone
--   is_holding        BOOLEAN    the condition holds on the day
--   is_open           BOOLEAN    something is still to be done
--   is_new            BOOLEAN    found since a day of the month asked about
--   open_days         BIGINT     days from since_on to the day; NULL when it is not open
--   report_due_on     DATE       by when a written report is due; NULL when none was asked for
--   rectify_by_on     DATE       by when it is to be put right; NULL when no day was set
--   slip_level        VARCHAR    colour of the last slip: blue, amber or red; NULL without one
--   slip_due_on       DATE       the last day of that slip
--   has_reply         BOOLEAN    the unit has replied
--   reference         VARCHAR    document number or ledger row of the last step
--   evidence_count    BIGINT     ledger rows that prove it

WITH asked AS (
  SELECT $as_of::DATE AS as_of, date_trunc('month', $as_of::DATE) AS month_start
),
-- Cut to its length before anything is put into words.
finding AS (
  SELECT found.*, roster.league, roster.leader_post
  FROM finding_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS found
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = found.campaign AND roster.unit = found.unit
  WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], found.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
    AND ($rule::VARCHAR[] IS NULL OR list_contains($rule::VARCHAR[], found.rule))
    AND ($is_open::BOOLEAN IS NULL OR is_open = $is_open::BOOLEAN)
    AND ($first_on::DATE IS NULL OR is_open
      OR (since_on >= $first_on::DATE AND status NOT IN ('withdrawn', 'gone')))
    AND ($name::VARCHAR IS NULL OR $name::VARCHAR = coalesce(finding_group(
      $by::VARCHAR, found.unit, roster.leader_post, consequence, found.rule), ''))
  ORDER BY place LIMIT $at_most::BIGINT
)
SELECT
  finding.campaign, finding.rule, mechanism, level, subject, detail, finding.unit, league,
  leader_post, since_on, until_on, measured_value, threshold,
  finding_sentence(template, subject, detail, finding.unit, measured_value, threshold, since_on)
    AS sentence,
  remark,
  consequence, measures, clause, threshold_source, status, is_holding, is_open,
  since_on BETWEEN month_start AND as_of AS is_new,
  CASE WHEN is_open THEN as_of - since_on END AS open_days,
  report_due_on, rectify_by_on, slip_level, slip_due_on, has_reply, reference, evidence_count
FROM finding
CROSS JOIN asked
ORDER BY place
