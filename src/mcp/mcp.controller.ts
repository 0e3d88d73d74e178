import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiProblems } from '../http/api-models.js';
import { SignedIn } from '../http/rights.js';
import { Sources } from './asking.js';

/** Codes of JSON-RPC. */
const invalidRequest = -32_600;
const serverError = -32_000;

/** The Model Context Protocol: tools with which assistants read a plan. Each message stands for itself. */
@ApiTags('mcp')
@Controller('mcp')
export class McpController {
  constructor(@Inject(Sources) private readonly sources: Sources) {}

  // What a tool reads waits in the lanes of the routes that it calls.
  @Lane('free')
  @SignedIn()
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Model Context Protocol：供智能助手查询的只读工具（Streamable HTTP，JSON-RPC 2.0）；不写入任何记录',
    operationId: 'callMcp',
  })
  @ApiBody({ schema: { type: 'object', description: 'JSON-RPC 2.0' } })
  @ApiOkResponse({ schema: { type: 'object', description: 'JSON-RPC 2.0' } })
  @ApiProblems()
  async message(@Req() request: Request, @Body() body: unknown, @Res() response: Response): Promise<void> {
    // One message may ask for much; many at once are for nobody's turn.
    if (Array.isArray(body))
      return refuse(response, 400, invalidRequest, 'Batches are not supported: send one message');
    // Loaded by whoever first sends a message.
    const { answerMessage } = await import('./mcp-server.js');
    const answer = await answerMessage(this.sources, { request, response });
    response.status(answer.status);
    if (answer.body === null) response.end();
    else response.type('application/json').send(await answer.text());
  }

  @Lane('free')
  @SignedIn()
  @Get()
  @ApiExcludeEndpoint()
  stream(@Res() response: Response): void {
    notAllowed(response);
  }

  @Lane('free')
  @SignedIn()
  @Delete()
  @ApiExcludeEndpoint()
  endSession(@Res() response: Response): void {
    notAllowed(response);
  }
}

/** There is no stream of the server's own messages, and no session to end. */
function notAllowed(response: Response): void {
  response.setHeader('Allow', 'POST');
  refuse(response, 405, serverError, 'Method not allowed: this server has no sessions, send messages with POST');
}

function refuse(response: Response, status: number, code: number, message: string): void {
  response.status(status).json({ jsonrpc: '2.0', error: { code, message }, id: null });
}
