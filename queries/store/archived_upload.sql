-- The campaign of an upload, if it is put away.
SELECT upload.campaign
FROM store.main.upload AS upload
JOIN store.main.archive AS archive ON archive.campaign = upload.campaign
WHERE upload.upload = $upload AND archive.until_at IS NULL
