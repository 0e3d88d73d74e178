import type { CommandAnswer } from '../../src/http/api-models.js';
import { formatActor } from '../../src/access/actor.js';
import { lishui } from '../support/seeds.js';

interface Sent {
  readonly key: string;
  readonly path: string;
  readonly value: string;
}

export interface ExportedEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: string;
  readonly metadata: { readonly commandId: string };
}

const counties = ['331102', '331121', '331122', '331123', '331124', '331125', '331126', '331127'];
const headers = {
  'content-type': 'application/json',
  'Tongjian-Actor': formatActor({ id: 'clerk', name: '张三', roles: [] }),
};

/**
 * Clerks of eight counties who write over HTTP at the same time, each to figures of their own: a first report, then
 * corrections of it without end. What they were told is remembered, and can be held against the server later.
 */
export class BusyClerks {
  private readonly acknowledged = new Map<string, { sent: Sent; answer: CommandAnswer }>();
  private sessions = 0;

  /** Each session writes figures of a year of its own, this one and those before it; they must not be there yet. */
  constructor(private readonly lastYear = 2025) {}

  /** How many commands were acknowledged so far. */
  get count(): number {
    return this.acknowledged.size;
  }

  /** Writes until `goOn` says no, or the server ends or is gone; any other refusal is an error. */
  async write(url: string, goOn: () => boolean): Promise<void> {
    const session = this.sessions++;
    await Promise.all(
      counties.map(async (county, clerk) => {
        for (let step = 0; goOn(); step++) {
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

  /** Every acknowledged command is in the log exactly once, and is answered with its first result when it is repeated. */
  async expectKept(url: string): Promise<void> {
    const told = [...this.acknowledged.values()];
    for (let at = 0; at < told.length; at += 100) {
      await Promise.all(
        told.slice(at, at + 100).map(async ({ sent, answer }) => {
          expect(await (await this.send(url, sent)).json()).toEqual({ ...answer, repeated: true });
        }),
      );
    }
    const events = await exportedEvents(url);
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, index) => index + 1));
    const ids = events.map(({ metadata }) => metadata.commandId).filter((id) => id.startsWith('clerk-'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...this.acknowledged.keys()]));
  }

  private send(url: string, { key, path, value }: Sent): Promise<Response> {
    return fetch(`${url}/api/plans/${lishui}/figures/${path}`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': key },
      // An exception, because it may be a year outside the plan's.
      body: JSON.stringify({ value, [path.endsWith('measurement') ? 'exception' : 'reason']: `改为 ${value}` }),
    });
  }
}

class Refused extends Error {}

export async function exportedEvents(url: string): Promise<ExportedEvent[]> {
  const text = await (await fetch(`${url}/api/events`)).text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExportedEvent);
}
