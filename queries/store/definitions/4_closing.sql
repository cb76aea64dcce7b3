-- Reported closings, what checks found of them, and who reported.

-- Every check on the spot of an item that a list names, as known at a moment. `was_closed` says
-- whether the lists had reported the item closed when it was checked: only then does the result
-- say something of a closing (B5).
CREATE OR REPLACE MACRO closing_check(known) AS TABLE
  WITH checked AS (FROM check_found(known)),
  listed AS (
    SELECT campaign, ledger, item_key,
           list({'period': period, 'closed_on': closed_on}) FILTER (state = 'closed') AS closings,
           list(period) FILTER (state <> 'closed') AS open_periods
    FROM item_report(known) WHERE item_key IN (SELECT item_key FROM checked)
    GROUP BY ALL
  )
  SELECT campaign, ledger, item_key, checked_on, is_verified, checker_post, note,
         was_closed_on(closings, open_periods, checked_on) AS was_closed, upload, sheet, row
  FROM checked JOIN listed USING (campaign, item_key);

-- A repeatable draw among the items closed by the day and not checked since (B5). Each unit that
-- has any gives one; the others are spread in proportion to what is left of each unit's stock,
-- the largest remainders first, then the larger stock, then the lower hash of seed and unit.
-- Within a unit the lowest SHA-256 of seed|ledger|item key are drawn. A NULL draws nothing.
--
-- stock_count  such items of the unit
-- drawn_count  how many of them are drawn
-- draw_number  place of the item in its unit's order
CREATE OR REPLACE MACRO closed_stock(campaign_asked, day_asked, known, seed_asked, size_asked)
AS TABLE
  WITH stock AS (
    SELECT *,
           row_number() OVER (
             PARTITION BY unit
             ORDER BY sha256(concat(seed_asked, '|', ledger, '|', item_key)), ledger, item_key)
             AS draw_number
    FROM item_on([day_asked], known)
    WHERE campaign = campaign_asked AND is_closed AND NOT is_verified
  ),
  stratum AS (
    SELECT unit, count(*) AS stock_count,
           (count(*) OVER ())::HUGEINT AS unit_count,
           (sum(count(*)) OVER ())::HUGEINT AS whole_count,
           least(greatest(size_asked, unit_count), whole_count) - unit_count AS rest_count
    FROM stock WHERE size_asked > 0 AND seed_asked IS NOT NULL GROUP BY unit
  ),
  divided AS (
    SELECT *, rest_count * (stock_count - 1) // greatest(whole_count - unit_count, 1) AS whole_part,
           rest_count * (stock_count - 1) % greatest(whole_count - unit_count, 1) AS remainder
    FROM stratum
  ),
  allotted AS (
    SELECT unit, stock_count,
           (1 + whole_part + (
             row_number() OVER (ORDER BY remainder DESC, stock_count DESC,
                                sha256(concat(seed_asked, '|', unit)))
             <= rest_count - sum(whole_part) OVER ())::INTEGER)::BIGINT AS drawn_count
    FROM divided
  )
  SELECT stock.*, allotted.stock_count, allotted.drawn_count,
         stock.draw_number <= allotted.drawn_count AS is_drawn
  FROM stock JOIN allotted USING (unit);

-- Whether a row is one of those asked about, by the shared filters.
CREATE OR REPLACE MACRO is_asked(
  campaign_of, campaign_asked, unit_of, units_asked, league_of, league_asked,
  dimension_of, dimensions_asked, post_of, post_asked
) AS
  (campaign_asked IS NULL OR campaign_of = campaign_asked)
  AND (units_asked IS NULL OR list_contains(units_asked, unit_of))
  AND (league_asked IS NULL OR league_of = league_asked)
  AND (dimensions_asked IS NULL OR list_contains(dimensions_asked, dimension_of))
  AND (post_asked IS NULL OR post_of = post_asked);

-- Whether an item is in the state that a list of them is asked for.
CREATE OR REPLACE MACRO is_state_meant(
  state_asked, closed_by, overdue_by, due_soon_by, verified_by, reopened_by, vanished_by
) AS
  CASE state_asked WHEN 'closed' THEN closed_by WHEN 'open' THEN NOT closed_by
    WHEN 'overdue' THEN overdue_by WHEN 'due_soon' THEN due_soon_by WHEN 'verified' THEN verified_by
    WHEN 'reopened' THEN reopened_by WHEN 'vanished' THEN vanished_by ELSE state_asked IS NULL END;

-- The items a question is asked about: item_on with the shared filters.
CREATE OR REPLACE MACRO item_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT item.*, unit_known.league, unit_known.leader_post AS unit_leader_post
  FROM item_on(days, known) AS item
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    item.campaign, campaign_asked, item.unit, units_asked, unit_known.league, league_asked,
    item.dimension, dimensions_asked, unit_known.leader_post, post_asked);

-- The same, of items that are alike: tally_on with the shared filters, communities left out.
CREATE OR REPLACE MACRO tally_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT tally.* EXCLUDE (community), unit_known.league
  FROM tally_on(days, known) AS tally
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    tally.campaign, campaign_asked, tally.unit, units_asked, unit_known.league, league_asked,
    tally.dimension, dimensions_asked, unit_known.leader_post, post_asked);

-- The same, of days that are found by a subquery.
CREATE OR REPLACE MACRO tally_of_days(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  FROM tally_asked(
    campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked);

-- The lists of items that each unit of the roster owes, one row a unit and ledger, with the months
-- that came: its own lists, or one of all units (a unit it does not name has no items). Who owes
-- none is asked about whatever list of items came.
CREATE OR REPLACE MACRO unit_sent(known) AS TABLE
  WITH owed AS (
    SELECT campaign, ledger,
           CASE WHEN submitted_by <> 'all' AND len(units) > 0 THEN units END AS units_owing
    FROM memory.main.pack_ledger WHERE ledger IN ('problems', 'tasks')
  )
  SELECT roster.campaign, roster.unit, roster.league, roster.leader_post, roster.position,
         owed.ledger, list(DISTINCT slice.period) FILTER (slice.period IS NOT NULL) AS periods
  FROM unit_known(known) AS roster
  LEFT JOIN owed
    ON owed.campaign = roster.campaign
   AND (units_owing IS NULL OR list_contains(units_owing, roster.unit))
  LEFT JOIN slice_known(known) AS slice
    ON slice.campaign = roster.campaign AND slice.ledger IN ('problems', 'tasks')
   AND slice.ledger = coalesce(owed.ledger, slice.ledger)
   AND slice.unit IN ('', roster.unit)
  GROUP BY ALL;

-- Which units of the roster reported the day's month: every list of items they owe is in.
-- last_period is the newest month in which all of them were in.
CREATE OR REPLACE MACRO unit_reported(day_asked, known) AS TABLE
  SELECT campaign, unit, league, leader_post, position,
         bool_and(coalesce(last_period = date_trunc('month', day_asked), false)) AS is_reported,
         CASE WHEN bool_and(last_period IS NOT NULL) THEN min(last_period) END AS last_period
  FROM (
    SELECT *, list_max(list_filter(periods, lambda month: month <= day_asked)) AS last_period
    FROM unit_sent(known)
  )
  GROUP BY ALL;
