-- Which projects pass admission, check by check, and what does each bring in taxes a mu?
--
-- C11: 产业层次、亩均税收、环保、用工、安全、能耗、产业契合度, on new land, revived land or in rented
-- halls. Listed is a project for which the list names the land or any check. Taxes a mu are
-- tax_wan / land_mu; below the pack's tax_per_mu the check on them fails, whatever the list says.
-- Where the pack sets no floor, or a number is missing, the list's word stands.
-- Example: 300 万元 on 40 mu with a floor of 12: 7.5, fails 亩均税收.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--   $supply    VARCHAR    新供地, 盘活 or 租赁厂房; NULL means all
--
-- Returns one row per project under admission, those that fail first
--   campaign          VARCHAR    campaign slug
--   item_key          VARCHAR    its number, or a key made of its words
--   title             VARCHAR    its name
--   unit              VARCHAR    unit responsible
--   stage             VARCHAR    stage
--   supply            VARCHAR    how it gets its land; NULL when not said
--   land_mu           DOUBLE     land, mu
--   tax_wan           DOUBLE     taxes a year, 万元
--   tax_per_mu        DOUBLE     万元 a mu; NULL when one of the two is missing
--   tax_floor         DOUBLE     the pack's floor; NULL when it sets none
--   checks            VARCHAR[]  通过, 不通过 or 未审 of each of the seven, in the order above
--   failed            VARCHAR[]  names of those that fail
--   unreviewed_count  BIGINT     how many are not yet decided
--   is_tax_contrary   BOOLEAN    the list says 通过 of taxes a mu and the numbers say otherwise
--   result            VARCHAR    failed, unreviewed or passed
--   is_landed         BOOLEAN    started already, whatever its checks say
--   upload            BIGINT     upload of the list
--   file              VARCHAR    its file
--   sheet             VARCHAR    its sheet
--   row               BIGINT     its row there

WITH asked AS (SELECT $supply::VARCHAR AS supply_asked, $as_of::DATE AS as_of),
listed AS (
  SELECT project.*, tax_wan / nullif(land_mu, 0) AS tax_per_mu, threshold.value AS tax_floor
  FROM project_asked(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
    $post::VARCHAR) AS project
  LEFT JOIN memory.main.pack_threshold AS threshold
    ON threshold.campaign = project.campaign AND threshold.name = 'tax_per_mu'
  WHERE coalesce(supply, check_industry, check_tax, check_environment, check_labour, check_safety,
    check_energy, check_fit) IS NOT NULL
),
checked AS (
  SELECT *,
    [coalesce(check_industry, '未审'),
     CASE WHEN tax_per_mu < tax_floor THEN '不通过' ELSE coalesce(
       check_tax, CASE WHEN tax_per_mu >= tax_floor THEN '通过' END, '未审') END,
     coalesce(check_environment, '未审'), coalesce(check_labour, '未审'),
     coalesce(check_safety, '未审'), coalesce(check_energy, '未审'),
     coalesce(check_fit, '未审')] AS checks
  FROM listed
),
judged AS (
  SELECT *,
    list_filter(['产业层次', '亩均税收', '环保', '用工', '安全', '能耗', '产业契合度'],
      lambda name, position: checks[position] = '不通过') AS failed,
    len(list_filter(checks, lambda word: word = '未审')) AS unreviewed_count
  FROM checked
)
SELECT
  judged.campaign, item_key, title, judged.unit, stage, supply, land_mu, tax_wan, tax_per_mu,
  tax_floor, checks, failed, unreviewed_count,
  coalesce(check_tax = '通过' AND tax_per_mu < tax_floor, false) AS is_tax_contrary,
  CASE WHEN len(failed) > 0 THEN 'failed' WHEN unreviewed_count > 0 THEN 'unreviewed'
       ELSE 'passed' END AS result,
  coalesce(started_on <= as_of, false) AS is_landed,
  judged.upload, upload.file, sheet, row
FROM judged
JOIN store.main.upload AS upload ON upload.upload = judged.upload
CROSS JOIN asked
WHERE supply_asked IS NULL OR supply = supply_asked
ORDER BY judged.campaign, len(failed) DESC, unreviewed_count DESC, tax_per_mu NULLS LAST, item_key
