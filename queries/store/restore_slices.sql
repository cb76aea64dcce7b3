-- Bring back what an upload replaced, for each of its lists of a whole month in force: the list
-- that was published last and not taken back, and what other lists added to the month after it.
WITH published AS (
  SELECT upload, campaign, ledger, period, unit, any_value(row_count) AS row_count,
    coalesce(any_value(is_added), false) AS is_added, min(from_at) AS first_at,
    bool_or(from_at IS NOT NULL AND until_at IS NULL) AS is_in_force
  FROM store.main.slice WHERE from_at IS NOT NULL GROUP BY ALL
),
standing AS (
  SELECT published.* FROM published JOIN store.main.upload AS upload USING (upload)
  WHERE upload <> $upload AND upload.status NOT IN ('undone', 'returned')
)
INSERT INTO store.main.slice
SELECT before.upload, before.campaign, before.ledger, before.period, before.unit,
  before.row_count, $moment::TIMESTAMP, NULL, NULL, before.is_added
FROM standing AS before
WHERE NOT before.is_in_force
  AND EXISTS (
    FROM published AS taken
    WHERE taken.upload = $upload AND taken.is_in_force AND NOT taken.is_added
      AND taken.campaign = before.campaign AND taken.ledger = before.ledger
      AND taken.period IS NOT DISTINCT FROM before.period
      AND (taken.unit = before.unit OR (taken.unit = '' AND before.is_added)))
  AND NOT EXISTS (
    FROM standing AS later
    WHERE later.campaign = before.campaign AND later.ledger = before.ledger
      AND later.period IS NOT DISTINCT FROM before.period
      AND (later.unit = before.unit OR (later.unit = '' AND before.is_added))
      AND NOT later.is_added AND (later.first_at, later.upload) > (before.first_at, before.upload))
