-- Loads Phú Thọ into an empty database and asks it questions 1 to 4.

\ir load.sql
\ir questions.sql
