-- Items by their classes and channels, answered from what was counted of a day.

CREATE OR REPLACE MACRO kept.class_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.class_of_day AS counted
  WHERE turn = kept.turn_told('class', days, known) AND list_contains(days, as_of) AND is_asked(
    counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
    counted.dimension, dimensions_asked, counted.leader_post, post_asked);
