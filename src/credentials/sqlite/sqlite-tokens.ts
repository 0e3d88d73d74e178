import type Database from 'better-sqlite3';
import type { TokenSecret, TokenStore } from '../token-store.js';

export class SqliteTokens implements TokenStore {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.statements = prepare(db);
  }

  async add(hash: string, { person, token }: TokenSecret): Promise<void> {
    this.statements.add.run(hash, person, token);
  }

  async find(hash: string): Promise<TokenSecret | undefined> {
    return this.statements.find.get(hash);
  }

  async remove(person: string, token: string): Promise<void> {
    this.statements.remove.run(person, token);
  }

  async removeAll(person: string): Promise<void> {
    this.statements.removeAll.run(person);
  }
}

function prepare(db: Database.Database) {
  return {
    add: db.prepare<[string, string, string]>('INSERT INTO tokens VALUES (?, ?, ?)'),
    find: db.prepare<[string], TokenSecret>('SELECT person, token FROM tokens WHERE hash = ?'),
    remove: db.prepare<[string, string]>('DELETE FROM tokens WHERE person = ? AND token = ?'),
    removeAll: db.prepare<[string]>('DELETE FROM tokens WHERE person = ?'),
  };
}
