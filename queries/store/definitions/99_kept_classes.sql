-- Items by their classes and channels, answered from what was counted of a day.

CREATE OR REPLACE TABLE kept.class_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, dimension VARCHAR, channel VARCHAR,
  kind VARCHAR, difficulty VARCHAR, handling VARCHAR, is_closed BOOLEAN, is_due BOOLEAN,
  is_overdue BOOLEAN, is_on_time BOOLEAN, is_verified BOOLEAN, is_escalated BOOLEAN,
  alike_count BIGINT, league VARCHAR, leader_post VARCHAR
);

CREATE OR REPLACE MACRO kept.class_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM kept.class_of_day AS counted
  WHERE turn = kept.turn_told('class', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
