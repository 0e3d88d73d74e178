import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { actorOf } from '../access/actor.js';
import { readPlan } from '../plans/read-plan.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { problemOf } from '../http/problem.filter.js';
import { invalid } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { submissionProjection, type SubmissionDocument } from './submission.projection.js';
import { SUBMISSIONS, type SubmissionResult, type Submissions } from './submissions.js';

const maxFiles = 50;
const ndjson = 'application/x-ndjson';

@ApiTags('submissions')
@Controller()
export class SubmissionsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(SUBMISSIONS) private readonly submissions: Submissions,
  ) {}

  @Lane('heavy')
  @Post('submissions')
  @HttpCode(200)
  @ApiOperation({
    summary: '装载规划文件夹（整体校验，全有或全无）',
    description: `Accept: ${ndjson} 时逐行报告进度，最后一行为 result 或 problem`,
    operationId: 'submit',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['files'],
      additionalProperties: false,
      properties: { files: { type: 'object', additionalProperties: { type: 'string' } } },
    },
  })
  @ApiAnswer('SubmissionResult')
  async submit(
    @Body() body: unknown,
    @Headers('accept') accept: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SubmissionResult | undefined> {
    actorOf(request);
    const files = filesOf(body);
    if (!accept?.includes(ndjson)) return this.submissions.submit(files);

    response.type(ndjson);
    const line = (content: object) => response.write(`${JSON.stringify(content)}\n`);
    try {
      line({ result: await this.submissions.submit(files, (step, done, total) => line({ step, done, total })) });
    } catch (error) {
      line({ problem: problemOf(error) });
    }
    response.end();
    return undefined;
  }

  @Get('plans/:plan/submissions')
  @ApiOperation({ summary: '已收到的报送', operationId: 'listSubmissions' })
  @ApiAnswer('SubmissionDocument', { list: true })
  async list(
    @Param('plan') plan: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<SubmissionDocument[]> {
    await this.reading.wait(position);
    await readPlan(this.views, plan);
    return (await this.views.list(submissionProjection, `${plan}/`)).map(({ body }) => body);
  }
}

function filesOf(body: unknown): FolderFiles {
  const files = (body as { files?: unknown } | undefined)?.files;
  if (!files || typeof files !== 'object' || Array.isArray(files)) {
    throw invalid('submission.files', '请求内容须为 {"files": {"文件名": "内容"}}', 'files');
  }
  const entries = Object.entries(files as Record<string, unknown>);
  if (entries.length > maxFiles) throw invalid('submission.too-many-files', `文件至多 ${maxFiles} 个`, 'files');
  for (const [name, text] of entries) {
    if (typeof text !== 'string' || !text.isWellFormed() || !name.isWellFormed()) {
      throw invalid('submission.file', `文件 ${name.slice(0, 80)} 的名称和内容须为文本`, `files.${name.slice(0, 80)}`);
    }
  }
  return files as FolderFiles;
}
