import type Database from 'better-sqlite3';
import {
  accessHash,
  chainStart,
  type Access,
  type AccessEntry,
  type AccessFilter,
  type AccessKind,
  type AccessLog,
  type AccessPage,
  type AccessProof,
  type AccessSeal,
} from '../access-log.js';
import type { Instant } from '../../kernel/time.js';

interface Row {
  readonly sequence: number;
  readonly at: Instant;
  readonly person: string | null;
  readonly kind: string;
  readonly detail: string;
  readonly address: string | null;
  readonly hash: string;
}

/** The filter as it is bound; a condition that is not given is null. */
type Bound = Readonly<Record<keyof AccessFilter, string | null>>;

/** Entries read at once by `export` and `verify`. */
const pageSize = 1_000;

export class SqliteAccessLog implements AccessLog {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(private readonly db: Database.Database) {
    this.statements = prepare(db);
  }

  async append(access: Access): Promise<AccessSeal> {
    return this.db
      .transaction(() => {
        const last = this.statements.last.get() ?? this.start();
        const entry = { ...access, sequence: last.sequence + 1 };
        const hash = accessHash(last.hash, entry);
        const { person = null, address = null } = access;
        this.statements.add.run({ ...entry, person, address, detail: JSON.stringify(access.detail), hash });
        return { sequence: entry.sequence, hash };
      })
      .immediate();
  }

  async list(
    filter: AccessFilter,
    { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
  ): Promise<AccessPage> {
    const rows = this.statements.latest.all({ ...bound(filter), before, limit: limit + 1 });
    const entries = rows.slice(0, limit).map(toEntry);
    return { entries, ...(rows.length > limit && { next: entries.at(-1)!.sequence }) };
  }

  async lastSignIns(): Promise<ReadonlyMap<string, Instant>> {
    return new Map(this.statements.signIns.all().map(({ person, at }) => [person, at]));
  }

  async *export(filter: AccessFilter = {}): AsyncGenerator<readonly AccessEntry[]> {
    for (let after = 0; ;) {
      const rows = this.statements.page.all({ ...bound(filter), after, limit: pageSize });
      if (rows.length > 0) yield rows.map(toEntry);
      if (rows.length < pageSize) return;
      after = rows.at(-1)!.sequence;
    }
  }

  async verify(seal?: AccessSeal): Promise<AccessProof> {
    let end = this.start();
    let entries = 0;
    if (seal?.sequence === end.sequence && seal.hash !== end.hash) return { holds: false, brokenAt: seal.sequence };
    for await (const batch of this.export()) {
      for (const { hash, ...content } of batch) {
        const { sequence } = content;
        const follows = sequence === end.sequence + 1 && hash === accessHash(end.hash, content);
        if (!follows || (seal?.sequence === sequence && seal.hash !== hash))
          return { holds: false, brokenAt: sequence };
        end = { sequence, hash };
        entries++;
      }
    }
    // The end was cut off.
    if (seal && seal.sequence > end.sequence) return { holds: false, brokenAt: end.sequence + 1 };
    return { holds: true, entries, end };
  }

  async removeBefore(moment: Instant): Promise<number> {
    return this.db
      .transaction(() => {
        const kept = this.statements.firstSince.get(moment);
        const last = kept === undefined ? this.statements.last.get() : this.statements.place.get(kept - 1);
        if (!last) return 0;
        this.statements.begin.run(last);
        return this.statements.remove.run(last.sequence).changes;
      })
      .immediate();
  }

  private start(): AccessSeal {
    return this.statements.start.get() ?? chainStart;
  }
}

const bound = ({ person, kind, address, from, until }: AccessFilter): Bound => ({
  person: person ?? null,
  kind: kind ?? null,
  address: address ?? null,
  from: from ?? null,
  until: until ?? null,
});

const toEntry = ({ person, kind, detail, address, ...row }: Row): AccessEntry => ({
  ...row,
  ...(person !== null && { person }),
  kind: kind as AccessKind,
  detail: JSON.parse(detail) as Record<string, string>,
  ...(address !== null && { address }),
});

function prepare(db: Database.Database) {
  const matching = `
    SELECT sequence, at, person, kind, detail, address, hash FROM access_log
    WHERE (@person IS NULL OR person = @person) AND (@kind IS NULL OR kind = @kind)
      AND (@address IS NULL OR address = @address) AND (@from IS NULL OR at >= @from) AND (@until IS NULL OR at < @until)`;
  return {
    add: db.prepare<[Row]>('INSERT INTO access_log VALUES (@sequence, @at, @person, @kind, @detail, @address, @hash)'),
    last: db.prepare<[], AccessSeal>('SELECT sequence, hash FROM access_log ORDER BY sequence DESC LIMIT 1'),
    place: db.prepare<[number], AccessSeal>('SELECT sequence, hash FROM access_log WHERE sequence = ?'),
    latest: db.prepare<[Bound & { before: number; limit: number }], Row>(
      `${matching} AND sequence < @before ORDER BY sequence DESC LIMIT @limit`,
    ),
    page: db.prepare<[Bound & { after: number; limit: number }], Row>(
      `${matching} AND sequence > @after ORDER BY sequence LIMIT @limit`,
    ),
    signIns: db.prepare<[], { person: string; at: Instant }>(
      `SELECT person, max(at) AS at FROM access_log WHERE kind = 'sign-in' AND person IS NOT NULL GROUP BY person`,
    ),
    firstSince: db
      .prepare<[Instant], number>('SELECT sequence FROM access_log WHERE at >= ? ORDER BY sequence LIMIT 1')
      .pluck(),
    start: db.prepare<[], AccessSeal>('SELECT sequence, hash FROM access_log_start'),
    begin: db.prepare<[AccessSeal]>('INSERT OR REPLACE INTO access_log_start VALUES (1, @sequence, @hash)'),
    remove: db.prepare<[number]>('DELETE FROM access_log WHERE sequence <= ?'),
  };
}
