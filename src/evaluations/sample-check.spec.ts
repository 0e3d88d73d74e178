import fc from 'fast-check';
import { make, specification } from '../../test/support/decider-spec.js';
import { midtermOpened, published, snapshotTaken } from '../../test/support/examples/evaluations.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { someone } from '../../test/support/recorded.js';
import { evaluationDecider } from './evaluation.decider.js';
import { evaluationEvents } from './evaluation.events.js';
import { CheckSampledFigure } from './sample-check.commands.js';
import { SampledFigureChecked } from './sample-check.events.js';
import { sampleOutcomes, wilson } from './sample-outcomes.js';

const known = { plan: planState(), enteredBy: 'p_other' };
const given = specification(evaluationDecider, evaluationEvents, { known, now: '2023-09-01T02:00:00.000Z' });
const figure = { snapshot: 1, code: '02', unit: '331102', period: '2022' };
const check = (different: Partial<CheckSampledFigure> = {}) =>
  make(CheckSampledFigure, { plan, id: 'midterm-2022', ...figure, outcome: 'confirmed', ...different });
const said = { reason: '逐户核对床位台账', evidence: [{ title: '2022 年床位台账' }] };
const confirmed = SampledFigureChecked.of({ ...figure, outcome: 'confirmed' });

describe('a check of a sampled figure', () => {
  it('is recorded with its reason and its sources, and a later one replaces it', () => {
    given(midtermOpened, snapshotTaken()).when(check(), said).then(confirmed);
    given(midtermOpened, snapshotTaken(), confirmed)
      .when(check({ outcome: 'corrected', found: '54.2' }), said)
      .then(SampledFigureChecked.of({ ...figure, outcome: 'corrected', found: '54.2' }));
    given(midtermOpened, snapshotTaken(), confirmed).when(check()).thenNothing();
  });

  it('says why and by what, and what the sources say where that is another value', () => {
    const sampled = given(midtermOpened, snapshotTaken());
    sampled.when(check(), { ...said, reason: undefined }).thenRefused('reason.missing', 'reason');
    sampled.when(check(), { ...said, evidence: [] }).thenRefused('sample.evidence', 'evidence');
    sampled.when(check({ outcome: 'corrected' }), said).thenRefused('sample.found', 'found');
    sampled.when(check({ found: '54.2' }), said).thenRefused('sample.found', 'found');
  });

  it('is of a figure of the snapshot, and not by who entered it', () => {
    const sampled = given(midtermOpened, snapshotTaken());
    sampled.when(check({ snapshot: 2 }), said).thenRefused('evaluation.unknown-snapshot', 'snapshot');
    sampled.when(check(), { ...said, known: { plan: known.plan } }).thenRefused('sample.unknown-figure', 'code');
    const own = { plan: known.plan, enteredBy: someone.id };
    sampled.when(check(), { ...said, known: own }).thenRefused('sample.own-figure');
  });

  it('ends with the publication', () => {
    given(midtermOpened, snapshotTaken(), published()).when(check(), said).thenRefused('evaluation.published');
  });
});

describe('the share of errors', () => {
  it('has the interval of Wilson (1927) that Newcombe (1998), table I, gives', () => {
    // 81 of 263: 0.2553 to 0.3662. 0 of 20: 0 to 0.1611. 1 of 29: 0.0061 to 0.1718.
    expect(wilson(81, 263)).toEqual({ share: '30.8', lower: '25.5', upper: '36.6' });
    expect(wilson(0, 20)).toEqual({ share: '0.0', lower: '0.0', upper: '16.1' });
    expect(wilson(1, 29)).toEqual({ share: '3.4', lower: '0.6', upper: '17.2' });
  });

  it('lies in its interval, which mirrors that of the other share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (whole, some) => {
        const part = Math.min(some, whole);
        const [own, other] = [wilson(part, whole), wilson(whole - part, whole)];
        expect(Number(own.lower)).toBeLessThanOrEqual(Number(own.share));
        expect(Number(own.upper)).toBeGreaterThanOrEqual(Number(own.share));
        expect(Number(own.lower) + Number(other.upper)).toBeCloseTo(100, 0);
      }),
    );
  });

  it('is counted by stratum over what was checked', () => {
    const of = (...outcomes: ('confirmed' | 'corrected' | 'unsupported' | undefined)[]) =>
      outcomes.map((outcome) => (outcome ? { check: { outcome } } : {}));
    expect(
      sampleOutcomes([
        { stratum: 'marked', of: 12, figures: of('confirmed', 'corrected', undefined) },
        { stratum: 'other', of: 40, figures: of(undefined) },
        { stratum: 'marked', of: 2, figures: of('unsupported', 'confirmed') },
      ]),
    ).toEqual([
      {
        ...{ stratum: 'marked', of: 14, drawn: 5, checked: 4 },
        outcomes: { confirmed: 2, corrected: 1, unsupported: 1 },
        errors: wilson(2, 4),
      },
      { stratum: 'other', of: 40, drawn: 1, checked: 0, outcomes: { confirmed: 0, corrected: 0, unsupported: 0 } },
    ]);
  });
});
