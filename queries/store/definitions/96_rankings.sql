-- Who stands where in the rankings handed in (D3–D5, D9, D21).

-- The quarter of a day as a number: those of quarters that follow each other differ by one.
CREATE OR REPLACE MACRO quarter_number(day_in) AS year(day_in) * 4 + quarter(day_in);

-- The quarter in words: 2023年二季度.
CREATE OR REPLACE MACRO quarter_words(quarter_asked) AS
  ((quarter_asked - 1) // 4)::BIGINT || '年'
    || ['一', '二', '三', '四'][(quarter_asked - 1) % 4 + 1] || '季度';

-- Every place in a ranking up to a day. A row that a check found false places nobody, and was still
-- one of those ranked: the next better one does not become the last for it.
--
-- tied_count   how many share the place
-- place_count  how many were ranked: as stated, else the rows of a list that is whole, which has
--              at least as many as its greatest rank; NULL where neither says it
CREATE OR REPLACE MACRO rank_placed(campaign_asked, day_asked, known) AS TABLE
  SELECT *, quarter_number(ranked_on) AS quarter,
         count(*) FILTER (is_confirmed IS DISTINCT FROM false)
           OVER (PARTITION BY work, scope, ranked_on, rank) AS tied_count,
         coalesce(
           max(of_count) OVER ranking,
           CASE WHEN count(*) OVER ranking >= max(rank) OVER ranking
             THEN count(*) OVER ranking END) AS place_count
  FROM rank_known(known)
  WHERE campaign = campaign_asked AND ranked_on <= day_asked
  WINDOW ranking AS (PARTITION BY work, scope, ranked_on)
  QUALIFY is_confirmed IS DISTINCT FROM false;

-- Whether a place is among so many last ones: tied places that reach into them all are. The better
-- half of a short ranking is not, nor is the only one ranked.
CREATE OR REPLACE MACRO among_last(stands_at, sharing, ranked_in, wanted) AS
  coalesce(
    stands_at + sharing - 1 > ranked_in - wanted AND 2 * stands_at > ranked_in AND ranked_in > 1,
    false);

-- Whether a place is among so many first ones; the worse half of a short ranking is not.
CREATE OR REPLACE MACRO among_first(stands_at, ranked_in, wanted) AS
  coalesce(
    stands_at <= wanted AND coalesce(ranked_in > 1 AND 2 * stands_at <= ranked_in + 1, true), false);

-- What must be said beside a place, and what is to be looked at when no newer one follows.
CREATE OR REPLACE MACRO place_remark(sharing, ranked_in, wanted, newest_quarter, day_asked) AS
  nullif(concat_ws('；',
    CASE WHEN sharing > 1 THEN '并列' END,
    CASE WHEN ranked_in < 2 * wanted THEN '参排仅' || ranked_in::BIGINT || '家' END,
    CASE WHEN quarter_number(day_asked) - newest_quarter > 1 THEN '之后没有新的排名' END), '');
