-- The drafts of one file for the same campaign, unit and month.
SELECT upload FROM store.main.upload
WHERE sha256 = $sha256 AND status = 'draft' AND campaign = $campaign AND unit = $unit
  AND month IS NOT DISTINCT FROM $month::DATE
