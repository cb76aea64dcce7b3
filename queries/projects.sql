-- Which projects are there, in which stage, since when, and what does each count for?
--
-- C5, C6, C11. A project is as its newest list says; the lists, not the indicators, say what it
-- counts for. Stuck: so many days in a stage as the pack's project_stuck_days, or for one stage
-- its project_stuck_days:推进, or more.
-- Example: in 前期 since 2021-03-01, asked on 2021-09-30: 213 days.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per project, the stuck ones longest in their stage first
--   campaign            VARCHAR  campaign slug
--   item_key            VARCHAR  its number, or a key made of its words
--   title               VARCHAR  its name
--   unit                VARCHAR  unit responsible
--   kind                VARCHAR  产业, 城建 or 民生
--   industry            VARCHAR  its industry
--   stage               VARCHAR  stage; NULL when the list gives none
--   before_stage        VARCHAR  stage in the list before the newest
--   is_new              BOOLEAN  the list before did not have it
--   since_on            DATE     the day it came into its stage
--   is_since_stated     BOOLEAN  the list gives that day; else it is the month that first says so
--   days_in_stage       BIGINT   days since
--   is_stuck            BOOLEAN  too long in its stage
--   is_past_quarter     BOOLEAN  the quarter of its stage is over and a later stage's has come
--   is_vanished         BOOLEAN  the newest list leaves it out
--   obstacle            VARCHAR  what holds it up, as the list says
--   progress_note       VARCHAR  how it stands, as the list says
--   invested_total      DOUBLE   total investment, 亿元
--   invested_this_year  DOUBLE   invested this year, 亿元
--   won_this_year       DOUBLE   funds won this year, 亿元
--   signed_on           DATE     signed
--   started_on          DATE     started
--   resumed_on          DATE     resumed
--   is_signed           BOOLEAN  counts as signed this year
--   is_industrial       BOOLEAN  counts as signed this year and industrial
--   is_started          BOOLEAN  counts as started this year
--   is_running          BOOLEAN  counts as started or resumed this year
--   is_large            BOOLEAN  running, and 1 亿元 or more in all
--   is_reserve          BOOLEAN  counts as reserve this year
--   month               VARCHAR  YYYY-MM of the list
--   upload              BIGINT   upload of the list
--   file                VARCHAR  its file
--   sheet               VARCHAR  its sheet
--   row                 BIGINT   its row there

SELECT
  project.campaign, item_key, title, project.unit, kind, industry, stage, before_stage, is_new,
  since_on, is_since_stated, days_in_stage, is_stuck, is_past_quarter, is_vanished, obstacle,
  progress_note, invested_total, invested_this_year, won_this_year, signed_on, started_on,
  resumed_on, is_signed, is_industrial, is_started, is_running, is_large, is_reserve,
  strftime(project.period, '%Y-%m') AS month, project.upload, upload.file, sheet, row
FROM project_asked(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
  $post::VARCHAR) AS project
JOIN store.main.upload AS upload ON upload.upload = project.upload
ORDER BY project.campaign, is_stuck DESC, days_in_stage DESC, item_key
