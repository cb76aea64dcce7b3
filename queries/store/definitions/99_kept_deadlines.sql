-- Items by the days from their deadline, answered from what was counted of a day.

CREATE OR REPLACE MACRO kept.deadline_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.deadline_of_day AS counted
  WHERE turn = kept.turn_told('deadline', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
