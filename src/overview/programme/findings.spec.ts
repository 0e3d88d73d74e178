import {
  findingAssigned,
  findingClosed,
  findingDueMoved,
  findingRaised,
  findingWithdrawn,
  measuresAccepted,
  measuresReported,
  measuresSentBack,
} from '../../../test/support/examples/findings.js';
import { recorded, type Said } from '../../../test/support/recorded.js';
import { documentOf } from '../../../test/support/replay.js';
import { findingStream, type FindingEvent } from '../../findings/finding.events.js';
import { findingProjection } from '../../findings/finding.projection.js';
import { awaits, findingsNow } from './findings.js';

async function at(day: string, ...events: readonly Said<FindingEvent>[]) {
  const history = recorded([findingRaised(), ...events], { stream: findingStream('lishui', 'I03') });
  return findingsNow([await documentOf(findingProjection, history)], day)[0]!;
}

describe('a 整改 as of a day', () => {
  it('is overdue from the day after its due day on, until it is handed in; again once it is sent back', async () => {
    expect(await at('2023-09-30', findingAssigned())).not.toHaveProperty('overdueDays');
    expect((await at('2023-10-01', findingAssigned())).overdueDays).toBe(1);
    expect((await at('2024-03-01', findingAssigned())).overdueDays).toBe(153);
    expect(await at('2023-10-31', findingAssigned(), findingDueMoved())).not.toHaveProperty('overdueDays');
    const reported = [findingAssigned(), measuresReported()];
    expect(await at('2024-03-01', ...reported)).not.toHaveProperty('overdueDays');
    expect((await at('2023-10-02', ...reported, measuresSentBack())).overdueDays).toBe(2);
    expect(await at('2024-03-01', ...reported, measuresAccepted())).not.toHaveProperty('overdueDays');
    expect(await at('2024-03-01', findingAssigned(), findingWithdrawn)).not.toHaveProperty('overdueDays');
  });

  it.each([
    ['open', 'none', []],
    ['assigned', 'owner', [findingAssigned()]],
    ['assigned', 'owner', [findingAssigned(), findingDueMoved()]],
    ['reported', 'reviewer', [findingAssigned(), measuresReported()]],
    ['sent-back', 'owner', [findingAssigned(), measuresReported(), measuresSentBack()]],
    ['accepted', 'lead', [findingAssigned(), measuresReported(), measuresAccepted()]],
    ['closed', 'none', [findingAssigned(), measuresReported(), measuresAccepted(), findingClosed('2023-10-08')]],
    ['withdrawn', 'none', [findingAssigned(), findingWithdrawn]],
  ] as const)('%s awaits %s', async (standing, who, events) => {
    const finding = await at('2024-03-01', ...events);
    expect([finding.standing, awaits(finding)]).toEqual([standing, who]);
  });

  it('of a finding that was never assigned says nothing, so that old snapshots stay what they are', async () => {
    const finding = await at('2024-03-01');
    for (const field of ['owner', 'dueOn', 'steps', 'raisedAt', 'grounds']) expect(finding).not.toHaveProperty(field);
  });
});
