import { SingleBar } from 'cli-progress';
import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from './config.js';
import { DataFolder } from './data-folder.js';
import { openEmbedded, type Engine } from './engine.js';
import { problemOf } from './http/problem.filter.js';
import { UnreadableEvent } from './kernel/catalogue.js';
import { StoreDamaged } from './kernel/versioned-store.js';
import { createServer } from './server.js';
import { readFolder } from './read-folder.js';

export interface Running {
  readonly url: string;
  readonly engine: Engine;
  stop(): Promise<void>;
}

const seeds = fileURLToPath(new URL('../seeds', import.meta.url));

/** Owns the data folder, brings the views up, and serves on loopback. Says nothing; see `startServer`. */
export async function run(config: Config, report: Reporter = silent): Promise<Running> {
  const folder = DataFolder.own(config.data);
  try {
    const engine = await startEngine(config.data, report);
    try {
      await engine.submissions.finishInterrupted();
      const server = await createServer(engine);
      const url = await server.listen(config.port);
      folder.announce({ pid: process.pid, url });
      return {
        url,
        engine,
        async stop() {
          await server.close();
          await engine.close();
          folder.release();
        },
      };
    } catch (error) {
      await engine.close();
      throw error;
    }
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** Views that are found damaged while they are brought up to the log are made anew at once. */
async function startEngine(data: string, report: Reporter): Promise<Engine> {
  for (let mayHeal = true; ; mayHeal = false) {
    const engine = openEmbedded(data);
    try {
      await engine.start(({ events, projection }) => report.step(`建立视图 ${projection}`, events));
      return engine;
    } catch (error) {
      await engine.close();
      if (!(mayHeal && error instanceof StoreDamaged)) throw error;
    }
  }
}

interface Reporter {
  step(name: string, done: number, total?: number): void;
}
const silent: Reporter = { step: () => undefined };

/** The main job: data folder, plans of `seeds/` loaded, page served; ends on SIGINT or SIGTERM. */
export async function startServer(flags: Partial<Config>): Promise<void> {
  const config = readConfig(process.env, flags);
  console.log(`通鉴 Tongjian\n数据文件夹 ${config.data}`);
  const stopping = endOnSignal();
  const running = await run(config);
  stopping.running = running;
  try {
    for (const name of readdirSync(seeds).sort()) {
      if (name.endsWith('-demo') && !config.demo) continue;
      try {
        await loadSeed(running.engine, name);
      } catch (error) {
        if (!(error instanceof UnreadableEvent)) throw error;
        console.error(`没有装载 ${name}：${problemOf(error).detail}`);
      }
    }
    await running.engine.caughtUp();
  } catch (error) {
    // Loading was cut off on purpose; the next start goes on with it.
    if (stopping.begun) return;
    throw error;
  }
  console.log(`\n已就绪：${running.url}\n接口文档：${running.url}/api/docs\n按 Ctrl+C 停止`);
}

/** The first signal ends the server in order, within ten seconds; before it runs, and a second time, at once. */
function endOnSignal(): { running?: Running; begun: boolean } {
  const state: { running?: Running; begun: boolean } = { begun: false };
  const end = (signal: 'SIGINT' | 'SIGTERM') => {
    const { running } = state;
    // As a shell says of a process that a signal ended. What was acknowledged is on the disk in any case.
    if (!running || state.begun) process.exit(128 + constants.signals[signal]);
    state.begun = true;
    console.log('正在停止：答复已收到的请求（再按一次立即停止）');
    setTimeout(() => process.exit(0), 9_500).unref();
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  return state;
}

async function loadSeed(engine: Engine, name: string): Promise<void> {
  const bar = new SingleBar({ format: '{step} [{bar}] {value}/{total}', hideCursor: true, barsize: 30 });
  let step: string | undefined;
  const result = await engine.submissions.submit(readFolder(join(seeds, name)), (now, done, total) => {
    if (step !== now) {
      if (step !== undefined) bar.stop();
      bar.start(total, done, { step: now });
      step = now;
    }
    bar.update(done);
  });
  if (step !== undefined) bar.stop();
  const { title, events } = result;
  console.log(events > 0 ? `已装载：${title}（${events} 个事件）` : `已在库中，没有新增：${title}`);
}
