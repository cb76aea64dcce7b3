-- What few questions count beside the items' tally, rolled up: each kept for a day that is looked at.

-- Items against their first deadline and the one in force, on each of the days (B10).
CREATE OR REPLACE MACRO promise_on(days, known) AS TABLE
  WITH stepped AS (
    SELECT day.as_of, campaign, item_key, bool_or(step = '提级') AS is_escalated,
      bool_or(step = '容错备案') AS is_tolerated
    FROM step_known(known) AS stated
    JOIN (SELECT DISTINCT unnest(days) AS as_of) AS day ON stated.step_on <= day.as_of
    WHERE step IN ('提级', '容错备案')
    GROUP BY ALL
  )
  SELECT item.as_of, item.campaign, item.unit, item.dimension,
    count(*) AS item_count,
    count(*) FILTER (original_due_on <= item.as_of) AS original_due_count,
    count(*) FILTER (original_due_on <= item.as_of AND is_closed AND closed_at_on <= original_due_on)
      AS original_on_time_count,
    count(*) FILTER (is_due) AS due_count,
    count(*) FILTER (is_on_time) AS on_time_count,
    count(*) FILTER (is_extended) AS extended_count,
    count(*) FILTER (state = 'escalated' OR is_escalated) AS escalated_count,
    count(*) FILTER (state = 'tolerated' OR is_tolerated) AS tolerated_count
  FROM item_on(days, known) AS item
  LEFT JOIN stepped USING (as_of, campaign, item_key)
  GROUP BY ALL;

CREATE OR REPLACE MACRO promise_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT promise.*, unit_known.league
  FROM promise_on(days, known) AS promise
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    promise.campaign, campaign_asked, promise.unit, units_asked, unit_known.league, league_asked,
    promise.dimension, dimensions_asked, unit_known.leader_post, post_asked);

-- Problems by the ways in which they were found, as the list words them (B12); NULL for no word.
CREATE OR REPLACE MACRO way_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, dimension, nullif(trim(found_by), '') AS ways, count(*) AS item_count
  FROM item_on(days, known) WHERE ledger = 'problems' GROUP BY ALL;

CREATE OR REPLACE MACRO way_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT way.*, unit_known.league
  FROM way_on(days, known) AS way
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    way.campaign, campaign_asked, way.unit, units_asked, unit_known.league, league_asked,
    way.dimension, dimensions_asked, unit_known.leader_post, post_asked);

-- Items by their communities.
CREATE OR REPLACE MACRO place_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, dimension, community,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_due) AS due_count,
    tallied(alike_count, is_due AND is_closed) AS closed_due_count,
    tallied(alike_count, is_overdue) AS overdue_count
  FROM tally_on(days, known) GROUP BY ALL;

CREATE OR REPLACE MACRO place_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT place.*, unit_known.league
  FROM place_on(days, known) AS place
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    place.campaign, campaign_asked, place.unit, units_asked, unit_known.league, league_asked,
    place.dimension, dimensions_asked, unit_known.leader_post, post_asked);

-- Tickets received by each of the days, by their communities and the month of receipt.
CREATE OR REPLACE MACRO ticket_place_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, community, date_trunc('month', received_on)::DATE AS month,
    count(*) AS ticket_count,
    count(*) FILTER (is_closed) AS closed_count,
    count(*) FILTER (is_overdue) AS overdue_count,
    count(*) FILTER (is_satisfied) AS satisfied_count,
    count(is_satisfied) AS rated_count
  FROM ticket_on(days, known) GROUP BY ALL;

CREATE OR REPLACE MACRO ticket_place_asked(
  campaign_asked, days, known, units_asked, league_asked, post_asked
) AS TABLE
  SELECT ticket.*, unit_known.league
  FROM ticket_place_on(days, known) AS ticket
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    ticket.campaign, campaign_asked, ticket.unit, units_asked, unit_known.league, league_asked,
    NULL, NULL, unit_known.leader_post, post_asked);

-- Tickets received by each of the days, those alike in channel, month of receipt and days to the
-- answer as one row (B9).
CREATE OR REPLACE MACRO ticket_tally_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, coalesce(channel, '未注明') AS channel,
    strftime(received_on, '%Y-%m') AS month, answer_days,
    count(*) AS received_count,
    count(*) FILTER (is_closed) AS closed_count,
    count(*) FILTER (is_closed AND is_resolved) AS resolved_count,
    count(*) FILTER (is_satisfied) AS satisfied_count,
    count(is_satisfied) AS rated_count,
    count(*) FILTER (is_due) AS due_count,
    count(*) FILTER (is_on_time) AS on_time_count,
    count(*) FILTER (is_overdue) AS overdue_count
  FROM ticket_on(days, known) GROUP BY ALL;

CREATE OR REPLACE MACRO ticket_tally_asked(campaign_asked, days, known, units_asked) AS TABLE
  FROM ticket_tally_on(days, known)
  WHERE is_asked(
    campaign, campaign_asked, unit, units_asked, NULL, NULL, NULL, NULL, NULL, NULL);

-- What became of the items from month to month, up to each of the days: those alike in unit,
-- dimension and closing through all months are one history with their number (B1). Months are listed
-- as they come, for sorting takes five times as long: alike ones in another order are two histories.
CREATE OR REPLACE MACRO history_on(days, known) AS TABLE
  WITH span AS (
    SELECT campaign, min(period) AS first_month FROM slice_known(known)
    WHERE ledger IN ('problems', 'tasks') GROUP BY ALL
  ),
  month_day AS (
    SELECT campaign, as_of, unnest(month_ends(first_month, as_of)) AS month_last_day
    FROM span CROSS JOIN (SELECT DISTINCT unnest(days) AS as_of)
  ),
  judged_day AS (SELECT *, least(month_last_day, as_of) AS judged_on FROM month_day),
  of_item AS (
    SELECT judged_day.as_of, item.campaign, item.ledger, item.item_key,
      list({
        'month_last_day': month_last_day, 'unit': unit, 'dimension': dimension, 'is_closed': is_closed
      }) AS months
    FROM item_on((SELECT list(DISTINCT judged_on) FROM judged_day), known) AS item
    JOIN judged_day ON judged_day.campaign = item.campaign AND judged_day.judged_on = item.as_of
    GROUP BY ALL
  ),
  history AS (
    SELECT as_of, campaign, months, count(*) AS alike_count FROM of_item GROUP BY ALL
  )
  SELECT as_of, campaign, history_number, alike_count, unnest(months, max_depth := 2)
  FROM (SELECT *, row_number() OVER () AS history_number FROM history);

CREATE OR REPLACE MACRO history_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT history.*, unit_known.league
  FROM history_on(days, known) AS history
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    history.campaign, campaign_asked, history.unit, units_asked, unit_known.league, league_asked,
    history.dimension, dimensions_asked, unit_known.leader_post, post_asked);

-- Items with a deadline by the days between it and their end: of open ones that are not overdue the
-- deadline itself counts, of all others how many days after it they were closed, or are by now (B4).
--
-- due_on       deadline in force of pending items; NULL of others
-- offset_days  days after the deadline, negative before; NULL: pending, or closed without a day
CREATE OR REPLACE MACRO deadline_on(days, known) AS TABLE
  SELECT as_of, campaign, unit, dimension,
    CASE WHEN is_closed THEN 'closed' WHEN is_overdue THEN 'overdue' ELSE 'pending' END AS state,
    CASE WHEN NOT is_closed AND NOT is_overdue THEN due_on END AS due_on,
    CASE WHEN is_overdue THEN overdue_days
      WHEN is_closed AND closed_on IS NOT NULL THEN closed_at_on - due_on END AS offset_days,
    count(*) AS item_count
  FROM item_on(days, known) AS item WHERE item.due_on IS NOT NULL GROUP BY ALL;

CREATE OR REPLACE MACRO deadline_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT deadline.*, unit_known.league
  FROM deadline_on(days, known) AS deadline
  LEFT JOIN unit_known(known) AS unit_known USING (campaign, unit)
  WHERE is_asked(
    deadline.campaign, campaign_asked, deadline.unit, units_asked, unit_known.league, league_asked,
    deadline.dimension, dimensions_asked, unit_known.leader_post, post_asked);
