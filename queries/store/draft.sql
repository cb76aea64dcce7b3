-- A draft: how many of its items go backwards, who sent it, whether somebody else must
-- publish it, and what was answered about it.
SELECT coalesce(upload.reversed_count, 0), upload.uploaded_by, coalesce(pack.is_reviewed, false),
  upload.answers
FROM store.main.upload AS upload
LEFT JOIN memory.main.pack_campaign AS pack ON pack.campaign = upload.campaign
WHERE upload.upload = $upload AND upload.status = 'draft'
