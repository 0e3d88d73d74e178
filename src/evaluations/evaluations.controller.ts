import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { CheckedQuery } from '../http/checked-query.js';
import { MomentQuery } from '../http/moment.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { PROJECTIONS, type Projection } from '../kernel/projection.js';
import { SCRATCH_STORE, type AsOf, type OpenStore } from '../kernel/versioned-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { evaluationProjection, type EvaluationDocument } from './evaluation.projection.js';
import { readEvaluation, readSnapshot } from './read-snapshot.js';
import { readContent, shownCutOff, verify, type SnapshotContent, type Verification } from './snapshot.js';

@ApiTags('evaluations')
@Controller('plans/:plan/evaluations')
export class EvaluationsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(PROJECTIONS) private readonly projections: readonly Projection[],
    @Inject(SCRATCH_STORE) private readonly openScratch: OpenStore,
  ) {}

  @Needs('plans.read')
  @Get()
  @ApiOperation({ summary: '全部评估', operationId: 'listEvaluations' })
  @ApiAnswer('EvaluationDocument', { list: true })
  async list(
    @Param('plan') plan: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<EvaluationDocument[]> {
    const asOf = ofEvaluation(query, await this.reading.momentOfPlan(plan, query, position));
    const found = await this.views.list(evaluationProjection, `${plan}/`, { asOf });
    return Promise.all(found.map(({ body }) => this.placed(body)));
  }

  @Needs('plans.read')
  @Get(':id')
  @ApiOperation({ summary: '一项评估：快照、问题、建议与整改', operationId: 'getEvaluation' })
  @ApiAnswer('EvaluationDocument')
  async get(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Query(CheckedQuery(MomentQuery)) query: MomentQuery,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<EvaluationDocument> {
    const asOf = ofEvaluation(query, await this.reading.moment(plan, query, position));
    return this.placed(await readEvaluation(this.views, plan, id, asOf));
  }

  @Needs('plans.read')
  @Get(':id/snapshots/:number')
  @ApiOperation({ summary: '存档内容（JSON）', operationId: 'getSnapshot' })
  @ApiAnswer('SnapshotContent')
  async snapshot(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<SnapshotContent> {
    await this.reading.wait(position);
    const { entry } = await readSnapshot(this.views, plan, id, number);
    return readContent(this.files, entry.contentHash);
  }

  @Lane('heavy')
  @Needs('plans.read')
  @Post(':id/snapshots/:number/verification')
  @HttpCode(200)
  @ApiOperation({ summary: '由日志重算快照并核对哈希', operationId: 'verifySnapshot' })
  @ApiAnswer('Verification')
  async verification(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Verification> {
    await this.reading.wait(position);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const { kind, title, period } = evaluation;
    const { log, files, projections } = this;
    const scratch = this.openScratch();
    try {
      return await verify({ log, files, scratch, projections }, { plan, kind, title, period, asOf: entry.asOf }, entry);
    } finally {
      await scratch.close();
    }
  }

  /** With the cut-offs of its snapshots as positions of this log. */
  private async placed(evaluation: EvaluationDocument): Promise<EvaluationDocument> {
    const snapshots = evaluation.snapshots.map(async (entry) => ({
      ...entry,
      // Where the log is too short, the list keeps the position that was noted with the snapshot.
      position: await shownCutOff(this.presence, entry).catch(() => entry.position),
    }));
    return { ...evaluation, snapshots: await Promise.all(snapshots) };
  }
}

/** An evaluation goes on after the last moment of the plan that its third parties may look at. */
const ofEvaluation = ({ asOf, atPosition }: MomentQuery, moment: AsOf): AsOf =>
  asOf === undefined && atPosition === undefined ? {} : moment;
