-- Every item of a campaign that any list in force named, with its words.
SELECT DISTINCT item_key, title, unit FROM item_report(NULL::TIMESTAMP) WHERE campaign = $campaign
