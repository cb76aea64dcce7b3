-- Leads to matters that may have come back, answered from what was found once of a day.

CREATE OR REPLACE MACRO kept.lead_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.lead_of_day AS counted
  WHERE turn = kept.turn_told('lead', days, known) AND list_contains(days, as_of)
    AND is_asked(
      counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
      counted.dimension, dimensions_asked, counted.leader_post, post_asked)
    AND is_asked(
      counted.campaign, campaign_asked, counted.earlier_unit, units_asked, counted.earlier_league,
      league_asked, counted.earlier_dimension, dimensions_asked, counted.earlier_leader_post,
      post_asked);
