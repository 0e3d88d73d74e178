import {
  citedPolicyAmended,
  number18,
  number6,
  policyAmended,
  policyCited,
  policyDrafted,
  policyDropped,
  policyIssued,
  policyPlanned,
  policyPostponed,
  policyRepealed,
  policyRevised,
} from '../../test/support/examples/policies.js';
import { idAt, interleaved, recorded, recordedOn, saying, someone, type Said } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { PolicyReportWithdrawn, policyStream, type PolicyEvent } from './policy.events.js';
import { policyProjection, type PolicyDocument } from './policy.projection.js';

const stream = policyStream('lishui', 'R01');
const after = (...events: readonly Said<PolicyEvent>[]): Promise<PolicyDocument> =>
  documentOf(policyProjection, recorded(events, { stream }));

const planned = policyPlanned();

describe('the document of a policy', () => {
  it('holds the planned or the cited data', async () => {
    const nothing = { plan: 'lishui', id: 'R01', steps: [], postponements: [], demo: false, demoContent: false };
    expect(await after(planned)).toEqual({ ...nothing, planned: planned.data });
    expect(await after(policyCited)).toEqual({ ...nothing, cited: policyCited.data });
  });

  it('lists every change with day and document number; a revision is an issue with `revises`', async () => {
    const repealed = saying({ reason: '上位法修改' }, policyRepealed());
    const { steps } = await after(planned, policyDrafted(), policyIssued(), policyRevised(), repealed);
    expect(steps).toMatchObject([
      { to: 'drafted', on: '2022-03-10', by: someone.name, knownAt: recordedOn(2) },
      { to: 'issued', on: '2022-09-30', documentNumber: number18 },
      { to: 'issued', on: '2024-05-20', documentNumber: number6, revises: number18 },
      { to: 'repealed', on: '2025-02-01', reason: '上位法修改' },
    ]);
    expect((await after(planned, policyDropped())).steps.map(({ to }) => to)).toEqual(['dropped']);
  });

  it('lists every postponement and keeps the original period', async () => {
    const document = await after(
      planned,
      saying({ reason: '调研未完' }, policyPostponed('2023', '2022')),
      saying({ reason: '待上位法' }, policyPostponed('2024', '2023')),
    );
    expect(document).toMatchObject({
      planned: { to: '2022' },
      postponements: [
        { from: '2022', to: '2023', reason: '调研未完', knownAt: recordedOn(2) },
        { from: '2023', to: '2024', reason: '待上位法', knownAt: recordedOn(3) },
      ],
    });
  });

  it('takes the amended content and keeps steps and postponements', async () => {
    const before = await after(planned, policyDrafted(), policyPostponed('2024', '2022'));
    const amended = policyAmended({ to: '2023' });
    expect(await after(planned, policyDrafted(), policyPostponed('2024', '2022'), amended)).toEqual({
      ...before,
      planned: amended.data,
    });
    expect(await after(policyCited, citedPolicyAmended({ line: 2 }))).toMatchObject({
      cited: { ...policyCited.data, line: 2 },
    });
    expect((await after(planned, saying({ demo: true }, amended))).demo).toBe(true);
  });

  it('is without what was withdrawn; as known before, that is there', async () => {
    const life = [planned, saying({ demo: true }, policyDrafted()), policyPostponed('2023', '2022'), policyIssued()];
    const withdrawn = (place: number) =>
      PolicyReportWithdrawn.of({ eventId: idAt(place), type: life[place - 1]!.type, revision: place - 1 });
    const events = recorded([...life, withdrawn(4), withdrawn(3), withdrawn(2)], { stream });
    const versions = (await projected(policyProjection, events)).get('lishui/R01')!.map(({ body }) => body);
    expect(versions.slice(4)).toEqual([versions[2], versions[1], versions[0]]);
    expect(versions.map(({ demo }) => demo)).toEqual([false, true, true, true, true, true, false]);
  });

  it('stays marked as demonstration data once any event was', async () => {
    expect((await after(planned, saying({ demo: true }, policyDrafted()), policyIssued())).demo).toBe(true);
    expect((await after(planned, policyDrafted())).demo).toBe(false);
  });
});

it('each policy has its own document; a change before the listing stops the projection', async () => {
  const log = interleaved(
    recorded([planned, policyDrafted()], { stream }),
    recorded([policyCited], { stream: policyStream('lishui', 'C01') }),
  );
  expect([...(await projected(policyProjection, log)).keys()].sort()).toEqual(['lishui/C01', 'lishui/R01']);
  await expect(after(policyDrafted())).rejects.toThrow('PolicyDrafted before the policy was listed');
});
