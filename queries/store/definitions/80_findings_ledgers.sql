-- The ledgers that findings stand on (family D), with the campaign of each row.
--
-- What happened is every row in force. A list of how things stand is the newest report of each
-- item by the month of the day asked; an item that a later list leaves out stays as it was told.

-- Every place in a ranking (D3–D5, D9, D15, D16, D21): rankings come from several bodies and add
-- up; of a unit's place in one ranking the list published last holds.
CREATE OR REPLACE MACRO rank_known(known) AS TABLE
  SELECT slice.campaign, ranks.*
  FROM store.main.ranks
  JOIN slice_known(known) AS slice
    ON slice.upload = ranks.upload AND slice.ledger = 'ranks' AND slice.period = ranks.period
  QUALIFY ranks.upload = first_value(ranks.upload) OVER (
    PARTITION BY slice.campaign, work, scope, ranks.unit, ranked_on
    ORDER BY slice.from_at DESC, ranks.upload DESC);

-- Every score of the three appraisals (D6).
CREATE OR REPLACE MACRO appraisal_known(known) AS TABLE
  SELECT slice.campaign, appraisals.*
  FROM store.main.appraisals
  JOIN slice_known(known) AS slice
    ON slice.upload = appraisals.upload AND slice.ledger = 'appraisals'
   AND slice.period = appraisals.period;

-- Every point given or taken (D14).
CREATE OR REPLACE MACRO points_known(known) AS TABLE
  SELECT slice.campaign, given.*
  FROM store.main.points AS given
  JOIN slice_known(known) AS slice
    ON slice.upload = given.upload AND slice.ledger = 'points' AND slice.period = given.period;

-- Every score of a contest, one a unit, criterion and scorer (D13).
CREATE OR REPLACE MACRO contest_known(known) AS TABLE
  SELECT slice.campaign, contests.*
  FROM store.main.contests
  JOIN slice_known(known) AS slice
    ON slice.upload = contests.upload AND slice.ledger = 'contests'
   AND slice.period = contests.period;

-- Every work report and written review (D11, D12).
CREATE OR REPLACE MACRO review_known(day_asked, known) AS TABLE
  SELECT slice.campaign, reviews.*
  FROM store.main.reviews
  JOIN slice_known(known) AS slice
    ON slice.upload = reviews.upload AND slice.ledger = 'reviews' AND slice.period = reviews.period
  WHERE reviews.period <= day_asked
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, reviews.item_key
    ORDER BY reviews.period DESC, reviews.upload DESC, reviews.row DESC) = 1;

-- Every instruction of a leader that a list names (D7, D22).
CREATE OR REPLACE MACRO instruction_known(day_asked, known) AS TABLE
  SELECT slice.campaign, instructions.*
  FROM store.main.instructions
  JOIN slice_known(known) AS slice
    ON slice.upload = instructions.upload AND slice.ledger = 'instructions'
   AND slice.period = instructions.period
  WHERE instructions.period <= day_asked
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, instructions.item_key
    ORDER BY instructions.period DESC, instructions.upload DESC, instructions.row DESC) = 1;

-- Every incident with what was found of it (D4, D7, D10, D18).
CREATE OR REPLACE MACRO incident_known(known) AS TABLE
  SELECT slice.campaign, incidents.*
  FROM store.main.incidents
  JOIN slice_known(known) AS slice
    ON slice.upload = incidents.upload AND slice.ledger = 'incidents'
   AND slice.period = incidents.period;

-- Every exposure, public apology and public commitment (D17).
CREATE OR REPLACE MACRO commitment_known(day_asked, known) AS TABLE
  SELECT slice.campaign, commitments.*
  FROM store.main.commitments
  JOIN slice_known(known) AS slice
    ON slice.upload = commitments.upload AND slice.ledger = 'commitments'
   AND slice.period = commitments.period
  WHERE commitments.period <= day_asked
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, commitments.item_key
    ORDER BY commitments.period DESC, commitments.upload DESC, commitments.row DESC) = 1;

-- Every unannounced questioning, with its three marks (D20).
CREATE OR REPLACE MACRO questioning_known(known) AS TABLE
  SELECT slice.campaign, questionings.*
  FROM store.main.questionings
  JOIN slice_known(known) AS slice
    ON slice.upload = questionings.upload AND slice.ledger = 'questionings'
   AND slice.period = questionings.period;

-- Every typical case that was published (G2).
CREATE OR REPLACE MACRO case_known(known) AS TABLE
  SELECT slice.campaign, cases.*
  FROM store.main.cases
  JOIN slice_known(known) AS slice
    ON slice.upload = cases.upload AND slice.ledger = 'cases' AND slice.period = cases.period;
