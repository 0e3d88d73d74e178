import { lstat, readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { isLoopback } from '../config.js';
import { PrivateAddress, guardedRequest, hostOf } from '../http/guarded-request.js';
import { DomainError, refused } from '../kernel/errors.js';
import { sha256 } from '../kernel/json.js';
import { by } from '../kernel/order.js';
import type { FeedSettings } from './feed.events.js';

/** Where feeds may fetch from, besides public addresses. */
export interface FeedPlaces {
  /** Hosts inside the network. */
  readonly hosts: readonly string[];
  /** The folder that has the folders of feeds; none is read without it. */
  readonly folder?: string;
}

/** Content that was received. */
export interface Received {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly etag?: string;
  /** Its name in the folder. */
  readonly file?: string;
  /** Whether more files wait in the folder. */
  readonly more: boolean;
}

/** What was taken before: of the same content there is nothing to receive. */
export interface Before {
  readonly etag?: string;
  isTaken(sha256: string): boolean;
}

/** The largest content that is received, in bytes. */
const largest = 20 * 2 ** 20;

/** Milliseconds within which an address has to have answered whole. */
const usualPatience = 30_000;

/** Fetches what a source has, within bounds of time and size. */
export class FeedFetching {
  constructor(
    private readonly places: FeedPlaces,
    private readonly patience = usualPatience,
  ) {}

  /**
   * Resolves with `undefined` where there is nothing that was not taken before.
   * @throws {DomainError} `feed.away`, `feed.slow`, `feed.too-large`, `feed.redirected`, `feed.private-address`
   */
  async fetch(
    { address, folder, format }: Pick<FeedSettings, 'address' | 'folder' | 'format'>,
    before: Before,
    stopping?: AbortSignal,
  ): Promise<Received | undefined> {
    if (folder !== undefined) return this.fromFolder(folder, format, before);
    const tooLate = AbortSignal.timeout(this.patience);
    const signals = [tooLate, ...(stopping ? [stopping] : [])];
    try {
      return await this.fromAddress(new URL(address!), before, AbortSignal.any(signals));
    } catch (error) {
      if (error instanceof DomainError || stopping?.aborted) throw error;
      // What is cut off in the middle of an answer says nothing of why.
      if (tooLate.aborted) throw refused('feed.slow', `数据源在 ${this.patience / 1_000} 秒内没有答复完`);
      throw refusalOf(error as NodeJS.ErrnoException);
    }
  }

  private async fromAddress(url: URL, before: Before, signal: AbortSignal): Promise<Received | undefined> {
    const { hosts } = this.places;
    const host = hostOf(url);
    if (url.protocol === 'http:' && !hosts.includes(host) && !isLoopback(host)) {
      throw refused(
        'feed.private-address',
        `地址须为 https://；确需 http:// 的，请系统管理员将 ${host} 列入 TONGJIAN_FEED_HOSTS`,
      );
    }
    const headers = { 'user-agent': 'tongjian', ...(before.etag !== undefined && { 'if-none-match': before.etag }) };
    const answer = await guardedRequest(url, { method: 'GET', headers, hosts, signal });
    try {
      const { statusCode: status = 0, headers: said } = answer;
      if (status === 304) return undefined;
      if (status >= 300 && status < 400) {
        throw refused('feed.redirected', `数据源答复 ${status}，转到另一地址：不跟随跳转，请核对后修改地址`);
      }
      if (status !== 200) throw refused('feed.away', `数据源答复 ${status}`);
      const bytes = await bodyOf(answer);
      const hash = sha256(bytes);
      if (before.isTaken(hash)) return undefined;
      const { etag } = said;
      return { bytes, sha256: hash, more: false, ...(etag !== undefined && etag.length <= 200 && { etag }) };
    } finally {
      // Also where it was not read to its end.
      answer.on('error', () => undefined).destroy();
    }
  }

  /** The first file, by name, that was not taken before. Names that begin with a dot are files on their way. */
  private async fromFolder(name: string, format: string, before: Before): Promise<Received | undefined> {
    const root = this.places.folder;
    if (root === undefined) {
      throw refused('feed.away', '本系统没有设数据源目录：请系统管理员设 TONGJIAN_FEED_FOLDER');
    }
    const folder = join(root, name);
    // A link could lead out of the folder that the operator allows.
    if (!(await lstat(folder).catch(() => undefined))?.isDirectory()) {
      throw refused('feed.away', `数据源目录下没有文件夹 ${name}：请核对名称，或请系统管理员建立`);
    }
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries
      .filter(
        (entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name.toLowerCase().endsWith(`.${format}`),
      )
      .map((entry) => entry.name)
      .toSorted(by((file) => file));
    for (const [at, file] of files.entries()) {
      const path = join(folder, file);
      if ((await lstat(path)).size > largest) throw tooLarge(`文件 ${file} `);
      const bytes = await readFile(path);
      const hash = sha256(bytes);
      if (!before.isTaken(hash)) return { bytes, sha256: hash, file, more: at < files.length - 1 };
    }
    return undefined;
  }
}

function refusalOf(error: NodeJS.ErrnoException): DomainError {
  if (error instanceof PrivateAddress) {
    const message = `${error.message} 是本机或内网地址：确需获取的，请系统管理员将它列入 TONGJIAN_FEED_HOSTS`;
    return refused('feed.private-address', message);
  }
  return refused('feed.away', `连接不上数据源（${error.code ?? error.name}）`);
}

const tooLarge = (what: string) =>
  refused('feed.too-large', `${what}超过 ${largest / 2 ** 20} MB：没有读取，请由数据源分期提供`);

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) throw tooLarge('数据源');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
