-- Take a step on a finding back: it stays, with the moment.
UPDATE store.main.finding_step SET until_at = $moment::TIMESTAMP
WHERE finding_step = $finding_step::BIGINT AND until_at IS NULL
