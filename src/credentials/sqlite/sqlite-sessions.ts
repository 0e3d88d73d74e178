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

  async find(hash: string): Promise<Session | undefined> {
    const row = this.statements.find.get(hash);
    return row && toSession(row);
  }

  async touch(hash: string, usedAt: Instant): Promise<void> {
    this.statements.touch.run(usedAt, hash);
  }

  async rotate(hash: string, newHash: string, secondFactor: boolean): Promise<boolean> {
    return this.statements.rotate.run(newHash, Number(secondFactor), hash).changes === 1;
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
      second_factor AS secondFactor
    FROM sessions`;
  return {
    add: db.prepare<[Row & { hash: string }]>(`
      INSERT INTO sessions
      VALUES (@hash, @id, @person, @createdAt, @usedAt, @endsAt, @device, @address, @secondFactor)`),
    find: db.prepare<[string], Row>(`${session} WHERE hash = ?`),
    of: db.prepare<[string], Row>(`${session} WHERE person = ? ORDER BY used_at DESC, id`),
    touch: db.prepare<[Instant, string]>('UPDATE sessions SET used_at = ? WHERE hash = ?'),
    rotate: db.prepare<[string, number, string]>('UPDATE sessions SET hash = ?, second_factor = ? WHERE hash = ?'),
    end: db.prepare<[string, string]>('DELETE FROM sessions WHERE person = ? AND id = ?'),
    endAll: db.prepare<[string, string]>('DELETE FROM sessions WHERE person = ? AND id <> ?'),
    removeEnded: db.prepare<[Instant]>('DELETE FROM sessions WHERE ends_at <= ?'),
  };
}
