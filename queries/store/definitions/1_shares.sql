-- Shares, their intervals, and what is said of a gap.

-- The 95 % Wilson score interval of a share (Wilson 1927); NULL for no cases.
CREATE OR REPLACE MACRO wilson_low(hits, cases) AS
  CASE WHEN cases > 0 THEN greatest(0.0,
    (hits + 1.959963984540054 ** 2 / 2
      - 1.959963984540054 * sqrt(hits * (cases - hits) / cases + 1.959963984540054 ** 2 / 4))
    / (cases + 1.959963984540054 ** 2)) END;
CREATE OR REPLACE MACRO wilson_high(hits, cases) AS
  CASE WHEN cases > 0 THEN least(1.0,
    (hits + 1.959963984540054 ** 2 / 2
      + 1.959963984540054 * sqrt(hits * (cases - hits) / cases + 1.959963984540054 ** 2 / 4))
    / (cases + 1.959963984540054 ** 2)) END;

CREATE OR REPLACE MACRO share(part_count, whole_count) AS
  CASE WHEN whole_count > 0 THEN part_count / whole_count END;

-- How a group stands against the time schedule: behind by more than 5 points,
-- low when behind at all, level otherwise.
CREATE OR REPLACE MACRO schedule_state(gap) AS
  CASE WHEN gap < -0.05 THEN 'behind' WHEN gap < 0 THEN 'low' WHEN gap IS NOT NULL THEN 'level' END;

-- How a unit stands among its league: behind when even its upper bound stays
-- under the league's share; low when more than 5 points under it but not surely.
CREATE OR REPLACE MACRO league_state(own_share, own_high, whole_share) AS
  CASE WHEN own_high < whole_share THEN 'behind'
       WHEN own_share < whole_share - 0.05 THEN 'low'
       WHEN own_share IS NOT NULL THEN 'level' END;
