import {
  FindingAmended,
  FindingAnswered,
  FindingAssigned,
  FindingClosed,
  FindingDueMoved,
  FindingRaised,
  FindingWithdrawn,
  MeasuresAccepted,
  MeasuresReported,
  MeasuresSentBack,
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
export const findingAssigned = (different: Partial<(typeof FindingAssigned)['example']> = {}) =>
  FindingAssigned.of({ on: '2023-07-03', owner: '331102', dueOn: '2023-09-30', ...different });
export const findingDueMoved = (to = '2023-10-31') => FindingDueMoved.of({ from: '2023-09-30', to });
export const measuresReported = (on = '2023-09-12', text = '附表加列合计') => MeasuresReported.of({ on, text });
export const measuresAccepted = (on = '2023-09-18') => MeasuresAccepted.of({ on });
export const measuresSentBack = (on = '2023-09-18') => MeasuresSentBack.of({ on });
