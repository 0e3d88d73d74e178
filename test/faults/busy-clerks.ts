import { setTimeout } from 'node:timers/promises';
import type { CommandAnswer } from '../../src/http/api-models.js';
import { lishui } from '../support/seeds.js';
import { fetchAsOperator } from '../support/operator.js';

interface Sent {
  readonly key: string;
  readonly path: string;
  readonly value: string;
}

export interface ExportedEvent {
  readonly id: string;
  readonly type: string;
  readonly position: string;
  readonly metadata: { readonly commandId: string };
}

const counties = ['331102', '331121', '331122', '331123', '331124', '331125', '331126', '331127'];
const headers = {
  'content-type': 'application/json',
};

/**
 * Clerks of eight counties who write concurrently over HTTP, each to figures of their own: a first report, then endless
 * corrections of it. The acknowledged commands are recorded, so that they can be compared with the server later.
 */
export class BusyClerks {
  private readonly acknowledged = new Map<string, { sent: Sent; answer: CommandAnswer }>();
  private sessions = 0;

  /** Each session writes figures of another year: `lastYear`, then the years before it. They must not exist yet. */
  constructor(private readonly lastYear = 2025) {}

  /** Number of commands acknowledged so far. */
  get count(): number {
    return this.acknowledged.size;
  }

  /**
   * Writes until `shouldContinue` returns false, or the server stops (503, or no answer). Another refusal is an error.
   */
  async write(url: string, shouldContinue: () => boolean): Promise<void> {
    const session = this.sessions++;
    await Promise.all(
      counties.map(async (county, clerk) => {
        for (let step = 0; shouldContinue(); step++) {
          const year = this.lastYear - session;
          const sent = {
            key: `clerk-${year}-${clerk}-${step}`,
            path: `04/${county}/${year}/${step === 0 ? 'measurement' : 'corrections'}`,
            value: String(10_000 + step),
          };
          let response: Response;
          let answer: CommandAnswer;
          try {
            response = await this.send(url, sent);
            if (response.status === 503) return;
            if (!response.ok) throw new Refused(`${response.status} ${await response.text()}`);
            answer = (await response.json()) as CommandAnswer;
          } catch (error) {
            if (error instanceof Refused) throw error;
            return;
          }
          this.acknowledged.set(sent.key, { sent, answer });
        }
      }),
    );
  }

  /** Expects every acknowledged command in the log exactly once, and its first result when it is repeated. */
  async expectKept(url: string): Promise<void> {
    const acknowledged = [...this.acknowledged.values()];
    for (let at = 0; at < acknowledged.length; at += 100) {
      await Promise.all(
        acknowledged.slice(at, at + 100).map(async ({ sent, answer }) => {
          expect(await (await this.send(url, sent)).json()).toEqual({ ...answer, repeated: true });
        }),
      );
    }
    const events = await exportedEvents(url);
    expect(events.map(({ position }) => Number(position))).toEqual(events.map((_, index) => index + 1));
    const ids = events.map(({ metadata }) => metadata.commandId).filter((id) => id.startsWith('clerk-'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...this.acknowledged.keys()]));
  }

  private send(url: string, { key, path, value }: Sent): Promise<Response> {
    return fetchAsOperator(`${url}/api/plans/${lishui}/figures/${path}`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': key },
      // `exception` is needed, because the year may be outside the plan.
      body: JSON.stringify({ value, [path.endsWith('measurement') ? 'exception' : 'reason']: `改为 ${value}` }),
    });
  }
}

class Refused extends Error {}

/**
 * Exports every event; asks again as long as the server answers that it is busy (exports have few turns). An idle
 * connection that the server ends may just be taken for the request, so none is kept.
 */
export async function exportedEvents(url: string): Promise<ExportedEvent[]> {
  for (;;) {
    const response = await fetchAsOperator(`${url}/api/events`, { headers: { connection: 'close' } });
    const text = await response.text();
    if (response.ok) {
      return text
        .trim()
        .split('\n')
        .map((line) => {
          const { metadata, ...event } = JSON.parse(line) as Omit<ExportedEvent, 'metadata'> & { metadata: string };
          return { ...event, metadata: JSON.parse(metadata) as ExportedEvent['metadata'] };
        });
    }
    const retryAfter = response.headers.get('retry-after');
    if (response.status !== 503 || retryAfter === null) throw new Error(`${response.status} ${text}`);
    await setTimeout(Number(retryAfter) * 1000);
  }
}
