import type { Slice } from '../slice/slice.js';
import { Sources } from './asking.js';
import { McpController } from './mcp.controller.js';
import { RouteCalls } from './route-calls.js';

/** What assistants read of plans by the Model Context Protocol. It has no events of its own. */
export const mcpSlice: Slice = {
  name: 'mcp',
  events: [],
  projections: [],
  providers: [RouteCalls, Sources],
  controllers: [McpController],
};
