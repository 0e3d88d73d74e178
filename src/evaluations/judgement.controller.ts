import { Controller, Get, Headers, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { LOG_PRESENCE, type LogPresence } from '../kernel/log-presence.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { OVERVIEWS, type Overviews } from '../overview/overviews.js';
import { APPRAISALS, type Appraisals } from '../slice/appraisals.js';
import { READINESS, type Readiness } from '../slice/readiness.js';
import { judgedThings } from './judged-things.js';
import { judgementOf, type Judgement } from './judgement.js';
import { scalesOf } from './judging.decider.js';
import { openPoints, type OpenPoint } from './open-points.js';
import { readEvaluation, readSnapshot } from './read-snapshot.js';
import { readContent, shownCutOff } from './snapshot.js';

@ApiTags('evaluations')
@Controller('plans/:plan/evaluations/:id')
export class JudgementController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(LOG_PRESENCE) private readonly presence: LogPresence,
    @Inject(OVERVIEWS) private readonly overviews: Overviews,
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(APPRAISALS) private readonly appraisals: Appraisals,
  ) {}

  @Needs('plans.read')
  @Get('judgement')
  @ApiOperation({ summary: '评估判断：各方判断并列、分歧、结论、满意度', operationId: 'getJudgement' })
  @ApiAnswer('Judgement')
  async judgement(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<Judgement> {
    await this.reading.wait(position);
    const evaluation = await readEvaluation(this.views, plan, id);
    const { published, snapshots, period } = evaluation;
    const taken = snapshots[(published ?? snapshots.length) - 1];
    const { overview } = taken
      ? await readContent(this.files, taken.contentHash)
      : await this.overviews.find({ plan, period, moment: {}, position });
    return { ...judgementOf(evaluation, judgedThings(overview), taken?.number), demo: overview.demo };
  }

  @Needs('evaluations.publish')
  @Get('snapshots/:number/open-points')
  @ApiOperation({ summary: '发布该快照前尚未了结的事项，发布时须逐项接受', operationId: 'listOpenPoints' })
  @ApiAnswer('OpenPoint', { list: true })
  async openPoints(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Param('number') number: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<OpenPoint[]> {
    await this.reading.wait(position);
    const { evaluation, entry } = await readSnapshot(this.views, plan, id, number);
    const asOf = { knownAt: entry.asOf, position: await shownCutOff(this.presence, entry) };
    const { kind, verdicts, conclusions, period } = evaluation;
    return openPoints({
      verdicts: verdicts.filter(({ withdrawn }) => !withdrawn),
      concluded: new Set(conclusions.map(({ item }) => item)),
      scales: scalesOf(evaluation),
      notReady: await this.readiness.open({ plan, period, asOf }),
      ofAppraisal: kind === 'annual' ? await this.appraisals.open(plan, period) : [],
    });
  }
}
