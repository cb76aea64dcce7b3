-- What is counted by classes and channels, rolled up: items alike in both and in how they stand.
CREATE OR REPLACE MACRO class_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, dimension, channel, kind, difficulty, handling, is_closed, is_due,
    is_overdue, is_on_time, is_verified,
    coalesce(state = 'escalated' AND NOT is_closed, false) AS is_escalated,
    count(*) AS alike_count
  FROM item_on(days, known)
  WHERE coalesce(channel, kind, difficulty, handling) IS NOT NULL
  GROUP BY ALL;

CREATE OR REPLACE MACRO class_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT class.*, unit_known.league
  FROM class_on(days, known) AS class
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    class.campaign, campaign_asked, class.unit, units_asked, unit_known.league, league_asked,
    class.dimension, dimensions_asked, unit_known.leader_post, post_asked);
