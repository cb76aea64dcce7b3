-- Mark an upload published: why, after whose review, and whether its month was sealed.
UPDATE store.main.upload SET status = 'published', reason = coalesce($reason::VARCHAR, reason),
  reviewed_by = $reviewed_by::VARCHAR, is_correction = $is_correction::BOOLEAN,
  reviewed_at = CASE WHEN $reviewed_by::VARCHAR IS NOT NULL THEN $moment::TIMESTAMP END
WHERE upload = $upload
