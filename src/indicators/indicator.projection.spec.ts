import {
  bedsDefined,
  nursingBedShare,
  redefined,
  retiredFrom,
  targetRevised,
  targetSet,
} from '../../test/support/examples/indicators.js';
import { recorded, recordedOn, saying, type Said } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { TargetRevised, indicatorStream, type IndicatorEvent } from './indicator.events.js';
import {
  currentDefinition,
  indicatorProjection,
  isComparable,
  type IndicatorDocument,
} from './indicator.projection.js';

const stream = indicatorStream('lishui', '02');
const after = (...events: readonly Said<IndicatorEvent>[]): Promise<IndicatorDocument> =>
  documentOf(indicatorProjection, recorded(events, { stream }));

describe('the document of an indicator', () => {
  it('holds the defined data, keyed by plan and code', async () => {
    const { definition, ...defined } = bedsDefined.data;
    expect(await after(saying({ demo: true }, bedsDefined))).toEqual({
      ...defined,
      ...{ plan: 'lishui', code: '02', targets: [], demo: true },
      definitions: [{ version: 1, definition, comparable: true }],
    });
    expect([...(await projected(indicatorProjection, recorded([bedsDefined], { stream }))).keys()]).toEqual([
      'lishui/02',
    ]);
  });

  it('holds the period of retirement', async () => {
    expect((await after(bedsDefined, retiredFrom('2024'))).retiredFrom).toBe('2024');
  });

  it('fails if the first event is not IndicatorDefined', async () => {
    for (const event of [
      targetSet('2025', '58'),
      targetRevised('2025', '58', '60'),
      redefined(2, true),
      retiredFrom('2024'),
    ]) {
      await expect(after(event)).rejects.toThrow(`stopped at 1: ${event.type} before the indicator was defined`);
    }
  });
});

describe('the targets of an indicator', () => {
  it('keep the original value through every revision', async () => {
    const once = await after(bedsDefined, targetSet('2025', '58'), targetRevised('2025', '58', '60'));
    expect(once.targets).toMatchObject([{ value: '60', original: '58', targetVersion: 2 }]);
    const twice = [targetSet('2025', '58'), targetRevised('2025', '58', '60'), targetRevised('2025', '60', '59', 3)];
    expect((await after(bedsDefined, ...twice)).targets).toMatchObject([
      { value: '59', original: '58', targetVersion: 3 },
    ]);
  });

  it('hold known time, reason and document of the last revision', async () => {
    const data = { ...targetRevised('2025', '58', '60').data, documentNumber: '示例〔2023〕1号' };
    const revised = saying({ reason: '中期评估建议', demo: true }, TargetRevised.of(data));
    const { targets } = await after(bedsDefined, targetSet('2025', '58'), revised);
    expect(targets).toEqual([
      {
        ...{ unit: '331100', period: '2025', value: '60', original: '58', targetVersion: 2, demo: true },
        ...{ documentNumber: '示例〔2023〕1号', reason: '中期评估建议' },
        ...{ eventId: '00000000-0000-4000-8000-000000000003', knownAt: recordedOn(3) },
      },
    ]);
  });

  it('of other units and periods are not changed by a revision', async () => {
    const others = [targetSet('2022', '55'), targetSet('2025', '57', '331102')];
    const { targets } = await after(bedsDefined, ...others, targetSet('2025', '58'), targetRevised('2025', '58', '60'));
    expect(targets.map(({ unit, period, value, original }) => [unit, period, value, original])).toEqual([
      ['331100', '2022', '55', undefined],
      ['331102', '2025', '57', undefined],
      ['331100', '2025', '60', '58'],
    ]);
  });

  it('have their old value in the document version before the revision', async () => {
    const events = recorded([bedsDefined, targetSet('2025', '58'), targetRevised('2025', '58', '60')], { stream });
    const [versions] = [...(await projected(indicatorProjection, events)).values()];
    expect(versions?.map(({ body }) => body.targets[0]?.value)).toEqual([undefined, '58', '60']);
  });
});

describe('a target names the definition under which it was set or revised', () => {
  it.each([
    ['the first, unsaid', [targetSet('2025', '58')], undefined],
    ['the first, whatever comes later', [targetSet('2025', '58'), redefined(2, false)], undefined],
    ['the one that was current when it was set', [redefined(2, true), targetSet('2025', '58')], 2],
    [
      'the one that was current when it was revised',
      [targetSet('2025', '58'), redefined(2, false), targetRevised('2025', '58', '58')],
      2,
    ],
  ])('%s', async (_, events, version) => {
    const document = await after(bedsDefined, ...events);
    expect(document.targets.map(({ definitionVersion }) => definitionVersion)).toEqual([version]);
    expect(Object.hasOwn(document.targets[0]!, 'definitionVersion')).toBe(version !== undefined);
  });
});

describe('the definitions of an indicator', () => {
  it('are all kept; the last one is current', async () => {
    const document = await after(bedsDefined, redefined(2, false), redefined(3, true));
    expect(document.definitions.map(({ version, comparable }) => [version, comparable])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(document.definitions[0]?.definition).toEqual(nursingBedShare);
    expect(currentDefinition(document)).toMatchObject({ version: 3, definition: { text: '口径第 3 版' } });
  });

  it.each<[string, boolean[], boolean[]]>([
    ['no change', [], [true]],
    ['a comparable change', [true], [true, true]],
    ['an incomparable change', [false], [false, true]],
    ['an incomparable change, then a comparable one', [false, true], [false, true, true]],
    ['a comparable change, then an incomparable one', [true, false], [false, false, true]],
  ])('determine after %s which figures are comparable', async (_, changes, comparable) => {
    const document = await after(bedsDefined, ...changes.map((is, at) => redefined(at + 2, is)));
    expect(comparable.map((_, at) => isComparable(document, at + 1))).toEqual(comparable);
  });
});
