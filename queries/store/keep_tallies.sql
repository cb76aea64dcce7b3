-- Roll the kept items of these stretches up: those that are alike in all that is counted, one row.
INSERT INTO store.main.tally_kept
SELECT stretch, campaign, ledger, unit, dimension, community, due_on, is_closed,
  closed_at_on <= due_on, is_reported_closed, is_reopened, is_verified, is_vanished, count(*)
FROM store.main.item_kept
WHERE list_contains($stretches::BIGINT[], stretch) AND gone_on IS NULL
GROUP BY ALL
