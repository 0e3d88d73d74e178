import { Controller, Get, Headers, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { Needs } from '../http/rights.js';
import { EVENT_LOG, type EventLog } from '../kernel/event-log.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { ExportMoments } from './asked-moment.js';
import { planFolders, type PlanFolders } from './plan-folders.js';

/** The folders from which a plan was loaded. */
@ApiTags('interchange')
@Controller('plans/:plan/interchange/folders')
export class PlanFoldersController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly moments: ExportMoments,
  ) {}

  @Lane('heavy')
  @Needs('log.prove')
  @Get()
  @ApiOperation({
    summary: '装载过的规划文件夹，按装载的次序，供别处重新装载；并列出不在其中的事件各多少',
    operationId: 'exportPlanFolders',
  })
  @ApiAnswer('PlanFolders')
  async folders(
    @Param('plan') plan: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<PlanFolders> {
    const { asOf } = await this.moments.of(plan, {}, position);
    const { views, files, log } = this;
    return planFolders({ views, files, log }, plan, asOf);
  }
}
