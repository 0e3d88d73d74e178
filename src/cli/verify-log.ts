import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { readConfig, type Config } from '../config.js';
import { DataFolder } from '../operations/data-folder.js';
import { proveFile } from '../event-log/sqlite/log-copy.js';
import { parseSeal, sealForm, type DamageKind, type Proof } from '../kernel/event-log.js';
import { Connection } from './connection.js';
import { embeddedLog } from './embedded-log.js';
import { ExitCode, UsageError } from './session.js';

/** Verifies the log and prints the result. Exit code 3 if it is damaged or was changed. */
export async function verifyLog(data: string | undefined, seal: string | undefined, json: boolean): Promise<void> {
  if (seal !== undefined && !sealForm.test(seal)) {
    throw new UsageError(`封印 ${seal} 须为 位置:哈希（64 位小写十六进制），如 verify-log 与 doctor 所示`);
  }
  const proof = await proveLog(readConfig(process.env, { data }), seal);
  console.log(json ? JSON.stringify(proof, null, 2) : `${proofText(proof)}${proof.damage ? '' : notedText(seal)}`);
  if (proof.damage) process.exitCode = ExitCode.notProven;
}

/**
 * Verifies the log through the server that owns the data folder, if one runs. Otherwise reads the file directly,
 * without changing it; so it also works for a backup, and for a log that is too damaged to start a server.
 * @throws {DatabaseUnusable} the file is not a readable log
 * @throws {UsageError} there is no embedded log
 */
export async function proveLog(config: Config, seal?: string): Promise<Proof> {
  const path = embeddedLog(config);
  if (DataFolder.owner(dirname(path))) {
    const api = await Connection.open(config.data);
    try {
      return await api.get<Proof>('log/proof', { seal });
    } finally {
      await api.close();
    }
  }
  // A missing log must not be created here.
  if (![path, `${path}-wal`].some((file) => existsSync(file))) throw new UsageError(`没有日志 ${path}`);
  return proveFile(path, seal === undefined ? undefined : parseSeal(seal));
}

/** The result of a verification as text. */
export function proofText({ events, seal, damage }: Proof): string {
  const sealed = seal ? `（封印 ${seal.position}:${seal.chain}）` : '';
  return damage
    ? `位置 ${damage.position} 处已损坏或被改动：${damageWords[damage.kind]}（${damage.what}）；此前 ${events} 个事件完好${sealed}`
    : `${events} 个事件，哈希链完整${sealed}`;
}

const damageWords: Readonly<Record<DamageKind, string>> = {
  missing: '缺少事件',
  chain: '内容与哈希链不符',
  checksum: '内容与校验和不符',
  stream: '在其流中找不到，或次序有误',
  time: '录入时间早于前一事件',
  seal: '哈希链本身完整，但与记下的封印不符：封印抄录有误，或全部历史曾被重写',
  unreadable: '文件读不出来',
};

const notedText = (seal: string | undefined) =>
  seal === undefined ? '' : `\n与记下的封印相符：到位置 ${seal.split(':')[0]} 为止一字未改`;
