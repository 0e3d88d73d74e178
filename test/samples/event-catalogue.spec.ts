import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventTypes } from '../../src/slices.js';
import { Catalogue, type UnreadableEvent } from '../../src/kernel/catalogue.js';
import type { EventType, RecordedEvent } from '../../src/kernel/event.js';
import { canonicalJson, sha256, type JsonObject } from '../../src/kernel/json.js';

const folder = join(process.cwd(), 'test', 'samples');
const golden = join(folder, 'event-catalogue.golden.json');
const catalogue = new Catalogue(eventTypes);

interface Released {
  readonly name: string;
  readonly version: number;
  /** SHA-256 over the canonical schema without its descriptions: what is stored, not what is said of it. */
  readonly schema: string;
}

const undescribed = (schema: unknown): unknown =>
  JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === 'description' && typeof value === 'string' ? undefined : value,
    ),
  );

const released = ({ name, version, schema }: EventType): Released => ({
  name,
  version,
  schema: sha256(canonicalJson(undescribed(schema))),
});

const howToChange = `
An event type differs from test/samples/event-catalogue.golden.json. Events once released are stored for ever:
  · a changed schema takes a new version, with an upcast from the version before, and a recorded event of the
    old version kept as test/samples/events/<Name>.v<version>.json;
  · a new event type just has to be written down; a released one is never taken away or renamed.
Then write the golden file anew, on purpose:
  UPDATE_EVENT_CATALOGUE=1 NODE_OPTIONS=--experimental-vm-modules npx jest --selectProjects unit -- test/samples`;

describe('the catalogue of events', () => {
  it('is what was released', () => {
    const now = eventTypes.map(released).sort((a, b) => (a.name < b.name ? -1 : 1));
    if (process.env['UPDATE_EVENT_CATALOGUE']) writeFileSync(golden, `${JSON.stringify(now, null, 2)}\n`);
    const before = JSON.parse(readFileSync(golden, 'utf8')) as Released[];
    const changed = [
      ...before.filter((old) => !now.some((type) => canonicalJson(type) === canonicalJson(old))),
      ...now.filter((type) => !before.some(({ name }) => name === type.name)),
    ].map(({ name }) => name);
    if (changed.length > 0) throw new Error(`${changed.join(', ')}\n${howToChange}`);
  });

  it.each(eventTypes.map((type) => [type.name, type] as const))('%s has an example that can be stored', (_, type) => {
    const [event] = readSample('IndicatorDefined.v1.json');
    const metadata = { ...event.metadata, schemaVersion: type.version };
    catalogue.assertStorable({ ...event, type: type.name, data: type.example as JsonObject, metadata });
    expect(type.label).toMatch(/^\p{Script=Han}+$/u);
  });

  it('names its types and labels once each', () => {
    expect(new Set(eventTypes.map(({ name }) => name)).size).toBe(eventTypes.length);
    expect(new Set(eventTypes.map(({ label }) => label)).size).toBe(eventTypes.length);
  });
});

describe('recorded events of older versions', () => {
  const samples = readdirSync(join(folder, 'events'));

  it('are kept for every version before the present one', () => {
    const needed = eventTypes.flatMap(({ name, version }) =>
      Array.from({ length: version - 1 }, (_, index) => `${name}.v${index + 1}.json`),
    );
    expect(samples).toEqual(expect.arrayContaining(needed));
  });

  it.each(samples)('%s is read in the present version, and stays as it is', (file) => {
    const [event, text] = readSample(file);
    const read = catalogue.read(event);
    const { version } = eventTypes.find(({ name }) => name === event.type)!;
    expect(read.metadata.schemaVersion).toBe(version);
    const { schemaVersion: _, ...metadata } = event.metadata;
    expect(read).toMatchObject({ ...event, metadata });
    expect(event).toEqual(JSON.parse(text));
  });

  it('IndicatorDefined 1 did not say its trajectory: there was only one', () => {
    const [event] = readSample('IndicatorDefined.v1.json');
    expect(event.data).not.toHaveProperty('trajectory');
    expect(catalogue.read(event).data).toEqual({ ...event.data, trajectory: 'milestones' });
  });

  it('EvaluationRulesSet 1 came before projects: it gets the engine’s own measure for them, and keeps all of its own', () => {
    const [event] = readSample('EvaluationRulesSet.v1.json');
    const { version, rules } = event.data as { version: number; rules: object };
    expect(rules).not.toHaveProperty('projects');
    expect(catalogue.read(event).data).toEqual({ version, rules: { ...rules, projects: { moneyAhead: '20' } } });
  });

  it.each([
    ['IndicatorDefined.v2.json', 'knew neither promises nor formulas'],
    ['IndicatorRedefined.v1.json', 'knew neither promises nor formulas'],
    ['IndicatorDefined.v3.json', 'could not say that a component is a whole number'],
    ['IndicatorRedefined.v2.json', 'could not say that a component is a whole number'],
    ['SnapshotTaken.v1.json', 'named the position of its cut-off alone'],
  ])('%s %s, and reads as it was written', (file) => {
    const [event] = readSample(file);
    expect(catalogue.read(event).data).toEqual(event.data);
  });

  it('that do not fit what the upcast promises stop the reader, at their position', () => {
    const [event] = readSample('IndicatorDefined.v1.json');
    const { name: _, ...nameless } = event.data;
    expect(() => catalogue.read({ ...event, data: nameless })).toThrow(
      expect.objectContaining<Partial<UnreadableEvent>>({ name: 'UnreadableEvent', position: '41' }),
    );
  });
});

function readSample(file: string): [RecordedEvent, string] {
  const text = readFileSync(join(folder, 'events', file), 'utf8');
  return [JSON.parse(text) as RecordedEvent, text];
}
