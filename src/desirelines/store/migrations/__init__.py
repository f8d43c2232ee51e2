"""Steps from one release's database to the next, run in order by Alembic. A released step is never edited."""
