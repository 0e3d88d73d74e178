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
  /** SHA-256 over the canonical JSON of the schema without descriptions, which do not affect the stored format. */
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
An event type differs from test/samples/event-catalogue.golden.json. Released events stay in the log for ever:
  · a changed schema needs a new version with an upcast from the previous version, and a recorded event of the
    previous version in test/samples/events/<Name>.v<version>.json;
  · a new event type only has to be added to the golden file; a released one must not be removed or renamed.
Then update the golden file:
  UPDATE_EVENT_CATALOGUE=1 NODE_OPTIONS=--experimental-vm-modules npx jest --selectProjects unit -- test/samples`;

describe('the event catalogue', () => {
  it('matches the golden file', () => {
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

  it('has unique names and labels', () => {
    expect(new Set(eventTypes.map(({ name }) => name)).size).toBe(eventTypes.length);
    expect(new Set(eventTypes.map(({ label }) => label)).size).toBe(eventTypes.length);
  });
});

describe('recorded events of older versions', () => {
  const samples = readdirSync(join(folder, 'events'));

  it('exist for every version before the current one', () => {
    const needed = eventTypes.flatMap(({ name, version }) =>
      Array.from({ length: version - 1 }, (_, index) => `${name}.v${index + 1}.json`),
    );
    expect(samples).toEqual(expect.arrayContaining(needed));
  });

  it.each(samples)('%s is upcast to the current version, and is not changed', (file) => {
    const [event, text] = readSample(file);
    const read = catalogue.read(event);
    const { version } = eventTypes.find(({ name }) => name === event.type)!;
    expect(read.metadata.schemaVersion).toBe(version);
    const { schemaVersion: _, ...metadata } = event.metadata;
    expect(read).toMatchObject({ ...event, metadata });
    expect(event).toEqual(JSON.parse(text));
  });

  it('IndicatorDefined 1 had no trajectory, because there was only one', () => {
    const [event] = readSample('IndicatorDefined.v1.json');
    expect(event.data).not.toHaveProperty('trajectory');
    expect(catalogue.read(event).data).toEqual({ ...event.data, trajectory: 'milestones' });
  });

  it('EvaluationRulesSet 1 had no rules for projects: the upcast adds the default ones and keeps the others', () => {
    const [event] = readSample('EvaluationRulesSet.v1.json');
    const { version, rules } = event.data as { version: number; rules: object };
    expect(rules).not.toHaveProperty('projects');
    expect(catalogue.read(event).data).toEqual({ version, rules: { ...rules, projects: { moneyAhead: '20' } } });
  });

  it.each([
    ['PlanDrafted.v1.json', 'had no fiscal year'],
    ['IndicatorDefined.v2.json', 'had neither promises nor formulas'],
    ['IndicatorRedefined.v1.json', 'had neither promises nor formulas'],
    ['IndicatorDefined.v3.json', 'had no `whole` in components'],
    ['IndicatorRedefined.v2.json', 'had no `whole` in components'],
    ['IndicatorDefined.v5.json', 'had no breakdowns'],
    ['IndicatorRedefined.v3.json', 'had no breakdowns'],
    ['IndicatorMeasured.v1.json', 'had no parts'],
    ['MeasurementApproved.v1.json', 'had no parts'],
    ['MeasurementReturned.v1.json', 'had no parts'],
    ['MeasurementCorrected.v1.json', 'had no parts'],
    ['MeasurementWithdrawn.v1.json', 'had no parts'],
    ['IndicatorMeasured.v2.json', 'had no explanations'],
    ['MeasurementCorrected.v2.json', 'had no explanations'],
    ['TokenIssued.v1.json', 'had no permission to keep evidence'],
    ['TokenIssued.v2.json', 'had no rights to judge in a standing'],
    ['TokenIssued.v3.json', 'had no rights to assign and accept a rectification'],
    ['TokenIssued.v4.json', 'had no rights about 考核 sheets'],
    ['FindingRaised.v1.json', 'had no grounds'],
    ['FindingAmended.v1.json', 'had no grounds'],
    ['MeasurementApproved.v2.json', 'had no level: there was one approval'],
    ['EvaluationOpened.v1.json', 'had no basis, cut-off, participants, lead and scales'],
    ['EvaluationPublished.v1.json', 'did not say what was open: nothing was asked'],
  ])('%s %s; its data stays the same', (file) => {
    const [event] = readSample(file);
    expect(catalogue.read(event).data).toEqual(event.data);
  });

  it.each([
    ['SnapshotTaken.v1.json', 'had only the position of its cut-off'],
    ['SnapshotTaken.v2.json', 'had no method'],
  ])('%s %s: it was taken by the first method', (file) => {
    const [event] = readSample(file);
    expect(event.data).not.toHaveProperty('method');
    expect(catalogue.read(event).data).toEqual({ ...event.data, method: 1 });
  });

  it('whose data does not fit the schema after upcasting stop the reader at their position', () => {
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
