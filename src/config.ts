import { resolve } from 'node:path';

export interface Config {
  readonly port: number;
  /** Data folder: log, views, files. */
  readonly data: string;
  /** Load the demonstration data (示例数据) at the start. */
  readonly demo: boolean;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Settings come from the environment; flags of the command line go before them. @throws {ConfigError} naming the setting */
export function readConfig(environment: NodeJS.ProcessEnv, flags: Partial<Config> = {}): Config {
  const port = flags.port ?? portOf(environment.PORT);
  return { port, data: resolve(flags.data ?? environment.TONGJIAN_DATA ?? 'data'), demo: flags.demo ?? true };
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ConfigError(`PORT=${text} 不是有效端口：请写 0–65535 的整数`);
  }
  return port;
}
