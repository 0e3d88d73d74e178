import type Database from 'better-sqlite3';
import type { Instant } from '../../kernel/time.js';
import type { Token, TokenStore } from '../token-store.js';

interface Row {
  readonly id: string;
  readonly person: string;
  readonly title: string;
  readonly permissions: string;
  readonly plan: string | null;
  readonly unit: string | null;
  readonly from: Instant;
  readonly until: Instant;
  readonly revokedAt: Instant | null;
}

export class SqliteTokens implements TokenStore {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.statements = prepare(db);
  }

  async add(hash: string, token: Token): Promise<void> {
    const { plan = null, unit = null, revokedAt = null } = token;
    this.statements.add.run({
      ...token,
      plan,
      unit,
      revokedAt,
      permissions: JSON.stringify(token.permissions),
      hash,
    });
  }

  async find(hash: string): Promise<Token | undefined> {
    const row = this.statements.find.get(hash);
    return row && toToken(row);
  }

  async of(person: string): Promise<Token[]> {
    return this.statements.of.all(person).map(toToken);
  }

  async revoke(person: string, id: string, at: Instant): Promise<boolean> {
    return this.statements.revoke.run(at, person, id, at).changes === 1;
  }

  async revokeAll(person: string, at: Instant): Promise<string[]> {
    return this.statements.revokeAll.all(at, person, at);
  }
}

const toToken = ({ permissions, plan, unit, revokedAt, ...row }: Row): Token => ({
  ...row,
  permissions: JSON.parse(permissions) as string[],
  ...(plan !== null && { plan }),
  ...(unit !== null && { unit }),
  ...(revokedAt !== null && { revokedAt }),
});

function prepare(db: Database.Database) {
  const token = `
    SELECT id, person, title, permissions, plan, unit, begins AS "from", ends AS until, revoked_at AS revokedAt
    FROM tokens`;
  return {
    add: db.prepare<[Row & { hash: string }]>(`
      INSERT INTO tokens
      VALUES (@hash, @id, @person, @title, @permissions, @plan, @unit, @from, @until, @revokedAt)`),
    find: db.prepare<[string], Row>(`${token} WHERE hash = ?`),
    of: db.prepare<[string], Row>(`${token} WHERE person = ? ORDER BY begins DESC, id`),
    revoke: db.prepare<[Instant, string, string, Instant]>(
      'UPDATE tokens SET revoked_at = ? WHERE person = ? AND id = ? AND revoked_at IS NULL AND ends > ?',
    ),
    revokeAll: db
      .prepare<[Instant, string, Instant], string>(
        'UPDATE tokens SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL AND ends > ? RETURNING id',
      )
      .pluck(),
  };
}
