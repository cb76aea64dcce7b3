-- A draft: how many of its items go backwards, who sent it, whether somebody else must
-- publish it, what was answered about it, what is still asked, and the reason given with it.
SELECT coalesce(upload.reversed_count, 0), upload.uploaded_by, coalesce(pack.is_reviewed, false),
  upload.answers, upload.questions, upload.reason
FROM store.main.upload AS upload
LEFT JOIN memory.main.pack_campaign AS pack ON pack.campaign = upload.campaign
WHERE upload.upload = $upload AND upload.status = 'draft'
