-- Leads to matters that may have come back after their close-out (B14).

-- Every two items of a campaign whose words are alike, the newer one found after the other was reported
-- closed, on each of the days. Which pieces of titles are rare is judged among all titles of the
-- campaign, whoever asks: what is a lead for all is one for its unit.
--
-- Pieces are two letters, known by a number that tells campaigns and days apart. likeness is the
-- Jaccard index of the pieces of both titles: from 0.5 on anywhere, from 0.4 on with the same lead
-- unit or the same place. Compared are items that share one of their ten rarest pieces, one that at
-- most 100 titles have; of a hundred thousand titles that are nearly alike, the rarest pieces until
-- they give 500,000 pairs. Of two units and two dimensions the 200 likest: no question lists more.
CREATE OR REPLACE MACRO lead_on(days, known) AS TABLE
  WITH titled AS MATERIALIZED (
    SELECT row_number() OVER () AS id, as_of, campaign, ledger, item_key,
           coalesce(found_on, first_period) AS found_at_on,
           CASE WHEN is_reported_closed THEN closed_at_on END AS closed_on,
           regexp_replace(lower(title), '[\pP\pS\pZ\s]', '', 'g') AS plain
    FROM item_on(days, known)
  ),
  piece AS MATERIALIZED (
    SELECT id, unnest(list_distinct(list_transform(range(1, length(plain)),
             lambda place: hash(as_of, campaign, substr(plain, place, 2))))) AS code
    FROM titled
  ),
  shared_piece AS (
    SELECT code, count(*) AS title_count FROM piece
    GROUP BY code HAVING title_count BETWEEN 2 AND 100
  ),
  rare AS MATERIALIZED (
    SELECT id, code, as_of, campaign, found_at_on, closed_on
    FROM piece JOIN shared_piece USING (code) JOIN titled USING (id)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY title_count, code) <= 10
  ),
  affordable AS (
    SELECT as_of, campaign, code, count(*) * count(closed_on) AS pair_count
    FROM rare GROUP BY as_of, campaign, code HAVING pair_count > 0
    QUALIFY sum(pair_count) OVER (PARTITION BY as_of, campaign ORDER BY pair_count, code) <= 500000
  ),
  candidate AS MATERIALIZED (
    SELECT DISTINCT newer.id AS newer_id, earlier.id AS earlier_id
    FROM affordable JOIN rare AS newer USING (code) JOIN rare AS earlier USING (code)
    WHERE earlier.closed_on <= newer.found_at_on AND newer.id <> earlier.id
  ),
  -- Only what may be a lead is looked at whole.
  spelled AS MATERIALIZED (
    SELECT titled.id, titled.closed_on, titled.found_at_on, pieces, item.*
    FROM titled
    JOIN (SELECT id, list(code) AS pieces FROM piece
          WHERE id IN (SELECT newer_id FROM candidate UNION SELECT earlier_id FROM candidate)
          GROUP BY id) AS told USING (id)
    JOIN item_on(days, known) AS item USING (as_of, campaign, ledger, item_key)
  ),
  compared AS (
    SELECT newer.as_of, newer.campaign,
      len(list_intersect(newer.pieces, earlier.pieces)) AS shared_count,
      shared_count / (len(newer.pieces) + len(earlier.pieces) - shared_count) AS likeness,
      newer.unit = earlier.unit AS is_same_unit,
      coalesce(newer.community = earlier.community, false)
        OR coalesce(newer.enterprise = earlier.enterprise, false) AS is_same_place,
      newer.ledger, newer.item_key, newer.title, newer.unit, newer.dimension,
      coalesce(newer.enterprise, newer.community) AS place, newer.found_at_on,
      newer.upload, newer.sheet, newer.row,
      earlier.item_key AS earlier_item_key, earlier.title AS earlier_title,
      earlier.unit AS earlier_unit, earlier.dimension AS earlier_dimension,
      coalesce(earlier.enterprise, earlier.community) AS earlier_place,
      earlier.closed_on AS earlier_closed_on,
      newer.found_at_on - earlier.closed_on AS days_between,
      earlier.is_verified AS is_earlier_verified,
      earlier.upload AS earlier_upload, earlier.sheet AS earlier_sheet, earlier.row AS earlier_row
    FROM candidate
    JOIN spelled AS newer ON newer.id = newer_id
    JOIN spelled AS earlier ON earlier.id = earlier_id
  )
  SELECT * EXCLUDE (shared_count)
  FROM compared
  WHERE likeness >= CASE WHEN is_same_unit OR is_same_place THEN 0.4 ELSE 0.5 END
  QUALIFY row_number() OVER (
    PARTITION BY as_of, campaign, unit, dimension, earlier_unit, earlier_dimension
    ORDER BY likeness DESC, found_at_on DESC, item_key, earlier_item_key) <= 200;

-- The leads a question is asked about: both of their items are.
CREATE OR REPLACE MACRO lead_asked(
  campaign_asked, days, known, units_asked, league_asked, dimensions_asked, post_asked
) AS TABLE
  SELECT lead.*, newer.league, earlier.league AS earlier_league,
         earlier.leader_post AS earlier_leader_post
  FROM lead_on(days, known) AS lead
  LEFT JOIN unit_known(known) AS newer
    ON newer.campaign = lead.campaign AND newer.unit = lead.unit
  LEFT JOIN unit_known(known) AS earlier
    ON earlier.campaign = lead.campaign AND earlier.unit = lead.earlier_unit
  WHERE is_asked(
    lead.campaign, campaign_asked, lead.unit, units_asked, newer.league, league_asked,
    lead.dimension, dimensions_asked, newer.leader_post, post_asked)
    AND is_asked(
      lead.campaign, campaign_asked, lead.earlier_unit, units_asked, earlier.league, league_asked,
      lead.earlier_dimension, dimensions_asked, earlier.leader_post, post_asked);
