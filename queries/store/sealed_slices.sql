-- The sealed months among an upload's slices that are drafted or in force, newest first,
-- with what quoted them and whether the upload was itself published as a correction.
SELECT DISTINCT slice.period, seal.quoted_in, coalesce(upload.is_correction, false) AS is_correction
FROM store.main.slice AS slice
JOIN store.main.upload AS upload ON upload.upload = slice.upload
JOIN store.main.seal AS seal
  ON seal.campaign = slice.campaign AND seal.period = slice.period AND seal.until_at IS NULL
WHERE slice.upload = $upload AND slice.until_at IS NULL
ORDER BY slice.period DESC, seal.quoted_in
