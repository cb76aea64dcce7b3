-- What was done about a finding, in which order?
--
-- The life of a finding: acknowledged, acted (a talk held, a report or a rectification asked for by
-- a day), slip, reply (the unit's right of reply), closed or withdrawn. A step taken back is not
-- shown, but is as known before.
-- Example: 约谈 on 3 July with a report due on 10 July, a reply on 8 July, closed on 12 July with
-- the number of the minutes.
--
-- Scope: subject
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $rule      VARCHAR    rule; NULL means all
--   $subject   VARCHAR    whom or what the finding is about; NULL means all
--   $since_on  DATE       the first day it held; NULL means any
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per step, in the order taken
--   finding_step   BIGINT     number of the step
--   campaign       VARCHAR    campaign slug
--   rule           VARCHAR    rule
--   subject        VARCHAR    whom or what the finding is about
--   since_on       DATE       the first day it held
--   step           VARCHAR    acknowledged, acted, slip, reply, closed or withdrawn
--   step_on        DATE       day of the step
--   post           VARCHAR    post that took it
--   measure        VARCHAR    which way was taken (约谈, 书面报告 …)
--   content        VARCHAR    what was said
--   report_due_on  DATE       by when a written report is due
--   rectify_by_on  DATE       by when it is to be put right
--   slip_level     VARCHAR    colour of the slip: blue, amber or red
--   slip_due_on    DATE       the slip's last day
--   reference      VARCHAR    document number or ledger row
--   entered_at     TIMESTAMP  when it was entered (UTC)

SELECT
  finding_step, campaign, rule, subject, since_on, step, step_on, post, measure, content,
  report_due_on, rectify_by_on, slip_level, slip_due_on, reference, entered_at
FROM finding_step_known($known_at::TIMESTAMP)
WHERE campaign = $campaign::VARCHAR
  AND ($rule::VARCHAR IS NULL OR rule = $rule::VARCHAR)
  AND ($subject::VARCHAR IS NULL OR subject = $subject::VARCHAR)
  AND ($since_on::DATE IS NULL OR since_on = $since_on::DATE)
ORDER BY step_on, finding_step
