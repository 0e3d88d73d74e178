import type Database from 'better-sqlite3';
import type { Instant } from '../../kernel/time.js';
import type { Accounts, LocalAccount, Subject } from '../accounts.js';
import type { Link, Links, LinkUse } from '../links.js';

/** Accounts, and the links by which they are set. */
export class SqliteAccounts implements Accounts, Links {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(private readonly db: Database.Database) {
    this.statements = prepare(db);
  }

  async local(name: string): Promise<LocalAccount | undefined> {
    return this.statements.local.get(name);
  }

  async localOf(person: string): Promise<LocalAccount[]> {
    return this.statements.localOf.all(person);
  }

  async putLocal(account: LocalAccount): Promise<boolean> {
    return this.put(account);
  }

  async personOf({ issuer, subject }: Subject): Promise<string | undefined> {
    return this.statements.personOf.get(issuer, subject);
  }

  async subjectsOf(person: string): Promise<Subject[]> {
    return this.statements.subjectsOf.all(person);
  }

  async hasAny(): Promise<boolean> {
    return this.statements.hasAny.get() === 1;
  }

  async add(hash: string, { purpose, person, endsAt }: Link): Promise<void> {
    this.statements.addLink.run(hash, purpose, person, endsAt);
  }

  async find(hash: string, now: Instant): Promise<Link | undefined> {
    return this.statements.link.get(hash, now);
  }

  useForLocal(hash: string, account: Omit<LocalAccount, 'person'>): Promise<LinkUse> {
    return this.use(hash, account.changedAt, ({ person }) => this.put({ ...account, person }));
  }

  useForSubject(hash: string, { issuer, subject }: Subject, at: Instant): Promise<LinkUse> {
    return this.use(
      hash,
      at,
      ({ person }) => this.statements.linkSubject.run({ issuer, subject, person, at }).changes === 1,
    );
  }

  async endAll(person: string): Promise<void> {
    this.statements.endLinks.run(person);
  }

  private put(account: LocalAccount): boolean {
    return this.statements.putLocal.run(account).changes === 1;
  }

  private async use(hash: string, now: Instant, set: (link: Link) => boolean): Promise<LinkUse> {
    return this.db
      .transaction((): LinkUse => {
        const link = this.statements.link.get(hash, now);
        if (!link) return 'used';
        if (!set(link)) return 'taken';
        this.statements.removeLink.run(hash);
        return 'done';
      })
      .immediate();
  }
}

function prepare(db: Database.Database) {
  const local = `SELECT name, person, password_hash AS passwordHash, changed_at AS changedAt FROM local_accounts`;
  return {
    local: db.prepare<[string], LocalAccount>(`${local} WHERE name = ?`),
    localOf: db.prepare<[string], LocalAccount>(`${local} WHERE person = ? ORDER BY name`),
    putLocal: db.prepare<[LocalAccount]>(`
      INSERT INTO local_accounts VALUES (@name, @person, @passwordHash, @changedAt)
      ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at
      WHERE person = excluded.person`),
    personOf: db
      .prepare<[string, string], string>('SELECT person FROM subjects WHERE issuer = ? AND subject = ?')
      .pluck(),
    subjectsOf: db.prepare<[string], Subject>(
      'SELECT issuer, subject FROM subjects WHERE person = ? ORDER BY issuer, subject',
    ),
    linkSubject: db.prepare<[Subject & { person: string; at: Instant }]>(`
      INSERT INTO subjects VALUES (@issuer, @subject, @person, @at)
      ON CONFLICT (issuer, subject) DO UPDATE SET linked_at = excluded.linked_at WHERE person = excluded.person`),
    hasAny: db
      .prepare<[], number>('SELECT EXISTS (SELECT 1 FROM local_accounts) OR EXISTS (SELECT 1 FROM subjects)')
      .pluck(),
    addLink: db.prepare<[string, string, string, Instant]>('INSERT INTO links VALUES (?, ?, ?, ?)'),
    link: db.prepare<[string, Instant], Link>(
      'SELECT purpose, person, ends_at AS endsAt FROM links WHERE hash = ? AND ends_at > ?',
    ),
    removeLink: db.prepare<[string]>('DELETE FROM links WHERE hash = ?'),
    endLinks: db.prepare<[string]>('DELETE FROM links WHERE person = ?'),
  };
}
