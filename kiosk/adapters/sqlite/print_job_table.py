"""The table of prints as the queue needs it; the migration m002_print_queue makes it."""

QUEUE_TABLE = (
    """CREATE TABLE print_job_new (
    job_id TEXT PRIMARY KEY, -- random
    printed TEXT NOT NULL,
    subject TEXT NOT NULL, -- a slip's number, a register's day; no personal data
    printer TEXT NOT NULL, -- '' is a PDF file
    state TEXT NOT NULL
        CHECK (state IN ('asked', 'sent', 'confirmed', 'failed', 'cancelled', 'lost')),
    asked_at TEXT NOT NULL,
    state_at TEXT NOT NULL,
    reprints INTEGER NOT NULL,
    entry_id TEXT,
    credential_id TEXT,
    failure TEXT NOT NULL, -- why nothing comes out, '' where nothing is known to be wrong
    spooled TEXT NOT NULL, -- its number at the printer, while it is followed there
    file_name TEXT NOT NULL,
    content TEXT NOT NULL -- what it takes to print it; erased when the day is over
) STRICT""",
    """INSERT INTO print_job_new
SELECT job_id, printed, '', printer, state, asked_at, state_at, reprints, entry_id,
    credential_id, failure, '', '', '' FROM print_job""",
    "DROP TABLE print_job",
    "ALTER TABLE print_job_new RENAME TO print_job",
    """CREATE INDEX print_job_credential ON print_job (credential_id)
WHERE credential_id IS NOT NULL""",
    "CREATE INDEX print_job_asked ON print_job (asked_at)",
    "CREATE INDEX print_job_kept ON print_job (asked_at) WHERE content <> ''",
    """CREATE INDEX print_job_waiting ON print_job (asked_at)
WHERE state IN ('asked', 'failed') OR (state = 'sent' AND spooled <> '')""",
)
