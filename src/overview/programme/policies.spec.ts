import {
  number18,
  number6,
  policyCited,
  policyDrafted,
  policyDropped,
  policyIssued,
  policyPlanned,
  policyPostponed,
  policyRepealed,
  policyRevised,
  policyUndated,
} from '../../../test/support/examples/policies.js';
import { saying, type Said } from '../../../test/support/recorded.js';
import { folded } from '../../../test/support/replay.js';
import { policyStream, type PolicyEvent } from '../../policies/policy.events.js';
import { policyProjection } from '../../policies/policy.projection.js';
import { policiesNow, type PolicyNow } from './policies.js';

const documentOf = (id: string, events: readonly Said<PolicyEvent>[]) =>
  folded(policyProjection, policyStream('lishui', id), events);
const at = (until: string, ...events: readonly Said<PolicyEvent>[]): PolicyNow =>
  policiesNow([documentOf('R01', events)], until, {}).list[0]!;

const planned = policyPlanned();
const postponed = saying({ reason: '调研未完' }, policyPostponed('2023', '2022'));

describe('the timeliness of a policy', () => {
  it.each<[string, string, Said<PolicyEvent>[]]>([
    ['pending', '2022-12-30', [planned]],
    ['overdue', '2022-12-31', [planned]],
    ['overdue', '2023-06-30', [planned, policyDrafted()]],
    ['early', '2022-12-31', [planned, policyIssued('2021-12-31')]],
    ['on-time', '2022-12-31', [planned, policyIssued('2022-01-01')]],
    ['on-time', '2022-12-31', [planned, policyIssued('2022-12-31')]],
    ['late', '2023-12-31', [planned, policyIssued('2023-01-01')]],
    ['on-time', '2025-12-31', [planned, policyIssued(), policyRevised()]],
    ['on-time', '2025-12-31', [planned, policyIssued(), policyRepealed()]],
    ['dropped', '2024-12-31', [planned, policyDropped()]],
    ['undated', '2024-12-31', [policyUndated()]],
    ['undated', '2024-12-31', [policyUndated(), policyIssued()]],
  ])('is %s as of %s', (timeliness, until, events) => {
    expect(at(until, ...events).timeliness).toBe(timeliness);
  });

  it('is never early if the plan sets no first period', () => {
    expect(at('2022-12-31', policyPlanned({ from: undefined }), policyIssued('2021-12-31')).timeliness).toBe('on-time');
  });

  it('depends on the end of the planned period, which may be a half-year or a range of years', () => {
    expect(at('2022-06-30', policyPlanned({ to: '2022-S1' })).timeliness).toBe('overdue');
    expect(at('2023-12-31', policyPlanned({ to: '2024' })).timeliness).toBe('pending');
  });

  it.each<[string, string, Said<PolicyEvent>[]]>([
    ['pending', '2023-12-30', [planned, postponed]],
    ['overdue', '2023-12-31', [planned, postponed]],
    ['late', '2023-12-31', [planned, postponed, policyIssued('2023-06-30')]],
    ['on-time', '2023-12-31', [planned, postponed, policyIssued('2022-12-31')]],
    ['pending', '2023-06-30', [policyUndated(), policyPostponed('2023')]],
    ['overdue', '2024-06-30', [policyUndated(), policyPostponed('2023')]],
    ['undated', '2024-06-30', [policyUndated(), policyPostponed('2023'), policyIssued('2024-05-01')]],
  ])('is %s as of %s after a postponement', (timeliness, until, events) => {
    expect(at(until, ...events).timeliness).toBe(timeliness);
  });
});

describe('a policy as of a day', () => {
  it('includes the events up to that day', () => {
    const life = [planned, policyDrafted(), policyIssued(), policyRevised(), policyRepealed()];
    expect(at('2022-03-09', ...life)).toMatchObject({ standing: 'planned', due: '2022' });
    expect(at('2022-03-10', ...life)).toMatchObject({ standing: 'drafted', draftedOn: '2022-03-10', versions: [] });
    expect(at('2022-03-10', ...life)).not.toHaveProperty('issuedOn');
    expect(at('2022-12-31', ...life)).toMatchObject({
      ...{ standing: 'issued', issuedOn: '2022-09-30', documentNumber: number18 },
      versions: [{ on: '2022-09-30', documentNumber: number18 }],
    });
    expect(at('2024-12-31', ...life)).toMatchObject({ standing: 'issued' });
    expect(at('2025-12-31', ...life).standing).toBe('repealed');
  });

  it('keeps its first issue and all versions after a revision', () => {
    const planning = policyPlanned({ intent: 'revision' });
    expect(at('2024-12-31', planning, policyIssued('2022-09-30', '旧办法'), policyRevised())).toMatchObject({
      ...{ issuedOn: '2022-09-30', documentNumber: number6 },
      versions: [
        { on: '2022-09-30', documentNumber: number18, revises: '旧办法' },
        { on: '2024-05-20', documentNumber: number6, revises: number18 },
      ],
    });
  });

  it('has the original date and the reasons of postponement, dropping and repeal', () => {
    expect(at('2022-12-31', planned, postponed)).toMatchObject({
      ...{ due: '2023', firstDue: '2022', postponedBecause: '调研未完' },
    });
    expect(at('2022-12-31', planned)).not.toHaveProperty('firstDue');
    expect(at('2024-12-31', planned, saying({ reason: '上位法已规定' }, policyDropped())).because).toBe('上位法已规定');
    expect(at('2025-12-31', planned, policyIssued(), saying({ reason: '过时' }, policyRepealed())).because).toBe(
      '过时',
    );
    expect(at('2024-12-31', planned, saying({ reason: '按期' }, policyIssued()))).not.toHaveProperty('because');
  });
});

it('planned policies are counted; cited policies are listed separately', () => {
  const documents = [
    documentOf('R01', [planned, policyIssued()]),
    documentOf('R02', [planned, policyIssued('2023-02-01')]),
    documentOf('R03', [planned]),
    documentOf('R04', [planned, policyPostponed('2025', '2022')]),
    documentOf('R05', [policyUndated(), policyIssued(), policyRepealed('2023-05-01')]),
    documentOf('R06', [planned, policyDropped('2023-01-01')]),
    documentOf('R07', [policyPlanned({ from: '2023', to: '2024' }), policyIssued()]),
    documentOf('C01', [policyCited]),
  ];
  const { list, cited, counts } = policiesNow(documents, '2023-06-30', {});
  expect(list.map(({ id }) => id)).toEqual(['R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07']);
  expect(cited).toEqual([{ id: 'C01', ...policyCited.data }]);
  expect(counts).toEqual({
    ...{ planned: 7, issued: 4, postponed: 1, early: 1, 'on-time': 1, late: 1, overdue: 1, pending: 1, dropped: 1 },
  });
  expect(policiesNow([...documents].reverse(), '2023-06-30', {}).counts).toEqual(counts);
});
