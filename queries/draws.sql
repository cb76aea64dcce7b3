-- Which draws for checks on the spot were made?
--
-- The list of each is recomputed from seed, size and known_at by verification_draw (B5).
-- Example: draw 1 of October 2022 with seed 583211 and size 20.
--
-- Scope: closed
--
-- Parameters
--   $campaign  VARCHAR  campaign slug; NULL means all
--
-- Returns one row per draw, newest first
--   draw        BIGINT     its number
--   campaign    VARCHAR    campaign slug
--   month       VARCHAR    YYYY-MM it was made for
--   as_of       DATE       the day whose closed items were drawn from
--   known_at    TIMESTAMP  the state of knowledge it was made from (UTC)
--   seed        VARCHAR    the seed
--   size_count  BIGINT     how many items were asked for
--   drawn_by    VARCHAR    the post that drew
--   drawn_at    TIMESTAMP  when (UTC)

SELECT draw, draw.campaign, strftime(period, '%Y-%m') AS month, as_of, known_at, seed, size_count,
  drawn_by, drawn_at
FROM store.main.draw AS draw
WHERE $campaign::VARCHAR IS NULL OR draw.campaign = $campaign::VARCHAR
ORDER BY draw DESC
