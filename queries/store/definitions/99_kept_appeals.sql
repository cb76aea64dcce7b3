-- Tickets and petitions together, answered from what was counted of a day.

CREATE OR REPLACE MACRO kept.appeal_tally_asked(
  campaign_asked, days, known, units_asked, league_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM memory.kept.appeal_tally_of_day AS counted
  WHERE turn = kept.turn_told('appeal_tally', days, known) AND list_contains(days, as_of)
    AND is_asked(
      counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
      NULL, NULL, counted.leader_post, post_asked);
