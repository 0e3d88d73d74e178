import { Inject, Injectable } from '@nestjs/common';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { readSnapshot, snapshotNamed } from '../evaluations/read-snapshot.js';
import { shownCutOff } from '../evaluations/snapshot.js';
import { invalid } from '../kernel/errors.js';
import { EventLogUnavailable } from '../kernel/event-log.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import type { Position } from '../kernel/position.js';
import type { Instant } from '../kernel/time.js';
import type { AsOf } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { Text } from '../slice/field.js';

/** The moment of an export: as everywhere, or that of a snapshot. */
export class ExportQuery extends MomentQuery {
  @Text({
    label: '存档',
    description: '评估/序号：取该存档的数据截止时间和系统记录序号，不能与截至同用',
    max: 120,
    optional: true,
    example: 'midterm-2022/1',
  })
  snapshot?: string;
}

export interface AskedMoment {
  /** Always at one position where the log can be asked, so that all that is read goes together. */
  readonly asOf: AsOf;
  /** What was asked for, or what the snapshot has: the parts of the moment that stay the same. */
  readonly fixed: { readonly asOf?: Instant; readonly position?: Position };
  readonly snapshot?: { readonly name: string; readonly contentHash: string };
}

/** Finds the moment of an export. */
@Injectable()
export class ExportMoments {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
  ) {}

  /** @throws {DomainError} `interchange.combination`; what `Reading.momentOfPlan` and `readSnapshot` throw */
  async of(plan: string, query: ExportQuery, seen: Position | undefined): Promise<AskedMoment> {
    const { asOf, atPosition, snapshot } = query;
    if (snapshot === undefined) return this.pinned(plan, { asOf, atPosition }, seen);
    if (asOf !== undefined || atPosition !== undefined) {
      throw invalid(
        'interchange.combination',
        '存档有自己的截至：请只写 snapshot，或只写 asOf、atPosition',
        'snapshot',
      );
    }
    await this.reading.wait(seen);
    const { id, number } = snapshotNamed(snapshot);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const position = await shownCutOff(this.presence, entry);
    const moment = await this.pinned(plan, { asOf: entry.asOf, atPosition: position }, seen);
    return { ...moment, snapshot: { name: `${evaluation.id}/${entry.number}`, contentHash: entry.contentHash } };
  }

  private async pinned(plan: string, asked: MomentQuery, seen: Position | undefined): Promise<AskedMoment> {
    const atPosition = asked.atPosition ?? (await this.head());
    const asOf = await this.reading.momentOfPlan(plan, { asOf: asked.asOf, atPosition }, seen);
    const fixed = {
      ...(asOf.knownAt !== undefined && { asOf: asOf.knownAt }),
      ...(asked.atPosition !== undefined && { position: asked.atPosition }),
    };
    return { asOf, fixed };
  }

  /** The end of the log; undefined while it is empty or away. */
  private async head(): Promise<Position | undefined> {
    try {
      return await this.presence.ask((log) => log.head());
    } catch (error) {
      if (error instanceof EventLogUnavailable) return undefined;
      throw error;
    }
  }
}
