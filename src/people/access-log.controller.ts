import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  accessKinds,
  type AccessEntry,
  type AccessKind,
  type AccessPage,
  type AccessProof,
} from '../credentials/access-log.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { NAMES, type Names } from '../http/names.js';
import { Needs } from '../http/rights.js';
import { writeTo } from '../http/stream.js';
import { WholeText } from '../http/whole-text.js';
import { parseKnownTime, startOfDay, type Instant } from '../kernel/time.js';
import { KnownTimeText, OneOf, PersonId } from '../slice/field.js';
import { dayZone } from './day-zone.js';
import { IDENTITY, type Identity } from './identity.js';

class AccessQuery {
  @PersonId({ label: '人员编号', optional: true })
  person?: string;

  @OneOf(Object.keys(accessKinds), { label: '类别', optional: true })
  kind?: AccessKind;

  @KnownTimeText({ label: '自', optional: true, example: '2026-01-01' })
  from?: string;

  @KnownTimeText({ label: '至', optional: true, example: '2026-12-31' })
  until?: string;

  @WholeText(1, 1_000_000_000, '游标')
  cursor?: string;

  @WholeText(1, 1000, '条数')
  limit?: string;
}

export type AccessListing = AccessPage;

/** Whether the access log is whole. */
export interface AccessLogProof {
  readonly proof: AccessProof;
  /** When its oldest entry was made; older ones were removed when their time was over. */
  readonly oldest?: Instant;
}

/** Who signed in, failed to, exported, and read what is noted: for auditors. */
@ApiTags('people')
@Controller('access-log')
export class AccessLogController {
  constructor(
    @Inject(IDENTITY) private readonly identity: Identity,
    @Inject(NAMES) private readonly names: Names,
  ) {}

  @Needs('access-log.read')
  @Get()
  @ApiOperation({ summary: '访问日志：登录、失败、导出、第三方查阅、查阅审计记录', operationId: 'listAccess' })
  @ApiAnswer('AccessListing')
  access(@Query(CheckedQuery(AccessQuery)) query: AccessQuery): Promise<AccessPage> {
    const { cursor, limit = '100' } = query;
    return this.identity.credentials.accessLog.list(filterOf(query), {
      limit: Number(limit),
      ...(cursor !== undefined && { before: Number(cursor) }),
    });
  }

  @Needs('access-log.read')
  @Get('export')
  @ApiOperation({ summary: '导出访问日志，每行一个 JSON，附哈希链', operationId: 'exportAccess' })
  async export(@Query(CheckedQuery(AccessQuery)) query: AccessQuery, @Res() response: Response): Promise<void> {
    response.type('application/x-ndjson');
    for await (const batch of this.identity.credentials.accessLog.export(filterOf(query))) {
      // A name that was erased since the export began is not written any more.
      await this.names.refresh();
      if (!(await writeTo(response, batch.map(lineOf).join('')))) return;
    }
    response.end();
  }

  @Lane('heavy')
  @Needs('access-log.read')
  @Get('proof')
  @ApiOperation({ summary: '逐条核查访问日志的哈希链，附最早一条的时间', operationId: 'proveAccessLog' })
  @ApiAnswer('AccessLogProof')
  async proveAccess(): Promise<AccessLogProof> {
    const { accessLog } = this.identity.credentials;
    const proof = await accessLog.verify();
    for await (const [first] of accessLog.export()) if (first) return { proof, oldest: first.at };
    return { proof };
  }
}

const lineOf = (entry: AccessEntry): string => `${JSON.stringify(entry)}\n`;

/** A day begins with its first moment here, not with its last as where something is known. */
const firstMoment = (from: string): Instant =>
  from.includes('T') ? parseKnownTime(from, dayZone(), 'from') : startOfDay(from, dayZone());

function filterOf({ person, kind, from, until }: AccessQuery) {
  return {
    ...(person !== undefined && { person }),
    ...(kind !== undefined && { kind }),
    ...(from !== undefined && { from: firstMoment(from) }),
    ...(until !== undefined && { until: parseKnownTime(until, dayZone(), 'until') }),
  };
}
