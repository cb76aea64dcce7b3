-- Tally a campaign's items on these days, for the units as the data have them now.
--
-- Deadlines of one month count as one, so far as no limit of days that a question knows lies
-- between them: due_on is the earliest of them, overdue_days the longest.
INSERT INTO memory.kept.tally_of_day BY NAME
SELECT $turn::BIGINT AS turn, * EXCLUDE (due_month, ageing, is_coming, is_soon)
FROM (
  SELECT tally.* EXCLUDE (community, alike_count, due_on, overdue_days),
    min(tally.due_on) AS due_on, max(tally.overdue_days) AS overdue_days,
    sum(alike_count)::BIGINT AS alike_count,
    unit_known.league, unit_known.leader_post,
    date_trunc('month', tally.due_on) AS due_month,
    len(list_filter([7, 30, 90], lambda limit_days: tally.overdue_days > limit_days)) AS ageing,
    tally.due_on >= as_of AS is_coming,
    tally.due_on <= as_of + due_soon_days::INTEGER AS is_soon
  FROM tally_on($days::DATE[], NULL::TIMESTAMP) AS tally
  JOIN memory.main.pack_campaign USING (campaign)
  LEFT JOIN unit_known(NULL::TIMESTAMP) AS unit_known USING (campaign, unit)
  WHERE tally.campaign = $campaign::VARCHAR
  GROUP BY ALL
)
