import type { Command, OptionValues } from 'commander';
import { BackupRefused } from '../operations/backup-manifest.js';
import { BackupDamaged } from '../operations/backup.js';
import { ConfigError } from '../config.js';
import { FolderInUse } from '../operations/data-folder.js';
import { DomainError } from '../kernel/errors.js';
import { EventLogDamaged, type EventPlace } from '../kernel/event-log.js';
import { CopyRefused } from '../kernel/log-copy.js';
import { DatabaseUnusable, type Unusable } from '../sqlite/open-database.js';
import { ViewsOfAnotherLog } from '../kernel/versioned-store.js';
import type { PlanSummary } from '../plans/plans.controller.js';
import { ApiProblem, Connection, ServerAway } from './connection.js';
import { oneLine, problemText } from './problem-lines.js';

/** Exit codes of the process. */
export const ExitCode = {
  /** The request was refused, or its input is invalid; nothing was changed. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A verification failed: a snapshot cannot be reproduced, or a log or backup is damaged. */
  notProven: 3,
  /** The server or the data folder is not available now. */
  unavailable: 4,
  /** An unexpected error (EX_SOFTWARE of sysexits.h). */
  internal: 70,
} as const;

/** What a command's action works with. */
export interface Session {
  readonly api: Connection;
  readonly json: boolean;
  /** Prints the answer: as JSON with `--json`, otherwise as text. */
  print(answer: unknown, text: () => string): void;
  /**
   * The given plan, by default the only one, or the only one that is not 示例 as a whole.
   * @throws {UsageError} no plan is given, and there is not exactly one
   */
  planOf(named: string | undefined): Promise<string>;
  /** Sets the exit code. */
  end(code: number): void;
}

export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
}

type Action<Options> = (session: Session, options: Options, ...operands: string[]) => Promise<void>;

/** Opens a connection to the engine and runs the action. An error becomes a one-line message and an exit code. */
export function withConnection<Options extends OptionValues>(action: Action<Options>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = given.at(-2) as Options;
    const operands = given.slice(0, -2) as string[];
    const globals = command.optsWithGlobals<GlobalOptions>();
    await guarded(globals.json ?? false, async () => {
      const api = await Connection.open(globals.data);
      try {
        await action(sessionOf(api, globals.json ?? false), options, ...operands);
      } finally {
        await api.close();
      }
    });
  };
}

/** Runs `work`, and reports an error as a one-line message and an exit code. */
export async function guarded(json: boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = report(error, json);
  }
}

function sessionOf(api: Connection, json: boolean): Session {
  return {
    api,
    json,
    print: (answer, text) => console.log(json ? JSON.stringify(answer, null, 2) : text()),
    async planOf(named) {
      if (named !== undefined) return named;
      const plans = await api.get<PlanSummary[]>('plans');
      const real = plans.filter(({ demo }) => !demo);
      const [only, ...others] = real.length > 0 ? real : plans;
      if (only && others.length === 0) return only.plan;
      throw new UsageError(
        plans.length === 0
          ? '还没有规划：请先 tongjian load <文件夹>'
          : `有 ${plans.length} 个规划，请用 --plan 指定：${plans.map(({ plan }) => plan).join('、')}`,
      );
    },
    end: (code) => {
      process.exitCode = code;
    },
  };
}

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const exitCodes: readonly [types: readonly (abstract new (...parts: never[]) => Error)[], code: number][] = [
  [[UsageError, ConfigError], ExitCode.usage],
  [[BackupRefused], ExitCode.refused],
  [[BackupDamaged], ExitCode.notProven],
  [[ServerAway, FolderInUse], ExitCode.unavailable],
];

const remedies: Readonly<Record<Unusable, string>> = {
  damaged: '数据文件已损坏：请保留现场，由完好的备份恢复',
  foreign: '数据文件夹中有别的程序的文件：请移走，或另选数据文件夹',
  version: '数据文件由另一版本的程序写成：请换用该版本',
  inaccessible: '数据文件不能读写：请检查权限、磁盘空间与可打开文件数',
};

function report(error: unknown, json: boolean): number {
  if (error instanceof ApiProblem) {
    const { problem } = error;
    console.error(json ? JSON.stringify(problem) : problemText(problem));
    return problem.status >= 500 ? ExitCode.unavailable : ExitCode.refused;
  }
  // Found here already: before anything was sent, or in an answer.
  if (error instanceof DomainError) {
    const { code, message, problems } = error;
    const type = `urn:tongjian:problem:${code}`;
    if (json) console.error(JSON.stringify({ type, title: '请求有误', status: 400, detail: message, code, problems }));
    else console.error(problemText({ code, detail: message, problems: [...problems] }));
    return ExitCode.refused;
  }
  if (error instanceof DatabaseUnusable) {
    console.error(`错误：${remedies[error.reason]}（${error.message}）`);
    return error.reason === 'damaged' ? ExitCode.notProven : ExitCode.unavailable;
  }
  if (error instanceof EventLogDamaged) {
    console.error(`错误：日志已损坏：请保留现场，用 tongjian verify-log 核查，并由完好的备份恢复（${error.message}）`);
    return ExitCode.notProven;
  }
  if (error instanceof CopyRefused) {
    console.error(`错误：${copyRefusal(error)}`);
    return ExitCode.refused;
  }
  if (error instanceof ViewsOfAnotherLog) {
    console.error(
      '错误：视图由另一份日志建成，位置对不上：请删去旧的视图，或以 TONGJIAN_VIEWS 另设一处；启动时由日志重建',
    );
    return ExitCode.usage;
  }
  const code = exitCodes.find(([types]) => types.some((type) => error instanceof type))?.[1] ?? ExitCode.internal;
  console.error(oneLine(`错误：${error instanceof Error ? error.message : String(error)}`));
  if (code === ExitCode.internal && error instanceof Error && process.env.TONGJIAN_DEBUG) console.error(error.stack);
  return code;
}

function copyRefusal({ found, expected, aspects }: CopyRefused): string {
  const place = ({ stream, revision, position }: EventPlace) =>
    `${stream} 第 ${revision} 版（系统记录序号 ${position}）`;
  const difference = expected ? `源日志此处是 ${place(expected)}，不同处：${aspects.join('、')}` : '源日志到此为止';
  return `目标日志已有别的内容，没有写入：自 ${place(found)} 起与源日志不同，${difference}。请另指一个空的目标`;
}
