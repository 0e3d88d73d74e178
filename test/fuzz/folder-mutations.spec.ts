import type { Engine } from '../../src/engine.js';
import type { EventLog } from '../../src/kernel/event-log.js';
import { DomainError, type Problem } from '../../src/kernel/errors.js';
import { canonicalJson } from '../../src/kernel/json.js';
import { flawIn } from '../../src/kernel/text.js';
import { Chance } from '../support/chance.js';
import { memoryEngine } from '../support/engine.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { mutated, type Files, type Mutation } from './mutations.js';

const seed = Number(process.env.SEED ?? 20261130);
const runs = Number(process.env.RUNS ?? 40);

/** Messages for one mistake. */
const atMost = 50;
/** Lines by which the place of a message may be off in YAML: the item that misses a key names itself. */
const nearby = 60;

/** The plan as it comes along; then what a county sends: a part of the demonstration data, on top of it. */
const plan = textsOf(seedFiles(lishui));
const figures = partOfDemo(textsOf(seedFiles(`${lishui}-demo`)));

function textsOf({ 'README.md': _, ...files }: Record<string, string>): Record<string, string> {
  return files;
}

/** So much of it that a run takes a second. */
function partOfDemo(demo: Record<string, string>): Record<string, string> {
  const only = (file: string, form: RegExp) =>
    demo[file]!.split('\n')
      .filter((line, at) => at === 0 || line === '' || form.test(line))
      .join('\n');
  return {
    ...demo,
    'history.csv': only('history.csv', /,(02|03),\d{6},202[0-3],/),
    'targets.csv': only('targets.csv', /^03,/),
    'progress.csv': only('progress.csv', /,(P01|P10|P17|P58|P58-\d|R0\d|D0\d|I0\d),/),
  };
}

interface Outcome {
  readonly problems: readonly Problem[];
  readonly warned: boolean;
  readonly content?: ReadonlyMap<string, number>;
}

/** Events without who sent them and when: what the plan says. */
async function contentOf(log: EventLog): Promise<Map<string, number>> {
  const content = new Map<string, number>();
  for (const { stream, type, data } of await log.readAll({ limit: 10_000 })) {
    if (stream.startsWith('submission-')) continue;
    const said = canonicalJson([stream, type, data]);
    content.set(said, (content.get(said) ?? 0) + 1);
  }
  return content;
}

async function loadedInto(engine: Engine, files: Files): Promise<Outcome> {
  try {
    await engine.submissions.submit(files);
    return { problems: [], warned: false, content: await contentOf(engine.log) };
  } catch (error) {
    // Anything else is a defect, with the mutation that shows it.
    if (!(error instanceof DomainError)) throw error;
    return { problems: error.problems, warned: error.code === 'submission.warnings' };
  }
}

/** What a message says of places and things. */
const placesOf = ({ file, row, places = [] }: Problem) => [{ file, row }, ...places];

/** Whether a message leads to the mistake: to its line, or to what no longer fits it. */
function leadsTo(problem: Problem, { file, row, words }: Mutation): boolean {
  const near = placesOf(problem).some(
    (place) =>
      place.file === file &&
      (row === undefined ||
        place.row === undefined ||
        Math.abs(place.row - row) <= (file.endsWith('.yaml') ? nearby : 0)),
  );
  const named = words.some(
    (word) => word !== '' && `${problem.message} ${problem.id ?? ''} ${problem.file ?? ''}`.includes(word),
  );
  return near || named;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** What is wrong with an outcome; nothing where it is as it should be. */
function complaint(mutation: Mutation, outcome: Outcome, original: ReadonlyMap<string, number>): string | undefined {
  const { problems, content } = outcome;
  if (problems.length > atMost) return `${problems.length} messages, the first: ${problems[0]!.message}`;
  if (content === undefined) {
    if (problems.some((problem) => leadsTo(problem, mutation))) return undefined;
    return `no message leads to it: ${problems
      .slice(0, 3)
      .map((problem) => JSON.stringify(problem))
      .join(' ')}`;
  }
  const damaged = [...content.keys()].find((said) => textsIn(JSON.parse(said)).some(flawIn));
  if (damaged !== undefined) return `a damaged character was stored: ${damaged.slice(0, 200)}`;
  if (!mutation.sameText) return undefined;
  const changed =
    [...content.keys()].filter((said) => !original.has(said)).length +
    [...original.keys()].filter((said) => !content.has(said)).length;
  return changed === 0 ? undefined : `the same text in another encoding was read otherwise: ${changed} events differ`;
}

describe.each<[string, Record<string, string>, Files[]]>([
  ['the plan of 丽水', plan, []],
  ['a supplement with figures, projects and targets', figures, [plan]],
])('one mistake in %s', (_, folder, before) => {
  const fresh = async () => {
    const engine = memoryEngine();
    for (const files of before) await engine.submissions.submit(files);
    return engine;
  };
  let original: ReadonlyMap<string, number>;
  beforeAll(async () => {
    const engine = await fresh();
    await engine.submissions.submit(folder);
    original = await contentOf(engine.log);
  });

  it(`ends in the same content, one change, or messages that lead to it (SEED=${seed} RUNS=${runs})`, async () => {
    const complaints: string[] = [];
    const outcomes = { refused: 0, warned: 0, taken: 0 };
    let engine = await fresh();
    for (let run = 0; run < runs; run++) {
      const mutation = mutated(folder, new Chance(seed + run));
      const outcome = await loadedInto(engine, mutation.files).catch((error: unknown) => {
        complaints.push(`SEED=${seed + run} ${mutation.what}: internal error: ${String(error)}`);
        return undefined;
      });
      // What was taken stays: the next one needs a plan without it.
      if (!outcome || outcome.content) engine = await fresh();
      if (!outcome) continue;
      outcomes[outcome.content ? 'taken' : outcome.warned ? 'warned' : 'refused']++;
      const wrong = complaint(mutation, outcome, original);
      if (wrong !== undefined) complaints.push(`SEED=${seed + run} ${mutation.what}: ${wrong}`);
    }
    expect(complaints).toEqual([]);
    // A run that is too short shows nothing.
    if (runs >= 40) for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(0);
  }, 600_000);
});
