-- The number of the next step on a finding.
SELECT coalesce(max(finding_step), 0) + 1 FROM store.main.finding_step
