-- Words that somebody looks for in the texts of a row: each of them must be in one of the texts.

CREATE OR REPLACE MACRO words_named(words_asked) AS
  regexp_extract_all(coalesce(words_asked, ''), '[^\s\p{Z}]+');

-- What of a word has no case: its first Han signs or digits.
CREATE OR REPLACE MACRO caseless_part(word) AS regexp_extract(word, '[0-9\p{Han}]+');

-- Whether a text holds a word, in whatever case. What has no case is looked for as it is, before:
-- that spares nearly every text being lowered, which takes six times as long.
CREATE OR REPLACE MACRO holds_word(text_told, word) AS
  contains(text_told, caseless_part(word))
  AND (word = caseless_part(word) OR contains(lower(text_told), lower(word)));

-- Whether a text holds the first of the words; this is asked of each text of a row, and of the rows
-- that are left whether all their texts together, a line each, hold the others. From the fourth word
-- on each is looked for in the lowered text: hardly a row is left there.
CREATE OR REPLACE MACRO holds_first_word(text_told, words_asked) AS
  holds_word(text_told, coalesce(words_named(words_asked)[1], ''));
CREATE OR REPLACE MACRO holds_other_words(texts_told, words_asked) AS
  holds_word(texts_told, coalesce(words_named(words_asked)[2], ''))
  AND holds_word(texts_told, coalesce(words_named(words_asked)[3], ''))
  AND (len(words_named(words_asked)) < 4
    OR len(list_filter(words_named(words_asked)[4:],
         lambda word: NOT contains(lower(texts_told), lower(word)))) = 0);
