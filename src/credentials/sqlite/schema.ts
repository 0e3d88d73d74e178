import type { Schema } from '../../sqlite/open-database.js';

const directoryChanges = `
    -- Counts the changes of names and erased, so that all names are read again after one of them only.
    CREATE TABLE directory_changes (
      row   INTEGER PRIMARY KEY CHECK (row = 1),
      count INTEGER NOT NULL
    ) STRICT;
    INSERT INTO directory_changes VALUES (1, 0);
    ${['names', 'erased']
      .flatMap((table) => ['INSERT', 'UPDATE', 'DELETE'].map((change) => ({ table, change })))
      .map(
        ({ table, change }) => `
    CREATE TRIGGER ${table}_counts_${change} AFTER ${change} ON ${table}
      BEGIN UPDATE directory_changes SET count = count + 1; END;`,
      )
      .join('')}
`;

const follows = `
    CREATE TABLE follows (
      person TEXT NOT NULL,
      plan   TEXT NOT NULL,
      kind   TEXT NOT NULL,
      id     TEXT NOT NULL,
      since  TEXT NOT NULL,
      PRIMARY KEY (person, plan, kind, id)
    ) STRICT, WITHOUT ROWID;
`;

/** Times are instants as text. Details are JSON. */
export const credentialsSchema: Schema = {
  content: 'credential store',
  applicationId: 0x544a6372, // TJcr
  version: 3,
  synchronous: 'FULL',
  upgrades: {
    // No session has the rights '': each gets a new secret with its next request.
    1: `
    ${directoryChanges}
    ALTER TABLE sessions ADD COLUMN rights TEXT NOT NULL DEFAULT '';
    ALTER TABLE sessions ADD COLUMN old_hash TEXT;
    ALTER TABLE sessions ADD COLUMN old_end TEXT;
    CREATE INDEX sessions_by_old_hash ON sessions (old_hash);
    DROP INDEX IF EXISTS access_log_by_person;
  `,
    2: follows,
  },
  sql: `
    CREATE TABLE names (
      person TEXT NOT NULL,
      since  TEXT NOT NULL,
      name   TEXT NOT NULL,
      PRIMARY KEY (person, since)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE erased (
      person TEXT PRIMARY KEY,
      at     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    ${directoryChanges}

    CREATE TABLE local_accounts (
      name          TEXT PRIMARY KEY,
      person        TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      changed_at    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX local_accounts_by_person ON local_accounts (person);

    CREATE TABLE subjects (
      issuer    TEXT NOT NULL,
      subject   TEXT NOT NULL,
      person    TEXT NOT NULL,
      linked_at TEXT NOT NULL,
      PRIMARY KEY (issuer, subject)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subjects_by_person ON subjects (person);

    CREATE TABLE links (
      hash    TEXT PRIMARY KEY,
      purpose TEXT NOT NULL,
      person  TEXT NOT NULL,
      ends_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX links_by_person ON links (person);

    -- pending: a secret that does not count yet.  last_step: the last time step whose code was used.
    CREATE TABLE second_factors (
      person    TEXT PRIMARY KEY,
      secret    BLOB,
      pending   BLOB,
      last_step INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE recovery_codes (
      person TEXT NOT NULL,
      hash   TEXT NOT NULL,
      PRIMARY KEY (person, hash)
    ) STRICT, WITHOUT ROWID;

    -- old_hash: the hash before the present one, by which the session is found until old_end.
    CREATE TABLE sessions (
      hash          TEXT PRIMARY KEY,
      id            TEXT NOT NULL UNIQUE,
      person        TEXT NOT NULL,
      created_at    TEXT NOT NULL,
      used_at       TEXT NOT NULL,
      ends_at       TEXT NOT NULL,
      device        TEXT,
      address       TEXT,
      second_factor INTEGER NOT NULL,
      rights        TEXT NOT NULL,
      old_hash      TEXT,
      old_end       TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_person ON sessions (person);
    CREATE INDEX sessions_by_old_hash ON sessions (old_hash);

    CREATE TABLE tokens (
      hash   TEXT PRIMARY KEY,
      person TEXT NOT NULL,
      token  TEXT NOT NULL,
      UNIQUE (person, token)
    ) STRICT, WITHOUT ROWID;

    ${follows}

    -- The columns are those of rate-limiter-flexible. expire: milliseconds since 1970.
    CREATE TABLE throttles (
      key    TEXT PRIMARY KEY,
      points INTEGER NOT NULL,
      expire INTEGER
    ) STRICT, WITHOUT ROWID;

    -- sequence: previous + 1.  hash: see access-log.ts.
    CREATE TABLE access_log (
      sequence INTEGER PRIMARY KEY,
      at       TEXT NOT NULL,
      person   TEXT,
      kind     TEXT NOT NULL,
      detail   TEXT NOT NULL,
      address  TEXT,
      hash     TEXT NOT NULL
    ) STRICT;

    -- The last entry that retention removed: where the chain of those that are kept begins.
    CREATE TABLE access_log_start (
      row      INTEGER PRIMARY KEY CHECK (row = 1),
      sequence INTEGER NOT NULL,
      hash     TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER access_never_changes BEFORE UPDATE ON access_log
      BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
    CREATE TRIGGER access_stays BEFORE DELETE ON access_log
      WHEN old.sequence > coalesce((SELECT sequence FROM access_log_start), 0)
      BEGIN SELECT RAISE(ABORT, 'entries are removed by retention only'); END;
  `,
};
