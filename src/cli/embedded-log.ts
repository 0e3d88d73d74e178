import type { Config } from '../config.js';
import { UsageError } from './session.js';

/** The file of the embedded log, for commands that work on the file. @throws {UsageError} the log is on a server */
export function embeddedLog({ log }: Config): string {
  if (log.kind === 'sqlite') return log.path;
  throw new UsageError(
    '日志在 EventStoreDB 上，不在本机：备份用其自带工具；核查可先用 tongjian copy 复制为 sqlite:<文件>，再 verify-log（见 docs/operations.md）',
  );
}
