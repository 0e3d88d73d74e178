import { SingleBar } from 'cli-progress';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  assertFitToListen,
  isShareable,
  ownedFolders,
  readConfig,
  redacted,
  type Config,
  type Flags,
} from './config.js';
import { retainAccessLog } from './credentials/access-log-retention.js';
import { openCredentials } from './credentials/open-credentials.js';
import { SecretKey } from './credentials/secret-key.js';
import { DataFolder } from './operations/data-folder.js';
import { openEngine, type Engine } from './engine.js';
import { Metrics } from './http/metrics.js';
import { problemOf } from './http/problem.filter.js';
import { UnreadableEvent } from './kernel/catalogue.js';
import { DomainError } from './kernel/errors.js';
import { EventLogUnavailable, WrongExpectedRevision } from './kernel/event-log.js';
import { systemClock, toInstant, toMilliseconds } from './kernel/time.js';
import { StoreDamaged, StoreUnavailable } from './kernel/versioned-store.js';
import { Loading } from './operations/loading.js';
import { packageFile } from './operations/package-file.js';
import { ProcessEnd } from './operations/process-end.js';
import { Demonstration, endDemonstration, makeDemonstration } from './people/demonstration.js';
import { firstAdministrators } from './people/first-administrators.js';
import { Identity } from './people/identity.js';
import type { Rights } from './people/rights.js';
import { planProjection } from './plans/plan.projection.js';
import { createServer } from './server.js';
import { readFolder } from './submissions/read-folder.js';
import { scannerOf } from './evidence/scanner.js';
import { FeedJob } from './feeds/feed-job.js';
import { FeedRunner } from './feeds/feed-runner.js';
import { FeedFetching } from './feeds/fetch-source.js';
import { Reminders } from './webhooks/reminders.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { textOf } from './submissions/folder-text.js';
import { planOf, titleOf } from './submissions/read-plan-folder.js';

export interface Running {
  readonly url: string;
  /** What the operator of this machine shows, see `DataFolder`. */
  readonly operatorKey: string;
  readonly engine: Engine;
  /** How people are let in; a projector lets in nobody. */
  readonly identity: Identity<Rights> | undefined;
  stop(): Promise<void>;
}

const seeds = packageFile('seeds');

/** The longest timeout that Node accepts, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * Owns the folders with embedded files, brings the views up where that is its role, and serves. A log or a store on
 * another machine is waited for. Says nothing, unless asked to report; see `startServer`.
 */
export async function run(
  config: Config,
  report: Reporter = silent,
  loading = new Loading(),
  demonstration = new Demonstration(),
): Promise<Running> {
  const folders = DataFolder.ownAll(ownedFolders(config));
  try {
    const metrics = new Metrics();
    const engine = await startEngine(config, report, metrics);
    let stopFinishing = () => {};
    let stopReminding = () => Promise.resolve();
    let stopFeeding = () => Promise.resolve();
    try {
      stopFinishing = await finishSubmissions(engine, config);
      const operatorKey = config.operatorKey ?? randomBytes(32).toString('base64url');
      const { role, names } = config;
      const identity = openIdentity(engine, config);
      const { openId, scanProgram } = config;
      const webhookSender = openWebhookSender(engine, config);
      stopReminding = remind(engine, webhookSender, config);
      const feedRunner = new FeedRunner(engine, new FeedFetching(config.feeds), scannerOf(scanProgram));
      stopFeeding = feed(engine, feedRunner, config);
      const stopRetaining = await retain(config.accessLogDays, identity);
      const entry = { operatorKey, identity, openId, scanProgram, webhookSender, feedRunner, demonstration };
      const server = await createServer(engine, { role, metrics, loading, hostNames: names, ...entry });
      // Before it listens: accounts without passwords are for this machine only.
      if (identity && !config.demo) await endDemonstration(engine.views, server);
      const url = await server.listen(config.port, config.host);
      for (const folder of folders) folder.announce({ pid: process.pid, url, operatorKey });
      return {
        url,
        operatorKey,
        engine,
        identity,
        async stop() {
          stopFinishing();
          stopRetaining();
          await stopReminding();
          await stopFeeding();
          await server.close();
          await identity?.credentials.close();
          await engine.close();
          for (const folder of folders) folder.release();
        },
      };
    } catch (error) {
      stopFinishing();
      await stopReminding();
      await stopFeeding();
      await engine.close();
      throw error;
    }
  } catch (error) {
    for (const folder of folders) folder.release();
    throw error;
  }
}

/** The credential store, where people sign in at this process; with views in Redis, sessions are there too. */
function openIdentity(
  engine: Engine,
  { role, data, views, isBehindTls, secretKey, sessionEnds }: Config,
): Identity<Rights> | undefined {
  if (role === 'projector') return undefined;
  mkdirSync(data, { recursive: true });
  const credentials = openCredentials(data, views.kind === 'redis' ? views.url : undefined);
  return new Identity(
    credentials,
    SecretKey.of(data, secretKey),
    engine.rights,
    engine.clock,
    isBehindTls,
    sessionEnds,
  );
}

/** Processes that send for the same webhooks need the same key. */
function openWebhookSender({ clock }: Engine, { data, secretKey, webhookHosts }: Config): WebhookSender {
  mkdirSync(data, { recursive: true });
  return new WebhookSender(SecretKey.of(data, secretKey), clock, webhookHosts);
}

/** Sends the reminders of webhooks until the returned function is called; a process that only serves sends none. */
function remind({ views, handling, projector, log }: Engine, sender: WebhookSender, { role }: Config) {
  if (role === 'web') return () => Promise.resolve();
  const reminders = new Reminders({ views, handling, projector, log, sender });
  reminders.start((error) => console.error(`提醒暂不能推送：${String(error)}`));
  return () => reminders.stop();
}

/** Fetches the feeds that are due until the returned function is called; a process that only serves fetches none. */
function feed({ views, clock }: Engine, runner: FeedRunner, { role }: Config) {
  if (role === 'web') return () => Promise.resolve();
  const job = new FeedJob({ views, clock, runner });
  job.start((error) => console.error(`数据源暂不能获取：${String(error)}`));
  return () => job.stop();
}

/** Sees to the end of what the access log keeps, where a setting names one. */
async function retain(days: number | undefined, identity: Identity<Rights> | undefined): Promise<() => void> {
  if (days === undefined || !identity) return () => {};
  const { credentials, clock } = identity;
  return retainAccessLog(credentials.accessLog, days, clock, (error) =>
    console.error(`访问日志的旧记录暂不能清理：${String(error)}`),
  );
}

/** Views that are found damaged while they are brought up to the log are made anew at once. */
function startEngine(config: Config, report: Reporter, metrics: Metrics): Promise<Engine> {
  let mayHeal = true;
  const open = async (): Promise<Engine> => {
    const engine = openEngine(config, systemClock, { onAppend: metrics.observeAppend, onRepeat: metrics.countRepeat });
    try {
      await engine.start(({ events, projection }) => report.step(`建立视图 ${projection}`, events));
      return engine;
    } catch (error) {
      await engine.close();
      if (!(mayHeal && error instanceof StoreDamaged)) throw error;
      mayHeal = false;
      return open();
    }
  };
  return patiently(config, report, open);
}

/** Milliseconds between two tries while a server is away: doubled each time, within these. */
const pauses = { first: 500, longest: 10_000 };

/** Tries again for as long as a server of the log or of the views is away; embedded files are there or are not. */
async function patiently<T>({ log, views }: Config, report: Reporter, work: () => Promise<T>): Promise<T> {
  const isRemote = log.kind !== 'sqlite' || views.kind !== 'sqlite';
  for (let pause = pauses.first; ; pause = Math.min(2 * pause, pauses.longest)) {
    try {
      return await work();
    } catch (error) {
      const passes =
        error instanceof EventLogUnavailable ||
        error instanceof StoreUnavailable ||
        error instanceof WrongExpectedRevision;
      if (!isRemote || !passes) throw error;
      report.waiting(error.message);
      await delay(pause);
    }
  }
}

/** Milliseconds after which a submission that was received and not applied is taken for one whose process died. */
const abandoned = 5 * 60_000;

/**
 * Finishes submissions that a crash interrupted. Alone, these are all that are open at the start; beside other
 * processes, those that have been open for so long that no process works on them. They are looked for every minute,
 * until the returned function is called.
 */
async function finishSubmissions(engine: Engine, config: Config): Promise<() => void> {
  if (!isShareable(config)) {
    await engine.finishInterrupted();
    return () => {};
  }
  if (config.role === 'web') return () => {};
  let isStopped = false;
  const timer = setInterval(() => {
    const before = toInstant(toMilliseconds(engine.clock.now()) - abandoned);
    engine.finishInterrupted(before).catch((error: unknown) => {
      // Stopping closes the log under a run in progress. The next start finishes it.
      if (isStopped) return;
      console.error(`未完成的提交暂不能继续：${error instanceof Error ? error.message : String(error)}`);
    });
  }, 60_000).unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}

interface Reporter {
  step(name: string, done: number, total?: number): void;
  /** A server that it needs is away. */
  waiting(why: string): void;
}
const silent: Reporter = { step: () => undefined, waiting: () => undefined };
const spoken: Reporter = { ...silent, waiting: (why) => console.error(`等待日志与视图：${why}`) };

/** The main job: engine up, plans of `seeds/` loaded, page served; ends as `ProcessEnd` says. */
export async function startServer(flags: Flags): Promise<void> {
  const config = readConfig(process.env, flags);
  assertFitToListen(config);
  console.log(`通鉴 Tongjian\n${placesOf(config)}`);
  const end = new ProcessEnd();
  const loading = new Loading();
  const names = seedsFor(config);
  // Set before the server listens, so that it never answers ready before the plans are loaded.
  if (names.length > 0) loading.reach({ title: '随附规划', step: '准备', done: 0, total: 0 });
  const demonstration = new Demonstration();
  const running = await run(config, spoken, loading, demonstration);
  end.of(running);
  try {
    if (config.role !== 'web') await loadSeeds(running.engine, names, config, loading);
    await letIn(running, config, demonstration);
  } catch (error) {
    // Loading was cut off on purpose; the next start goes on with it.
    if (end.hasBegun) return;
    throw error;
  } finally {
    loading.finish();
  }
  const served =
    config.role === 'projector'
      ? `${running.url}/api/health/ready`
      : `${running.url}\n接口文档：${running.url}/api/docs`;
  console.log(`\n已就绪：${served}\n按 Ctrl+C 停止`);
}

/** Sees to it that somebody can sign in: by the accounts of the demonstration, or as the first administrators. */
async function letIn({ engine, identity, url }: Running, { demo, role }: Config, demonstration: Demonstration) {
  if (!identity) return;
  const inviting = { gateway: engine.gateway, identity };
  const [plan, ...others] = (await engine.views.list(planProjection, '')).map(({ body }) => body);
  if (demo && role === 'all' && plan) {
    demonstration.accounts = await makeDemonstration([plan, ...others], engine.views, inviting);
    console.log(`示例账号：打开网页后，每种角色可一键登录（仅限本机）；正式使用请加 --no-demo`);
    return;
  }
  const links = await firstAdministrators(engine.views, inviting);
  if (links.length > 0)
    console.log('还没有人员。请首任管理员打开各自的一次性链接设立账号（7 日内有效，只显示这一次）：');
  for (const { label, secret } of links) console.log(`  ${label}：${url}/#/invitation/${secret}`);
}

function placesOf({ data, log, views, role }: Config): string {
  const place = (address: Config['log'] | Config['views']) =>
    address.kind === 'sqlite' ? address.path : redacted(address.url);
  const isPlain = log.kind === 'sqlite' && views.kind === 'sqlite';
  const elsewhere = isPlain ? '' : `\n日志 ${place(log)}\n视图 ${place(views)}`;
  return `数据文件夹 ${data}${elsewhere}${role === 'all' ? '' : `\n角色 ${role}`}`;
}

/** The folders of `seeds/` to load. A `web` process loads none: the processes that update the views do. */
function seedsFor({ role, demo }: Config): string[] {
  if (role === 'web') return [];
  return readdirSync(seeds)
    .filter((name) => demo || !name.endsWith('-demo'))
    .sort();
}

async function loadSeeds(engine: Engine, names: readonly string[], config: Config, loading: Loading): Promise<void> {
  for (const name of names) await patiently(config, spoken, () => loadSeed(engine, name, loading));
  if (loading.current) loading.reach({ ...loading.current, step: '建立视图', done: 0, total: 0 });
  await patiently(config, spoken, () => engine.caughtUp(longest));
}

async function isLoaded({ views }: Engine, files: ReturnType<typeof readFolder>): Promise<boolean> {
  const plan = planOf(textOf(files).files);
  return plan !== undefined && (await views.get(planProjection, plan)) !== undefined;
}

async function loadSeed(engine: Engine, name: string, loading: Loading): Promise<void> {
  const files = readFolder(join(seeds, name), (inner) => console.log(`没有读取子文件夹：${name}/${inner}`));
  const title = titleOf(textOf(files).files) ?? name;
  loading.reach({ title, step: '准备', done: 0, total: 0 });
  const bar = new SingleBar({ format: '{step} [{bar}] {value}/{total}', hideCursor: true, barsize: 30 });
  let step: string | undefined;
  try {
    const { events } = await engine.submissions.submit(files, (now, done, total) => {
      loading.reach({ title, step: now, done, total });
      if (step !== now) {
        if (step !== undefined) bar.stop();
        bar.start(total, done, { step: now });
        step = now;
      }
      bar.update(done);
    });
    console.log(events > 0 ? `已装载：${title}（${events} 个事件）` : `已在库中，没有新增：${title}`);
  } catch (error) {
    // A plan that people changed since, or loaded in another version, stays as it is.
    const stands = error instanceof DomainError && (await isLoaded(engine, files));
    if (!stands && !(error instanceof UnreadableEvent)) throw error;
    const wayOut = stands ? `；库中的规划照旧使用，tongjian diff seeds/${name} 列出差异` : '';
    console.error(`没有装载 ${name}：${problemOf(error).detail}${wayOut}`);
  } finally {
    if (step !== undefined) bar.stop();
  }
}
