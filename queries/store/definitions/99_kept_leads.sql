-- Leads to matters that may have come back, answered from what was found once of a day.

CREATE OR REPLACE TABLE kept.lead_of_day (
  turn BIGINT, as_of DATE, campaign VARCHAR, likeness DOUBLE, is_same_unit BOOLEAN,
  is_same_place BOOLEAN, ledger VARCHAR, item_key VARCHAR, title VARCHAR, unit VARCHAR,
  dimension VARCHAR, place VARCHAR, found_at_on DATE, upload BIGINT, sheet VARCHAR, row BIGINT,
  earlier_item_key VARCHAR, earlier_title VARCHAR, earlier_unit VARCHAR, earlier_dimension VARCHAR,
  earlier_place VARCHAR, earlier_closed_on DATE, days_between BIGINT, is_earlier_verified BOOLEAN,
  earlier_upload BIGINT, earlier_sheet VARCHAR, earlier_row BIGINT, league VARCHAR,
  earlier_league VARCHAR, leader_post VARCHAR, earlier_leader_post VARCHAR
);

CREATE OR REPLACE MACRO kept.lead_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT counted.* EXCLUDE (turn, leader_post)
  FROM kept.lead_of_day AS counted
  WHERE turn = kept.turn_told('lead', days, known) AND list_contains(days, as_of)
    AND is_asked(
      counted.campaign, campaign_asked, counted.unit, units_asked, counted.league, league_asked,
      counted.dimension, dimensions_asked, counted.leader_post, post_asked)
    AND is_asked(
      counted.campaign, campaign_asked, counted.earlier_unit, units_asked, counted.earlier_league,
      league_asked, counted.earlier_dimension, dimensions_asked, counted.earlier_leader_post,
      post_asked);
