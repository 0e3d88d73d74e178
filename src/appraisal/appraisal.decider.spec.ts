import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { by, reviewer, someone } from '../../test/support/recorded.js';
import { DecideObjection, ObjectToDeduction, PutForthAppraisal, WithdrawObjection } from './appraisal.commands.js';
import { appraisalDecider, type AppraisalKnown } from './appraisal.decider.js';
import {
  appraisalEvents,
  AppraisalPutForth,
  DeductionObjected,
  ObjectionDecided,
  ObjectionWithdrawn,
} from './appraisal.events.js';

const units = ['331100', '331102'];
const stored = {
  ...{ period: '2022', asOf: '2023-02-20T02:00:00.000Z', rulesVersion: 1, contentHash: 'a'.repeat(64), size: 48_211 },
  ...{ units, objectionDays: 5 },
};
const taken = { text: '05 联办率 2022：逾期 2 天', points: '1.25' };
const known: AppraisalKnown = { plan: planState(), stored, deduction: taken };
const given = specification(appraisalDecider, appraisalEvents, { known, now: '2023-02-20T02:00:00.000Z' });
const year = { plan, period: '2022' };
const deduction = 'timeliness/late/figure/05/331102/2022';
const putForth = (period = '2022') => make(PutForthAppraisal, { plan, period });
const object = (different: Partial<ObjectToDeduction> = {}) =>
  make(ObjectToDeduction, { ...year, unit: '331102', deduction, ...different });
const decide = (accepted: boolean, unit = '331102') => make(DecideObjection, { ...year, unit, number: 1, accepted });
const withdraw = (unit = '331102') => make(WithdrawObjection, { ...year, unit, number: 1 });
const because = { reason: '当日系统停机，有运维记录' };

const round = (number = 1, contentHash = 'a'.repeat(64), until = '2023-02-25') =>
  AppraisalPutForth.of({
    ...{ round: number, asOf: stored.asOf, rulesVersion: 1, until, units, contentHash, size: 48_211 },
  });
const objected = (number = 1, of = 1) =>
  DeductionObjected.of({ number, round: of, unit: '331102', deduction, ...taken });
const decided = (accepted: boolean) => ObjectionDecided.of({ number: 1, accepted });
const asReviewer = { actor: reviewer, reason: '运维记录属实' };

describe('putting the sheets of a year forth', () => {
  it('opens the days for objection that the rules name, and again for sheets that were computed anew', () => {
    given().when(putForth()).then(round());
    given(round()).when(putForth()).thenNothing();
    const anew = { ...known, stored: { ...stored, contentHash: 'b'.repeat(64) } };
    given(round())
      .when(putForth(), { known: anew })
      .then(round(2, 'b'.repeat(64)));
  });

  it('is of a year of the plan that is over', () => {
    given().when(putForth('2022-S1')).thenRefused('appraisal.period', 'period');
    given().when(putForth('2031')).thenRefused('appraisal.period', 'period');
    given().when(putForth('2023')).thenRefused('appraisal.year-not-over', 'period');
  });
});

describe('an objection', () => {
  it('is to a deduction of the sheet that was put forth, with a reason', () => {
    given(round()).when(object(), because).then(objected());
    given().when(object(), because).thenRefused('appraisal.not-put-forth');
    given(round()).when(object()).thenRefused('reason.missing', 'reason');
    const unknown = { ...because, known: { plan: known.plan } };
    given(round()).when(object(), unknown).thenRefused('appraisal.unknown-deduction', 'deduction');
    given(round())
      .when(object({ unit: '331121' }), because)
      .thenRefused('appraisal.unknown-deduction');
  });

  it('is made up to the end of the last day', () => {
    const on = (now: string) => ({ ...because, now });
    given(round()).when(object(), on('2023-02-25T15:00:00.000Z')).then(objected());
    given(round()).when(object(), on('2023-02-25T17:00:00.000Z')).thenRefused('appraisal.objection-late');
  });

  it('is made once; one that was refused, again to the sheet that was put forth anew', () => {
    const anew = round(2, 'b'.repeat(64));
    given(round(), objected()).when(object(), because).thenRefused('appraisal.already-objected', 'deduction');
    given(round(), objected(), by(reviewer, decided(false)), anew)
      .when(object(), because)
      .then(objected(2, 2));
    // One that waits goes on.
    given(round(), objected(), anew).when(object(), because).thenRefused('appraisal.already-objected');
    given(round(), objected(), by(reviewer, decided(true)), anew)
      .when(object(), because)
      .thenRefused('appraisal.already-objected');
  });
});

describe('the withdrawal of an objection', () => {
  const withdrawn = ObjectionWithdrawn.of({ number: 1 });

  it('needs a reason, and comes once, before the decision', () => {
    given(round(), objected()).when(withdraw(), because).then(withdrawn);
    given(round(), objected()).when(withdraw()).thenRefused('reason.missing', 'reason');
    given(round(), objected(), withdrawn).when(withdraw(), because).thenNothing();
    given(round(), objected(), decided(true)).when(withdraw(), because).thenRefused('appraisal.already-decided');
    given(round(), objected()).when(withdraw('331121'), because).thenRefused('appraisal.unknown-objection', 'number');
  });

  it('ends the objection, and lets the unit object again', () => {
    given(round(), objected(), withdrawn)
      .when(decide(true), asReviewer)
      .thenRefused('appraisal.objection-withdrawn', 'number');
    given(round(), objected(), withdrawn).when(object(), because).then(objected(2));
  });
});

describe('a decision on an objection', () => {
  it('accepts or refuses it once, with a reason', () => {
    given(round(), objected()).when(decide(true), asReviewer).then(decided(true));
    given(round(), objected()).when(decide(false), asReviewer).then(decided(false));
    given(round(), objected()).when(decide(true), { actor: reviewer }).thenRefused('reason.missing', 'reason');
    given(round(), objected(), decided(true)).when(decide(true), asReviewer).thenNothing();
    given(round(), objected(), decided(true))
      .when(decide(false), asReviewer)
      .thenRefused('appraisal.already-decided', 'accepted');
    given(round()).when(decide(true), asReviewer).thenRefused('appraisal.unknown-objection', 'number');
    given(round(), objected()).when(decide(true, '331121'), asReviewer).thenRefused('appraisal.unknown-objection');
  });

  it('is made by another person, of another unit', () => {
    given(round(), objected())
      .when(decide(true), { ...asReviewer, actor: someone })
      .thenRefused('appraisal.own-objection');
    const colleague = { ...reviewer, id: 'reviewer-331102', unit: '331102' };
    given(round(), objected())
      .when(decide(true), { ...asReviewer, actor: colleague })
      .thenRefused('appraisal.own-unit');
  });
});

it('nothing is done any more once the sheets are frozen', () => {
  const frozen = { known: { ...known, frozenBy: 'annual-2022' } };
  given(round(), objected()).when(putForth(), frozen).thenRefused('appraisal.frozen');
  given(round())
    .when(object(), { ...because, ...frozen })
    .thenRefused('appraisal.frozen');
  given(round(), objected())
    .when(decide(true), { ...asReviewer, ...frozen })
    .thenRefused('appraisal.frozen');
});
