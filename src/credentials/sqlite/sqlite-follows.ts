import type Database from 'better-sqlite3';
import type { Instant } from '../../kernel/time.js';
import type { Follow, Follows } from '../follows.js';

export class SqliteFollows implements Follows {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.statements = prepare(db);
  }

  async of(person: string, plan: string): Promise<Follow[]> {
    return this.statements.of.all(person, plan);
  }

  async add(person: string, plan: string, { kind, id }: Follow, at: Instant): Promise<void> {
    this.statements.add.run(person, plan, kind, id, at);
  }

  async remove(person: string, plan: string, { kind, id }: Follow): Promise<void> {
    this.statements.remove.run(person, plan, kind, id);
  }
}

function prepare(db: Database.Database) {
  return {
    of: db.prepare<[string, string], Follow>(
      'SELECT kind, id FROM follows WHERE person = ? AND plan = ? ORDER BY since DESC, kind, id',
    ),
    add: db.prepare<[string, string, string, string, Instant]>('INSERT OR IGNORE INTO follows VALUES (?, ?, ?, ?, ?)'),
    remove: db.prepare<[string, string, string, string]>(
      'DELETE FROM follows WHERE person = ? AND plan = ? AND kind = ? AND id = ?',
    ),
  };
}
