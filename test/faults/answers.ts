import { fetchAsOperator } from '../support/operator.js';
import { lishui } from '../support/seeds.js';

interface Page {
  readonly next?: string;
}

const plan = `/api/plans/${lishui}`;

/** Queries that accept `atPosition`. */
const timed = [
  ...['', '/indicators', '/projects', '/policies', '/tasks', '/promises', '/findings', '/evaluations', '/index'],
  ...['2022', '2025'].flatMap((period) => [
    `/overview?period=${period}`,
    `/overview?period=${period}&asOf=2023-06-30`,
    `/index?period=${period}`,
  ]),
  ...['02', '04', '06'].flatMap((code) => [
    `/indicators/${code}/history`,
    `/indicators/${code}/history?unit=331102`,
    `/indicators/${code}/trail`,
  ]),
  '/projects/P01/trail',
];

/** Queries with paged answers. */
const paged = [
  '/figures?limit=1000',
  ...['operator', 'demo-reporter-331102', 'demo-loader'].map((actor) => `/audit?limit=1000&actor=${actor}`),
  ...['recorded', 'known'].map((clock) => `/audit?limit=1000&day=2023-08-20&clock=${clock}`),
];

/** Queries about the current state only. */
const untimed = [
  '/index/change?from=2023-06-30',
  '/comparison?left=midterm-2022/1&right=now',
  '/comparison?left=midterm-2022/1&right=midterm-2022/2',
  '/submissions',
];

/**
 * The answers to all kinds of API queries, as text by query: for the current state, or as of a position of the log. In
 * the latter, `later` is removed, because it describes the current state.
 */
export async function answers(url: string, atPosition?: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const ask = async (path: string, method = 'GET'): Promise<string> => {
    const response = await fetchAsOperator(`${url}${path}`, { method });
    const text = await response.text();
    found.set(`${method} ${path}`, `${response.status} ${atPosition === undefined ? text : withoutLater(text)}`);
    return text;
  };
  const at = (path: string) =>
    atPosition === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}atPosition=${atPosition}`;

  for (const path of timed) await ask(at(`${plan}${path}`));
  for (const path of paged) {
    let cursor: string | undefined;
    do {
      const next = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      cursor = (JSON.parse(await ask(at(`${plan}${path}${next}`))) as Page).next;
    } while (cursor !== undefined);
  }
  const snapshot = `${plan}/evaluations/midterm-2022/snapshots/1`;
  await ask(snapshot);
  await ask(`${snapshot}/report.html`);
  await ask(`${snapshot}/verification`, 'POST');
  if (atPosition === undefined)
    for (const path of ['/api/plans', '/api/events', ...untimed.map((path) => `${plan}${path}`)]) await ask(path);
  return found;
}

const withoutLater = (text: string): string =>
  text.startsWith('{')
    ? JSON.stringify(JSON.parse(text, (name, value: unknown) => (name === 'later' ? undefined : value)))
    : text;
