-- The campaigns of which anything is in force.
SELECT DISTINCT campaign FROM slice_known(NULL::TIMESTAMP) ORDER BY campaign
