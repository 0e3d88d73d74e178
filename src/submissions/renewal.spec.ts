import fc from 'fast-check';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { dying } from '../../test/support/meddled-log.js';
import { MemoryFileStore } from '../../test/support/memory-file-store.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { reviewer } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { MemoryEventLog } from '../event-log/memory/memory-event-log.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  ReturnMeasurement,
  WithdrawMeasurement,
} from '../figures/figure.commands.js';
import { figureDecider } from '../figures/figure.decider.js';
import type { FigureState } from '../figures/figure.state.js';
import { figureStream } from '../figures/figure.events.js';
import { asText } from '../http/csv.js';
import { DomainError } from '../kernel/errors.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';

const figureIn = (period: string) => ({ plan: 'small', code: '03', unit: '331102', period });
/** Reported and approved by the folder; reported only. */
const [approvedOne, waiting] = [figureIn('2021'), figureIn('2022')];

/** The same rows in another submission. */
const inAnother = (name: string, files: FolderFiles = smallPlan()): FolderFiles => ({ ...files, [`${name}.md`]: name });
const withRow = (row: string): FolderFiles => {
  const files = smallPlan();
  return { ...files, 'history.csv': `${files['history.csv']}${row}\n` };
};

const reason = '数据有误';
const stateIn = (engine: Engine, figure: ReturnType<typeof figureIn>): Promise<FigureState> =>
  engine.handling.load(figureDecider, figureStream(figure));
const typesIn = async (engine: Engine, figure: ReturnType<typeof figureIn>) =>
  (await engine.log.readStream(figureStream(figure))).map(({ type }) => type);

describe('a row whose report was undone', () => {
  let clock: MovingClock;
  let engine: Engine;
  beforeEach(async () => {
    clock = new MovingClock('2024-05-01T00:00:00.000Z');
    engine = memoryEngine({ clock });
    await engine.submissions.submit(smallPlan());
    clock.advance(86_400_000);
  });
  afterEach(() => engine.close());

  it('by a withdrawal is reported and approved anew in another submission, known since then', async () => {
    await send(engine, make(WithdrawMeasurement, { ...approvedOne, reason }));
    clock.advance(86_400_000);
    expect(await engine.submissions.submit(smallPlan())).toMatchObject({ events: 0 });
    expect(await stateIn(engine, approvedOne)).toMatchObject({ standing: 'withdrawn' });

    expect(await engine.submissions.submit(inAnother('again'))).toMatchObject({ events: 2 });
    expect(await stateIn(engine, approvedOne)).toMatchObject({
      standing: 'approved',
      approved: { reported: { value: '3' } },
    });
    const [first, , , renewed, approval] = await engine.log.readStream(figureStream(approvedOne));
    expect([renewed!.type, approval!.type]).toEqual(['IndicatorMeasured', 'MeasurementApproved']);
    expect(renewed!.data).toEqual(first!.data);
    expect(renewed!.metadata).toMatchObject({ actor: first!.metadata.actor, evidence: first!.metadata.evidence });
    expect([renewed!.metadata.knownAt, renewed!.knownAt]).toEqual([undefined, renewed!.recordedAt]);

    for (const name of ['again', 'once more']) {
      expect(await engine.submissions.submit(inAnother(name))).toMatchObject({ events: 0 });
    }
  });

  it('by a return is reported anew', async () => {
    await send(engine, make(ReturnMeasurement, { ...waiting, reason }), reviewer);
    expect(await engine.submissions.submit(inAnother('again'))).toMatchObject({ events: 1 });
    expect(await typesIn(engine, waiting)).toEqual(['IndicatorMeasured', 'MeasurementReturned', 'IndicatorMeasured']);
  });

  it('is reported anew as often as it is undone, once by each submission', async () => {
    for (const name of ['second', 'third']) {
      await send(engine, make(WithdrawMeasurement, { ...waiting, reason }));
      expect(await engine.submissions.submit(inAnother(name))).toMatchObject({ events: 1 });
      expect(await stateIn(engine, waiting)).toMatchObject({ standing: 'reported' });
    }
    await send(engine, make(WithdrawMeasurement, { ...waiting, reason }));
    for (const name of ['second', 'third']) {
      expect(await engine.submissions.submit(inAnother(name))).toMatchObject({ events: 0 });
    }
    expect(await stateIn(engine, waiting)).toMatchObject({ standing: 'withdrawn' });
  });

  it('and replaced since stays as it is', async () => {
    await send(engine, make(WithdrawMeasurement, { ...waiting, reason }));
    const other = withRow('2024-05-02,reporter-1,上报,03,331102,2022,9,,,,,2022 年名录（更新）,,,,');
    expect(
      await engine.submissions.submit({ ...other, 'history.csv': other['history.csv']!.replace(/^2023.*\n/mu, '') }),
    ).toMatchObject({ events: 1 });
    expect(await engine.submissions.submit(inAnother('again'))).toMatchObject({ events: 0 });
    expect(await stateIn(engine, waiting)).toMatchObject({ latest: { reported: { value: '9' } } });
  });

  it('and is undone in the folder itself stays undone', async () => {
    await send(engine, make(WithdrawMeasurement, { ...waiting, reason }));
    const told = withRow('2024-05-02,reporter-1,撤回,03,331102,2022,,,,,数据有误,,,,,');
    expect(await engine.submissions.submit(told)).toMatchObject({ events: 0 });
    expect(await stateIn(engine, waiting)).toMatchObject({ standing: 'withdrawn' });
  });

  it('that is a correction of an approved value is corrected anew', async () => {
    const corrects = withRow('2024-04-01,reporter-1,更正,03,331102,2021,4,,,,重新清点,,,,,');
    expect(await engine.submissions.submit(corrects)).toMatchObject({ events: 1 });
    await send(engine, make(ReturnMeasurement, { ...approvedOne, reason }), reviewer);
    expect(await engine.submissions.submit(inAnother('again', corrects))).toMatchObject({ events: 1 });
    expect(await typesIn(engine, approvedOne)).toEqual([
      ...['IndicatorMeasured', 'MeasurementApproved', 'MeasurementCorrected', 'MeasurementReturned'],
      'MeasurementCorrected',
    ]);
  });
});

it('rows that tell of a report, its withdrawal and a second report bring nothing in another submission', async () => {
  const engine = memoryEngine();
  const rows = withRow(
    [
      '2023-03-05,reporter-1,撤回,03,331102,2022,,,,,误报,,,,,',
      '2023-03-09,reporter-1,上报,03,331102,2022,8,,,,,2022 年名录,,,,',
    ].join('\n'),
  );
  await engine.submissions.submit(rows);
  expect(await engine.submissions.submit(inAnother('again', rows))).toMatchObject({ events: 0 });
  await send(engine, make(WithdrawMeasurement, { ...waiting, reason }));
  expect(await engine.submissions.submit(inAnother('after', rows))).toMatchObject({ events: 1 });
  expect(await stateIn(engine, waiting)).toMatchObject({ standing: 'reported' });
  await engine.close();
});

it.each([1, 2, 3])(
  'a renewing submission that is cut off after %d appends is finished, each row once',
  async (after) => {
    const clock = new MovingClock('2024-05-01T00:00:00.000Z');
    const [log, store, files] = [new MemoryEventLog({ clock }), new MemoryVersionedStore(), new MemoryFileStore()];
    const engine = memoryEngine({ clock, log, store, files });
    await engine.submissions.submit(smallPlan());
    for (const figure of [approvedOne, waiting]) await send(engine, make(WithdrawMeasurement, { ...figure, reason }));
    const cut = memoryEngine({ clock, store, files, log: dying(log, after) });
    // Received, two streams, and Applied.
    await expect(cut.submissions.submit(inAnother('again'))).rejects.toThrow('killed');

    const next = memoryEngine({ clock, log, store, files });
    await next.start();
    expect(await next.submissions.finishInterrupted()).toBe(1);
    expect(await typesIn(next, approvedOne)).toEqual([
      ...[
        'IndicatorMeasured',
        'MeasurementApproved',
        'MeasurementWithdrawn',
        'IndicatorMeasured',
        'MeasurementApproved',
      ],
    ]);
    expect(await typesIn(next, waiting)).toEqual(['IndicatorMeasured', 'MeasurementWithdrawn', 'IndicatorMeasured']);
    await next.close();
  },
);

/** What people may do between two loads of the same rows. */
const deeds = ['load', 'load-other', 'withdraw', 'return', 'approve', 'correct'] as const;

it('after any deeds between, another submission of the rows leaves each figure with a value, and no event where it had one', async () => {
  const deed = fc.tuple(fc.constantFrom(...deeds), fc.constantFrom('2021', '2022'), fc.integer({ min: 10, max: 99 }));
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 14 }), async (steps) => {
      const clock = new MovingClock('2024-05-01T00:00:00.000Z');
      const engine = memoryEngine({ clock });
      await engine.submissions.submit(smallPlan());
      let others = 0;
      for (const [what, period, value] of steps) {
        clock.advance(3_600_000);
        const figure = figureIn(period);
        const before = await stateIn(engine, figure);
        const events = (await typesIn(engine, figure)).length;
        if (what === 'load') {
          expect(await engine.submissions.submit(smallPlan())).toMatchObject({ events: 0 });
        } else if (what === 'load-other') {
          await engine.submissions.submit(inAnother(`other-${++others}`));
          const after = await stateIn(engine, figure);
          const hadValue = before.standing === 'reported' || before.standing === 'approved' || before.approved;
          if (hadValue) expect(after).toEqual(before);
          else expect(after).toMatchObject({ standing: period === '2021' ? 'approved' : 'reported' });
          expect((await typesIn(engine, figure)).length - events).toBe(hadValue ? 0 : period === '2021' ? 2 : 1);
        } else {
          await carriedOut(engine, what, figure, String(value));
        }
      }
      await engine.close();
    }),
    { numRuns: 60 },
  );
});

/** A deed of a person; one that is refused changes nothing. */
async function carriedOut(
  engine: Engine,
  what: 'withdraw' | 'return' | 'approve' | 'correct',
  figure: ReturnType<typeof figureIn>,
  value: string,
): Promise<void> {
  const command = {
    withdraw: () => make(WithdrawMeasurement, { ...figure, reason }),
    return: () => make(ReturnMeasurement, { ...figure, reason }),
    approve: () => make(ApproveMeasurement, figure),
    correct: () => make(CorrectMeasurement, { ...figure, reason, value }),
  }[what]();
  try {
    await send(engine, command, what === 'correct' ? undefined : reviewer);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

it('cells as a CSV export writes them say the same', async () => {
  const engine = memoryEngine();
  const files = smallPlan();
  await engine.submissions.submit(files);
  const exported = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      name.endsWith('.csv') ? text.replace(/[^,\n]+/g, (cell) => asText(cell)) : text,
    ]),
  );
  expect(exported['history.csv']).toContain("'03,'331102,'2021,'3,");
  expect(await engine.submissions.submit(exported)).toMatchObject({ events: 0 });
  const corrects = "2024-04-01,reporter-1,更正,'03,'331102,'2021,'4,,,,'-1 家,,,,,\n";
  await engine.submissions.submit({ ...exported, 'history.csv': exported['history.csv']! + corrects });
  const events = await engine.log.readStream(figureStream(approvedOne));
  expect(events.at(-1)).toMatchObject({
    ...{ type: 'MeasurementCorrected', data: { to: { value: '4' } }, metadata: { reason: '-1 家' } },
  });
  await engine.close();
});
