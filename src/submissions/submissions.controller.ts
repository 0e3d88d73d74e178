import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { allowed, currentPrincipal } from '../access/principal.js';
import { noRight } from '../access/refusals.js';
import { actorOf } from '../http/asking.js';
import { readPlan } from '../plans/read-plan.js';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { READING, type Reading } from '../http/reading.js';
import { problemOf } from '../http/problem.filter.js';
import { Needs, SignedIn } from '../http/rights.js';
import { invalid } from '../kernel/errors.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { excerpt, flawIn } from '../kernel/text.js';
import type { FolderDifferences } from './differences.js';
import { textOf, type FolderContent } from './folder-text.js';
import { planOf } from './read-plan-folder.js';
import { folderLimits } from './read-folder.js';
import { submissionProjection, type SubmissionDocument } from './submission.projection.js';
import { acceptedIn, assertNoOther, isDryRun } from './submission-body.js';
import { SUBMISSIONS, type SubmissionProgress, type SubmissionResult, type Submissions } from './submissions.js';

const ndjson = 'application/x-ndjson';

const textFile = { type: 'string', description: '文件的文本' } as const;
const bytesFile = {
  type: 'object',
  description: '文件的原样字节：编码（UTF-8、UTF-16 或 GB18030）由系统识别',
  required: ['base64'],
  additionalProperties: false,
  properties: { base64: { type: 'string', format: 'byte' } },
};

const filesSchema = { type: 'object' as const, additionalProperties: { oneOf: [textFile, bytesFile] } };

@ApiTags('submissions')
@Controller()
export class SubmissionsController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(SUBMISSIONS) private readonly submissions: Submissions,
  ) {}

  @Lane('heavy')
  @SignedIn()
  @Post('submissions')
  @HttpCode(200)
  @ApiOperation({
    summary: '装载规划文件夹（整体校验，全有或全无）',
    description: `Accept: ${ndjson} 时逐行报告进度，最后一行为 result 或 problem；dryRun 为 true 时只校验，不写入`,
    operationId: 'submit',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['files'],
      additionalProperties: false,
      properties: {
        files: filesSchema,
        acceptWarnings: {
          type: 'array',
          items: { type: 'string' },
          description: '接受的警告：编号（id）或代码（code），逐项写明；有未接受的警告则不写入（submission.warnings）',
        },
        dryRun: { type: 'boolean', description: '试装载：校验后答复将写入什么、还有哪些警告，不写入任何数据' },
      },
    },
  })
  @ApiAnswer('SubmissionResult')
  async submit(
    @Body() body: unknown,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SubmissionResult | undefined> {
    const acceptance = { accepted: acceptedIn(body), by: actorOf() };
    const files = filesOf(body);
    assertNoOther(body as object, ['files', 'acceptWarnings', 'dryRun']);
    assertMayDefine(files);
    const run = (onProgress?: SubmissionProgress) =>
      isDryRun(body)
        ? this.submissions.tryOut(files, onProgress, acceptance)
        : this.submissions.submit(files, onProgress, acceptance);
    if (!accept?.includes(ndjson)) return run();

    response.type(ndjson);
    const line = (content: object) => response.write(`${JSON.stringify(content)}\n`);
    try {
      const onProgress: SubmissionProgress = (step, done, total) => line({ step, done, total });
      line({ result: await run(onProgress) });
    } catch (error) {
      line({ problem: problemOf(error) });
    }
    response.end();
    return undefined;
  }

  @Lane('heavy')
  @SignedIn()
  @Post('submissions/differences')
  @HttpCode(200)
  @ApiOperation({
    summary: '文件夹与上次装载的有何不同',
    description: '只比较，不校验能否装载，不写入任何数据',
    operationId: 'compareFolder',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['files'],
      additionalProperties: false,
      properties: { files: filesSchema },
    },
  })
  @ApiAnswer('FolderDifferences')
  differences(@Body() body: unknown): Promise<FolderDifferences> {
    const files = filesOf(body);
    assertNoOther(body as object, ['files']);
    assertMayDefine(files);
    return this.submissions.differences(files);
  }

  @Needs('plans.read')
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

function filesOf(body: unknown): FolderContent {
  const files = (body as { files?: unknown } | undefined)?.files;
  if (!files || typeof files !== 'object' || Array.isArray(files)) {
    throw invalid('submission.files', '请求内容须为 {"files": {"文件名": "内容"}}', 'files');
  }
  const entries = Object.entries(files as Record<string, unknown>);
  if (entries.length > folderLimits.files) {
    throw invalid('submission.too-many-files', `文件至多 ${folderLimits.files} 个`, 'files');
  }
  return Object.fromEntries(
    entries.map(([name, given]) => {
      const content = contentOf(given);
      if (content !== undefined && !flawIn(name)) return [name, content];
      const message = `文件 ${excerpt(name, 80)} 的名称须为文本，内容须为文本或 {"base64": "…"}`;
      throw invalid('submission.file', message, `files.${name.slice(0, 80)}`);
    }),
  );
}

/** A file's text, or its bytes. */
function contentOf(given: unknown): string | Uint8Array | undefined {
  if (typeof given === 'string') return given.isWellFormed() ? given : undefined;
  if (!given || typeof given !== 'object') return undefined;
  const { base64, ...more } = given as { base64?: unknown };
  if (typeof base64 !== 'string' || Object.keys(more).length > 0) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  // The decoder passes over what is no base64.
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

/** Whoever loads a folder defines its plan. A folder that names no plan is refused for that, whoever brings it. */
function assertMayDefine(files: FolderContent): void {
  const plan = planOf(textOf(files).files);
  const principal = currentPrincipal()!;
  if (allowed(principal, 'plans.define', plan === undefined ? {} : { plan })) return;
  throw noRight('plans.define', '装载规划由规划管理员办理');
}
