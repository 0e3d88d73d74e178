import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandAnswer } from '../../src/http/api-models.js';
import { formatActor } from '../../src/access/actor.js';
import { startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';

const rounds = Number(process.env.ROUNDS ?? 3);
const seed = Number(process.env.SEED ?? 20261123);

/** Small, seeded, good enough to choose moments. */
function random(state: number): () => number {
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe(`kill -9 of the server under concurrent writers (SEED=${seed}, ROUNDS=${rounds})`, () => {
  it('loses no acknowledged command, doubles none, and has its views right after the restart', async () => {
    const data = mkdtempSync(join(tmpdir(), 'tongjian-kill-'));
    const chance = random(seed);
    const acknowledged = new Map<string, CommandAnswer>();
    const attempted: { key: string; path: string; value: string }[] = [];
    const actor = formatActor({ id: 'clerk', name: '张三', roles: [] });

    const send = async (url: string, { key, path, value }: (typeof attempted)[number]): Promise<CommandAnswer> => {
      const response = await fetch(`${url}/api/plans/${lishui}/figures/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'Tongjian-Actor': actor, 'Idempotency-Key': key },
        body: JSON.stringify(path.endsWith('measurement') ? { value } : { value, reason: `改为 ${value}` }),
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as CommandAnswer;
    };

    for (let round = 0; round < rounds; round++) {
      const { child, url } = await startProgram(data, '--no-demo');
      const gone = once(child, 'exit');
      let alive = true;
      void gone.then(() => (alive = false));
      const stopAfter = 40 + Math.floor(chance() * 160);
      let acknowledgedNow = 0;

      const writer = async (number: number) => {
        for (let step = 0; alive; step++) {
          // Each writer has figures of its own: a first report, then corrections of it.
          const unit = ['331102', '331121', '331122', '331123', '331124', '331125', '331126', '331127'][number]!;
          const figure = `04/${unit}/${2021 + round}`;
          const command = {
            key: `k-${round}-${number}-${step}`,
            path: `${figure}/${step === 0 ? 'measurement' : 'corrections'}`,
            value: String(10_000 + step),
          };
          attempted.push(command);
          try {
            acknowledged.set(command.key, await send(url, command));
          } catch {
            return;
          }
          if (++acknowledgedNow === stopAfter) child.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 8 }, (_, number) => writer(number)));
      await gone;
    }

    const { child, url } = await startProgram(data, '--no-demo');
    try {
      // The same commands again: what was acknowledged is answered with its first result, and nothing is done twice.
      for (const command of attempted) {
        const before = acknowledged.get(command.key);
        if (!before) continue;
        const again = await send(url, command);
        expect(again).toEqual({ ...before, repeated: true });
      }
      const events = (await (await fetch(`${url}/api/events`)).text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: string; sequence: string; metadata: { commandId: string } });
      expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, index) => index + 1));
      const ids = events.map(({ metadata }) => metadata.commandId).filter((id) => id.startsWith('k-'));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining([...acknowledged.keys()]));
      expect(acknowledged.size).toBeGreaterThanOrEqual(40 * rounds);

      const overview = async () => (await fetch(`${url}/api/plans/${lishui}/overview?period=2021`)).text();
      const asProjected = await overview();
      expect((await tongjian(data, 'rebuild')).code).toBe(0);
      expect(await overview()).toBe(asProjected);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    const doctor = await tongjian(data, 'doctor');
    expect(doctor.out).toContain('哈希链完整');
    rmSync(data, { recursive: true, force: true });
  }, 300_000);
});
