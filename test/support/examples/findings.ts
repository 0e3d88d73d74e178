import {
  FindingAmended,
  FindingAnswered,
  FindingClosed,
  FindingRaised,
  FindingWithdrawn,
} from '../../../src/findings/finding.events.js';

type Raised = (typeof FindingRaised)['example'];

export const findingRaised = (different: Partial<Raised> = {}) =>
  FindingRaised.of({
    severity: 'high',
    subjectType: 'promise',
    subject: 'T36',
    title: '目标低于基数',
    lines: [48, 200],
    ...different,
  });
export const findingAmended = (different: Partial<Raised> = {}) => FindingAmended.of(findingRaised(different).data);
export const findingAnswered = (on = '2022-03-15', text = '两处口径不同') => FindingAnswered.of({ on, text });
export const findingClosed = (on = '2023-07-20', text = '已按同一口径重述') => FindingClosed.of({ on, text });
export const findingWithdrawn = FindingWithdrawn.of({});
