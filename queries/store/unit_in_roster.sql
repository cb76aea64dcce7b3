-- Whether a campaign's roster knows a unit.
SELECT count(*) FROM unit_known(NULL::TIMESTAMP) WHERE campaign = $campaign AND unit = $unit
