import { Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import { actorOf } from '../http/asking.js';
import { CheckedQuery } from '../http/checked-query.js';
import { Needs } from '../http/rights.js';
import { newCommandId } from '../kernel/command-ids.js';
import { invalid } from '../kernel/errors.js';
import { FILE_STORE, type FileStore } from '../kernel/file-store.js';
import { sha256 } from '../kernel/json.js';
import { GATEWAY, type CommandCarrier } from '../slice/command-gateway.js';
import { checkedInput } from '../slice/command.js';
import { Identifier, Text } from '../slice/field.js';
import { KeepEvidence } from './evidence.commands.js';
import type { EvidenceDocument } from './evidence.projection.js';
import { evidenceTypeOf } from './file-type.js';
import { SCANNER, type Scanner } from './scanner.js';

class EvidenceQuery {
  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;

  @Text({ label: '文件名称', max: 200, example: '2022 年养老服务统计报表' })
  title: string;
}

/** What a command then names as `sha256` of its evidence. */
export interface KeptEvidence {
  readonly sha256: string;
  readonly type: EvidenceDocument['type'];
  /** Bytes. */
  readonly size: number;
}

@ApiTags('evidence')
@Controller('plans/:plan/evidence')
export class EvidenceController {
  constructor(
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(GATEWAY) private readonly gateway: CommandCarrier,
    @Inject(SCANNER) private readonly scan: Scanner,
  ) {}

  @Lane('heavy')
  @Needs('evidence.keep')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: '留存一份依据文件（PDF、PNG、JPEG、DOCX、XLSX，至多 20 MB）',
    description: '请求内容是文件的原样字节；类型以内容为准',
    operationId: 'keepEvidence',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiAnswer('KeptEvidence')
  async keep(
    @Param('plan') plan: string,
    @Query(CheckedQuery(EvidenceQuery)) { unit, title }: EvidenceQuery,
    @Req() { body }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<KeptEvidence> {
    if (!Buffer.isBuffer(body) || body.length === 0) {
      throw invalid('evidence.empty', '请求内容须为文件的字节（Content-Type: application/octet-stream）');
    }
    const type = evidenceTypeOf(body);
    if (!type) throw invalid('evidence.type', '文件须为 PDF、PNG、JPEG，或不带宏的 DOCX、XLSX：请转换后再传');
    const { length: size } = body;
    const file = { sha256: sha256(body), type, size };
    const command = checkedInput(KeepEvidence, { plan, unit, title, sha256: file.sha256, fileType: type, size });
    const sender = { commandId: newCommandId(), actor: actorOf() };
    // Whoever may not keep it here has nothing scanned and stored.
    await this.gateway.rehearse(command, sender);
    await this.scan(body);
    await this.files.put(body);
    const { position } = await this.gateway.carryOut(command, sender);
    if (position !== undefined) response.setHeader('Tongjian-Position', position);
    return file;
  }
}
