import type Database from 'better-sqlite3';
import type { Instant } from '../../kernel/time.js';
import type { Session, SessionStore } from '../session-store.js';

type Row = Omit<Session, 'secondFactor' | 'device' | 'address'> & {
  readonly device: string | null;
  readonly address: string | null;
  readonly secondFactor: number;
};

export class SqliteSessions implements SessionStore {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.statements = prepare(db);
  }

  async add(hash: string, session: Session): Promise<void> {
    const { device = null, address = null, secondFactor } = session;
    this.statements.add.run({ ...session, hash, device, address, secondFactor: Number(secondFactor) });
  }

  async find(hash: string, now: Instant): Promise<Session | undefined> {
    const row = this.statements.find.get({ hash, now });
    return row && toSession(row);
  }

  async touch(hash: string, usedAt: Instant): Promise<void> {
    this.statements.touch.run({ hash, now: usedAt });
  }

  async renew(hash: string, newHash: string, rights: string, oldEnd: Instant): Promise<boolean> {
    return this.statements.renew.run({ hash, newHash, rights, oldEnd }).changes === 1;
  }

  async rotate(hash: string, newHash: string, secondFactor: boolean, now: Instant): Promise<boolean> {
    return this.statements.rotate.run({ hash, newHash, secondFactor: Number(secondFactor), now }).changes === 1;
  }

  async of(person: string): Promise<Session[]> {
    return this.statements.of.all(person).map(toSession);
  }

  async end(person: string, id: string): Promise<boolean> {
    return this.statements.end.run(person, id).changes === 1;
  }

  async endAll(person: string, exceptId = ''): Promise<void> {
    this.statements.endAll.run(person, exceptId);
  }

  async removeEnded(now: Instant): Promise<void> {
    this.statements.removeEnded.run(now);
  }
}

const toSession = ({ device, address, secondFactor, ...row }: Row): Session => ({
  ...row,
  ...(device !== null && { device }),
  ...(address !== null && { address }),
  secondFactor: secondFactor === 1,
});

function prepare(db: Database.Database) {
  const session = `
    SELECT id, person, created_at AS createdAt, used_at AS usedAt, ends_at AS endsAt, device, address,
      second_factor AS secondFactor, rights
    FROM sessions`;
  const found = 'WHERE hash = @hash OR (old_hash = @hash AND old_end > @now)';
  return {
    add: db.prepare<[Row & { hash: string }]>(`
      INSERT INTO sessions
      VALUES (
        @hash, @id, @person, @createdAt, @usedAt, @endsAt, @device, @address, @secondFactor, @rights, NULL, NULL
      )`),
    find: db.prepare<[{ hash: string; now: Instant }], Row>(`${session} ${found}`),
    of: db.prepare<[string], Row>(`${session} WHERE person = ? ORDER BY used_at DESC, id`),
    touch: db.prepare<[{ hash: string; now: Instant }]>(`UPDATE sessions SET used_at = @now ${found}`),
    renew: db.prepare<[{ hash: string; newHash: string; rights: string; oldEnd: Instant }]>(`
      UPDATE sessions SET hash = @newHash, rights = @rights, old_hash = hash, old_end = @oldEnd WHERE hash = @hash`),
    rotate: db.prepare<[{ hash: string; newHash: string; secondFactor: number; now: Instant }]>(`
      UPDATE sessions SET hash = @newHash, second_factor = @secondFactor, old_hash = NULL, old_end = NULL ${found}`),
    end: db.prepare<[string, string]>('DELETE FROM sessions WHERE person = ? AND id = ?'),
    endAll: db.prepare<[string, string]>('DELETE FROM sessions WHERE person = ? AND id <> ?'),
    removeEnded: db.prepare<[Instant]>('DELETE FROM sessions WHERE ends_at <= ?'),
  };
}
