-- The sealed months among an upload's slices that are drafted or in force, with what quoted
-- them and whether the upload was in force when it did: those it was first, then newest first.
SELECT DISTINCT slice.period, seal.quoted_in, EXISTS (
    FROM store.main.slice AS then_sent
    WHERE then_sent.upload = slice.upload AND then_sent.ledger = slice.ledger
      AND then_sent.period = slice.period AND then_sent.from_at <= seal.from_at
      AND (then_sent.until_at IS NULL OR then_sent.until_at > seal.from_at)) AS is_quoted
FROM store.main.slice AS slice
JOIN store.main.seal AS seal
  ON seal.campaign = slice.campaign AND seal.period = slice.period AND seal.until_at IS NULL
WHERE slice.upload = $upload AND slice.until_at IS NULL
ORDER BY is_quoted DESC, slice.period DESC, seal.quoted_in
