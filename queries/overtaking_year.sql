-- In which year does a neighbour overtake us, or we it?
--
-- Each of our lines against each of the neighbours' (C7), from the later of the two base years:
-- the first year at whose end the one behind is above the other, years = floor(ln(ahead / behind)
-- / ln((1 + growth behind) / (1 + growth ahead))) + 1. NULL when not by the horizon.
-- Example: 80 at 20 % behind 100 at 5 %: ln(1.25) / ln(1.2 / 1.05) = 1.67, so in the second year.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all with lines
--   $growth     VARCHAR[]  other growths, as place/line=0.08; NULL means the pack's
--
-- Returns one row per indicator, our line, neighbour and its line
--   campaign            VARCHAR  campaign slug
--   indicator           VARCHAR  name
--   own_place           VARCHAR  our place
--   own_line            VARCHAR  our line
--   place               VARCHAR  the neighbour
--   line                VARCHAR  its line
--   from_year           BIGINT   the year both lines start from
--   horizon_year        BIGINT   the nearer horizon
--   own_value           DOUBLE   ours in that year
--   value               DOUBLE   the neighbour's
--   own_growth_share    DOUBLE   our growth a year
--   growth_share        DOUBLE   the neighbour's
--   is_ahead            BOOLEAN  we are ahead in that year; level counts as ahead when growing slower
--   crossing_years      DOUBLE   years from from_year until both are level; NULL for never
--   overtaking_year     BIGINT   first year at whose end the order has turned; NULL for not by then
--   horizon_multiple    DOUBLE   the neighbour's value / ours at the horizon

WITH line AS (
  FROM growth_line(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $growth::VARCHAR[],
    $indicator::VARCHAR)
  WHERE growth_share > -1 AND base_value > 0
),
pair AS (
  SELECT own.campaign, own.indicator, own.place AS own_place, own.line AS own_line,
    own.position AS own_position, other.place, other.line, other.position,
    greatest(own.base_year, other.base_year) AS from_year,
    least(own.horizon_year, other.horizon_year) AS horizon_year,
    own.base_value * (1 + own.growth_share) ** (from_year - own.base_year) AS own_value,
    other.base_value * (1 + other.growth_share) ** (from_year - other.base_year) AS value,
    own.growth_share AS own_growth_share, other.growth_share
  FROM line AS own
  JOIN line AS other
    ON other.campaign = own.campaign AND other.indicator = own.indicator AND NOT other.is_own
  WHERE own.is_own
),
crossed AS (
  SELECT *, own_value > value OR own_value = value AND own_growth_share < growth_share AS is_ahead,
    CASE
      WHEN is_ahead AND growth_share > own_growth_share
        THEN ln(own_value / value) / ln((1 + growth_share) / (1 + own_growth_share))
      WHEN NOT is_ahead AND own_growth_share > growth_share
        THEN ln(value / own_value) / ln((1 + own_growth_share) / (1 + growth_share))
    END AS crossing_years
  FROM pair
)
SELECT campaign, indicator, own_place, own_line, place, line, from_year, horizon_year,
  own_value, value, own_growth_share, growth_share, is_ahead, crossing_years,
  CASE WHEN crossing_years < horizon_year - from_year
    THEN from_year + floor(crossing_years + 1e-12)::BIGINT + 1 END AS overtaking_year,
  value * (1 + growth_share) ** (horizon_year - from_year)
    / (own_value * (1 + own_growth_share) ** (horizon_year - from_year)) AS horizon_multiple
FROM crossed
ORDER BY campaign, indicator, own_position, position, place
