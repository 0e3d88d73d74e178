import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';

class ProblemPlace {
  @ApiProperty({ required: false })
  file?: string;

  @ApiProperty({ required: false })
  row?: number;

  @ApiProperty({ required: false })
  field?: string;

  @ApiProperty({ required: false, description: 'What the plan had before' })
  standing?: string;
}

class ProblemItem {
  @ApiProperty({ example: 'figure.already-reported' })
  code: string;

  @ApiProperty()
  message: string;

  @ApiProperty({ required: false })
  field?: string;

  @ApiProperty({ required: false })
  file?: string;

  @ApiProperty({ required: false })
  row?: number;

  @ApiProperty({ required: false, description: 'Of a warning: what it is accepted by' })
  id?: string;

  @ApiProperty({ required: false, type: [ProblemPlace], description: 'Of a warning: both sides of the contradiction' })
  places?: readonly ProblemPlace[];
}

/** RFC 9457 problem details, with our stable code and one entry for each mistake. */
export class ProblemDetails {
  @ApiProperty({ example: 'urn:tongjian:problem:figure.already-reported' })
  type: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ example: 409 })
  status: number;

  @ApiProperty()
  detail: string;

  @ApiProperty({ example: 'figure.already-reported' })
  code: string;

  @ApiProperty({ type: [ProblemItem] })
  problems: ProblemItem[];
}

class AppendedEvent {
  @ApiProperty()
  id: string;

  @ApiProperty()
  type: string;
}

class NamedSnapshot {
  @ApiProperty({ example: 'midterm-2022' })
  evaluation: string;

  @ApiProperty({ example: 1 })
  number: number;

  @ApiProperty({ example: '2022' })
  period: string;

  @ApiProperty({ example: '2023-06-30T15:59:59.999Z', description: 'Known time of the cut-off' })
  asOf: string;

  @ApiProperty({ description: 'SHA-256 of the content' })
  contentHash: string;
}

export class CommandAnswer {
  @ApiProperty({ example: 'figure-lishui-civil-affairs-2021-2025.02.331102.2022' })
  stream: string;

  @ApiProperty({
    description: 'Revision of the stream after the command; "none" where it does not exist',
    oneOf: [{ type: 'integer' }, { type: 'string', enum: ['none'] }],
  })
  revision: number | 'none';

  @ApiProperty({ required: false, description: 'Wait for it with the Tongjian-Position header to read your own write' })
  position?: string;

  @ApiProperty({ type: [AppendedEvent], description: 'Empty where it was already so' })
  events: AppendedEvent[];

  @ApiProperty({ description: 'The command had been carried out before under the same id' })
  repeated: boolean;

  @ApiProperty({
    required: false,
    description: 'Answer to the taking of a snapshot: the new one, or the earlier one that has the same content',
  })
  snapshot?: NamedSnapshot;

  @ApiProperty({ required: false, example: 'g1', description: 'Answer to the granting of a role: the grant' })
  grant?: string;
}

/** The problems any operation may answer with. */
export const ApiProblems = () =>
  applyDecorators(
    ...[400, 401, 403, 404, 409, 412, 422, 429, 503].map((status) =>
      ApiResponse({ status, description: problemTitles[status], type: ProblemDetails }),
    ),
  );

export const problemTitles: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '未登录',
  403: '没有权限',
  404: '没有找到',
  405: '不支持的方法',
  409: '与现状冲突',
  412: '已被他人更新',
  413: '内容过大',
  415: '不支持的内容类型',
  422: '规则不允许',
  429: '尝试过多',
  500: '系统内部错误',
  503: '暂时不可用',
};
