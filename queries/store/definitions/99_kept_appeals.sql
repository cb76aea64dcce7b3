-- Tickets and petitions together, answered from what was counted of a day.

CREATE OR REPLACE TABLE kept.appeal_tally_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, unit VARCHAR, community VARCHAR, channel VARCHAR,
  month VARCHAR, answer_days BIGINT, is_backlog BOOLEAN, received_count BIGINT, closed_count BIGINT, said_count BIGINT,
  resolved_count BIGINT, rated_count BIGINT, satisfied_count BIGINT, due_count BIGINT,
  on_time_count BIGINT, overdue_count BIGINT, league VARCHAR, leader_post VARCHAR
);

CREATE OR REPLACE MACRO kept.appeal_tally_asked(
  campaign_asked, days, known, units_asked, league_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM kept.appeal_tally_of_day AS counted
  WHERE turn = kept.turn_told('appeal_tally', days, known) AND list_contains(days, as_of)
    AND is_asked(
      counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
      NULL, NULL, counted.leader_post, post_asked);
