import type Database from 'better-sqlite3';
import type { SecondFactorStore, StoredFactor } from '../second-factor-store.js';

export class SqliteSecondFactors implements SecondFactorStore {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(private readonly db: Database.Database) {
    this.statements = prepare(db);
  }

  async find(person: string): Promise<StoredFactor | undefined> {
    const found = this.statements.find.get(person);
    if (!found) return undefined;
    const { secret, pending, recoveryCodes } = found;
    return { ...(secret && { secret }), ...(pending && { pending }), recoveryCodes };
  }

  async putPending(person: string, secret: Uint8Array): Promise<void> {
    this.statements.putPending.run(person, secret);
  }

  async confirm(person: string, secret: Uint8Array, step: number, codeHashes: readonly string[]): Promise<boolean> {
    return this.db
      .transaction(() => {
        if (this.statements.confirm.run(step, person, secret).changes === 0) return false;
        this.statements.removeCodes.run(person);
        for (const hash of codeHashes) this.statements.addCode.run(person, hash);
        return true;
      })
      .immediate();
  }

  async useStep(person: string, step: number): Promise<boolean> {
    return this.statements.useStep.run(step, person, step).changes === 1;
  }

  async useRecoveryCode(person: string, hash: string): Promise<boolean> {
    return this.statements.useCode.run(person, hash).changes === 1;
  }

  async remove(person: string): Promise<void> {
    this.db
      .transaction(() => {
        this.statements.removeCodes.run(person);
        this.statements.remove.run(person);
      })
      .immediate();
  }
}

function prepare(db: Database.Database) {
  return {
    find: db.prepare<[string], { secret: Buffer | null; pending: Buffer | null; recoveryCodes: number }>(`
      SELECT secret, pending,
        (SELECT count(*) FROM recovery_codes WHERE recovery_codes.person = second_factors.person) AS recoveryCodes
      FROM second_factors WHERE person = ?`),
    putPending: db.prepare<[string, Uint8Array]>(`
      INSERT INTO second_factors (person, pending) VALUES (?, ?)
      ON CONFLICT (person) DO UPDATE SET pending = excluded.pending`),
    confirm: db.prepare<[number, string, Uint8Array]>(
      'UPDATE second_factors SET secret = pending, pending = NULL, last_step = ? WHERE person = ? AND pending = ?',
    ),
    useStep: db.prepare<[number, string, number]>(
      'UPDATE second_factors SET last_step = ? WHERE person = ? AND last_step < ?',
    ),
    addCode: db.prepare<[string, string]>('INSERT INTO recovery_codes VALUES (?, ?)'),
    useCode: db.prepare<[string, string]>('DELETE FROM recovery_codes WHERE person = ? AND hash = ?'),
    removeCodes: db.prepare<[string]>('DELETE FROM recovery_codes WHERE person = ?'),
    remove: db.prepare<[string]>('DELETE FROM second_factors WHERE person = ?'),
  };
}
