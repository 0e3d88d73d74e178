import type Database from 'better-sqlite3';
import type { Instant } from '../../kernel/time.js';
import { erasedName, type Directory } from '../directory.js';

export class SqliteDirectory implements Directory {
  private readonly statements: ReturnType<typeof prepare>;
  /** All names, as they were after so many changes. */
  private known: { readonly changes: number; readonly names: ReadonlyMap<string, string> } | undefined;

  constructor(private readonly db: Database.Database) {
    this.statements = prepare(db);
  }

  async nameOf(person: string, at: Instant = '9'): Promise<string | undefined> {
    const { erased, name, firstName } = this.statements;
    if (erased.get(person)) return erasedName;
    return name.get(person, at) ?? firstName.get(person);
  }

  async names(): Promise<ReadonlyMap<string, string>> {
    const changes = this.statements.changes.get()!;
    if (this.known?.changes !== changes) this.known = this.readNames();
    return this.known.names;
  }

  private readNames() {
    const { changes, allNames, allErased } = this.statements;
    // In a transaction, so that the names are those of the count.
    return this.db.transaction(() => {
      const erased = allErased.all().map((person): [string, string] => [person, erasedName]);
      return { changes: changes.get()!, names: new Map([...allNames.all(), ...erased]) };
    })();
  }

  async rename(person: string, name: string, from: Instant): Promise<void> {
    if (!this.statements.erased.get(person)) this.statements.rename.run(person, from, name);
  }

  async idsNamed(text: string): Promise<string[]> {
    return this.statements.named.all(text.toLowerCase());
  }

  async erase(person: string, at: Instant): Promise<void> {
    this.db
      .transaction(() => {
        for (const statement of this.statements.removals) statement.run(person);
        this.statements.erase.run(person, at);
      })
      .immediate();
    // Rewrites the file, where `secure_delete` overwrites the bytes, and empties the write-ahead log, which had them too.
    this.db.pragma('wal_checkpoint(TRUNCATE)');
  }
}

const personal = [
  'names',
  'local_accounts',
  'subjects',
  'links',
  'second_factors',
  'recovery_codes',
  'sessions',
  'tokens',
  'follows',
];

function prepare(db: Database.Database) {
  return {
    name: db
      .prepare<[string, Instant], string>(
        'SELECT name FROM names WHERE person = ? AND since <= ? ORDER BY since DESC LIMIT 1',
      )
      .pluck(),
    firstName: db.prepare<[string], string>('SELECT name FROM names WHERE person = ? ORDER BY since LIMIT 1').pluck(),
    // Of the columns beside max(), SQLite returns those of the row that has the maximum.
    allNames: db
      .prepare<[], [string, string]>('SELECT person, name FROM (SELECT person, name, max(since) FROM names GROUP BY 1)')
      .raw(),
    erased: db.prepare<[string], number>('SELECT 1 FROM erased WHERE person = ?').pluck(),
    allErased: db.prepare<[], string>('SELECT person FROM erased').pluck(),
    named: db
      .prepare<[string], string>('SELECT DISTINCT person FROM names WHERE instr(lower(name), ?) ORDER BY person')
      .pluck(),
    rename: db.prepare<[string, Instant, string]>('INSERT OR REPLACE INTO names VALUES (?, ?, ?)'),
    erase: db.prepare<[string, Instant]>('INSERT OR IGNORE INTO erased VALUES (?, ?)'),
    removals: personal.map((table) => db.prepare<[string]>(`DELETE FROM ${table} WHERE person = ?`)),
    changes: db.prepare<[], number>('SELECT count FROM directory_changes').pluck(),
  };
}
