import { canonicalJson, sha256 } from '../kernel/json.js';
import type { Instant } from '../kernel/time.js';

/** What the access log notes, with the Chinese words. Codes are stored, so none is ever renamed. */
export const accessKinds = {
  'sign-in': '登录',
  'sign-in.failed': '登录失败',
  'sign-out': '退出登录',
  'session.ended': '结束会话',
  'access.ended': '终止访问',
  'account.set': '设置账号或密码',
  'second-factor.set': '启用两步验证',
  'second-factor.removed': '停用两步验证',
  'token.issued': '签发令牌',
  'token.revoked': '吊销令牌',
  'person.erased': '注销人员姓名',
  export: '导出',
  'read.third-party': '第三方查阅',
  'read.trail': '查阅审计记录',
  'read.access-log': '查阅访问日志',
} as const;
export type AccessKind = keyof typeof accessKinds;

export interface Access {
  readonly at: Instant;
  /** Absent where nobody is known, as for a wrong account name. */
  readonly person?: string;
  readonly kind: AccessKind;
  /** What exactly; no names and no secrets. */
  readonly detail: Readonly<Record<string, string>>;
  /** The network address. */
  readonly address?: string;
}

export interface AccessEntry extends Access {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** SHA-256 over the hash before it and the entry. */
  readonly hash: string;
}

/** A place in the chain. Whoever keeps one can prove later that nothing up to it was changed. */
export interface AccessSeal {
  readonly sequence: number;
  readonly hash: string;
}

export interface AccessFilter {
  readonly person?: string;
  readonly kind?: AccessKind;
  readonly address?: string;
  /** Inclusive. */
  readonly from?: Instant;
  /** Exclusive. */
  readonly until?: Instant;
}

export interface AccessPage {
  readonly entries: readonly AccessEntry[];
  /** To give as `before` for the entries that follow; absent at the end. */
  readonly next?: number;
}

/** `brokenAt` is the first entry that does not follow from the one before it. */
export type AccessProof =
  | { readonly holds: true; readonly entries: number; readonly end: AccessSeal }
  | { readonly holds: false; readonly brokenAt: number };

/** Who came, who did not get in, and who read what is to be noted: append-only and chained, apart from the event log. */
export interface AccessLog {
  append(access: Access): Promise<AccessSeal>;
  /** The latest first, those before a sequence number. */
  list(filter: AccessFilter, page: { readonly before?: number; readonly limit: number }): Promise<AccessPage>;
  /** When each person last signed in, by person. */
  lastSignIns(): Promise<ReadonlyMap<string, Instant>>;
  /** All that are kept, the oldest first, in batches of at most a thousand. */
  export(filter?: AccessFilter): AsyncIterable<readonly AccessEntry[]>;
  /** Recomputes the chain. With a seal, also checks that it is a place of it; a seal from before its start proves nothing. */
  verify(seal?: AccessSeal): Promise<AccessProof>;
  /** Removes the oldest entries, those before a moment. The hash of the last of them stays, so that the rest is proved. */
  removeBefore(moment: Instant): Promise<number>;
}

/** Before the first entry. */
export const chainStart: AccessSeal = { sequence: 0, hash: '0'.repeat(64) };

export const accessHash = (
  before: string,
  { at, person, kind, detail, address, sequence }: Omit<AccessEntry, 'hash'>,
) => sha256(canonicalJson({ before, sequence, at, person, kind, detail, address }));
