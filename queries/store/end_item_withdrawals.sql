-- Take back the reasons given for these items, in the name of an upload: those given for its
-- own list only, or those given for any.
UPDATE store.main.withdrawal SET until_at = $moment::TIMESTAMP, ended_by = $upload::BIGINT
WHERE campaign = $campaign AND ledger = $ledger AND until_at IS NULL
  AND item_key IN (SELECT unnest($keys::VARCHAR[]))
  AND (NOT $is_own_only::BOOLEAN OR upload = $upload::BIGINT)
