import { make, specification } from '../../test/support/decider-spec.js';
import {
  findingAmended,
  findingAnswered,
  findingAssigned,
  findingClosed,
  findingDueMoved,
  findingRaised,
  findingWithdrawn,
  measuresAccepted,
  measuresReported,
  measuresSentBack,
} from '../../test/support/examples/findings.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { by, recorded, recordedOn, reviewer, saying, someone } from '../../test/support/recorded.js';
import { documentOf } from '../../test/support/replay.js';
import type { Actor } from '../kernel/event.js';
import {
  AcceptMeasures,
  AssignFinding,
  CloseFinding,
  MoveFindingDue,
  RaiseFinding,
  ReportMeasures,
  SendBackMeasures,
} from './finding.commands.js';
import { findingDecider, type FindingKnown } from './finding.decider.js';
import { findingEvents, findingStream } from './finding.events.js';
import { findingProjection } from './finding.projection.js';

const known: FindingKnown = { plan: planState(), subjectExists: true };
const given = specification(findingDecider, findingEvents, { known, now: '2025-12-31T02:00:00.000Z' });

const finding = { plan, id: 'I03' };
const because = { reason: '与统计局核对需时' };
const evidence = { evidence: [{ title: '附表（重印）' }] };
const lead: Actor = { id: 'lead-1', name: '评估负责人', unit: '331100', roles: ['evaluation-lead'] };

const assign = (owner = '331102', dueOn = '2023-09-30', on = '2023-07-03') =>
  make(AssignFinding, { ...finding, owner, dueOn, on });
const move = (to = '2023-10-31') => make(MoveFindingDue, { ...finding, to });
const report = (on = '2023-09-12', text = '附表加列合计') => make(ReportMeasures, { ...finding, on, text });
const accept = (on = '2023-09-18') => make(AcceptMeasures, { ...finding, on });
const sendBack = (on = '2023-09-18') => make(SendBackMeasures, { ...finding, on });
const close = (on = '2023-09-25') => make(CloseFinding, { ...finding, on, text: '已按同一口径重述' });

const raised = findingRaised();
const assigned = [raised, findingAssigned()];
const reported = [...assigned, measuresReported()];
const accepted = [...reported, by(reviewer, measuresAccepted())];
const sentBack = [...reported, by(reviewer, measuresSentBack())];
const closed = [...accepted, by(lead, findingClosed('2023-09-25'))];

describe('assigning a finding', () => {
  it('names the owner and the due day; a day before the assignment is refused', () => {
    given(raised).when(assign()).then(findingAssigned());
    given(raised, findingAnswered()).when(assign()).then(findingAssigned());
    given(raised).when(assign('331102', '2023-07-02')).thenRefused('finding.due-before', 'dueOn');
    given(raised).when(assign('331199')).thenRefused('finding.unknown-owner', 'owner', { kind: 'unit', id: '331199' });
    given(raised)
      .when(assign('331102', '2027-01-01', '2026-02-01'))
      .thenRefused('date.future', 'on');
    given().when(assign()).thenRefused('finding.unknown', 'id');
  });

  it('hands it to another unit with a reason, until the work was reported', () => {
    const other = findingAssigned({ owner: '331100' });
    given(...assigned)
      .when(assign('331100'))
      .thenRefused('reason.missing', 'reason');
    given(...assigned)
      .when(assign('331100'), because)
      .then(other);
    given(...sentBack)
      .when(assign('331100', '2023-10-31', '2023-09-20'), because)
      .then(findingAssigned({ owner: '331100', dueOn: '2023-10-31', on: '2023-09-20' }));
    for (const events of [reported, accepted]) {
      given(...events)
        .when(assign('331100'), because)
        .thenRefused('finding.already-assigned', 'owner');
    }
  });

  it('is no way to move the due day', () => {
    given(...assigned)
      .when(assign('331102', '2023-12-31'), because)
      .thenRefused('finding.already-assigned', 'dueOn', undefined, '调整整改期限');
  });

  it('ends with the closing and the withdrawal', () => {
    given(raised, findingClosed()).when(assign()).thenRefused('finding.closed');
    given(raised, findingWithdrawn).when(assign()).thenRefused('finding.withdrawn');
  });
});

describe('the due day', () => {
  it('is moved with a reason only, and not before what is registered', () => {
    given(...assigned)
      .when(move())
      .thenRefused('reason.missing', 'reason');
    given(...assigned)
      .when(move(), because)
      .then(findingDueMoved());
    given(...assigned)
      .when(move('2023-07-01'), because)
      .thenRefused('finding.due-before', 'to');
    given(...assigned)
      .when(move('2023-09-30'))
      .thenNothing();
    given(...accepted)
      .when(move(), because)
      .thenRefused('finding.accepted');
    given(raised).when(move(), because).thenRefused('finding.not-assigned');
  });
});

describe('the work', () => {
  it('is reported with evidence, again after it was sent back, and may be supplemented while it waits', () => {
    given(...assigned)
      .when(report(), evidence)
      .then(measuresReported());
    given(...assigned)
      .when(report())
      .thenRefused('finding.no-evidence', 'evidence');
    given(...sentBack)
      .when(report('2023-09-20', '再报'), evidence)
      .then(measuresReported('2023-09-20', '再报'));
    given(...reported)
      .when(report('2023-09-13', '补报'), evidence)
      .then(measuresReported('2023-09-13', '补报'));
    given(...reported)
      .when(report())
      .thenNothing();
    given(...accepted)
      .when(report('2023-09-20'), evidence)
      .thenRefused('finding.accepted');
    given(raised).when(report(), evidence).thenRefused('finding.not-assigned');
  });

  it('is accepted, or sent back with a reason, by somebody who did not do it', () => {
    const asReviewer = { actor: reviewer };
    given(...reported)
      .when(accept(), asReviewer)
      .then(measuresAccepted());
    given(...reported)
      .when(sendBack(), { ...asReviewer, ...because })
      .then(measuresSentBack());
    given(...accepted)
      .when(sendBack('2023-09-19'), { ...asReviewer, ...because })
      .then(measuresSentBack('2023-09-19'));
    given(...reported)
      .when(sendBack(), asReviewer)
      .thenRefused('reason.missing', 'reason');
    for (const command of [accept, sendBack]) {
      given(...reported)
        .when(command(), because)
        .thenRefused('finding.own-work');
      for (const events of [assigned, sentBack]) {
        given(...events)
          .when(command('2023-09-19'), { ...asReviewer, ...because })
          .thenRefused('finding.nothing-to-accept');
      }
    }
    given(...reported)
      .when(accept('2023-09-11'), asReviewer)
      .thenRefused('date.before-last', 'on');
  });
});

describe('closing what was assigned', () => {
  it('follows its acceptance', () => {
    given(...accepted)
      .when(close(), { actor: lead })
      .then(findingClosed('2023-09-25'));
    for (const events of [assigned, reported, sentBack]) {
      given(...events)
        .when(close(), { actor: lead })
        .thenRefused('finding.not-accepted');
    }
    given(...closed)
      .when(report('2023-10-01'), evidence)
      .thenRefused('finding.closed');
  });

  it('is done by another person and another unit than the work', () => {
    given(...accepted)
      .when(close(), { actor: someone })
      .thenRefused('finding.own-work');
    // Whoever reported at any time, from whichever unit.
    const taken = [...assigned, by(lead, measuresReported()), by(reviewer, measuresSentBack())];
    given(...taken, measuresReported('2023-09-20'), by(reviewer, measuresAccepted('2023-09-21')))
      .when(close(), { actor: lead })
      .thenRefused('finding.own-work');
    for (const unit of ['331102', '331121']) {
      const helped = by({ ...someone, id: 'helper', unit: '331121' }, measuresReported());
      given(...assigned, helped, by(reviewer, measuresAccepted()))
        .when(close(), { actor: { ...lead, unit } })
        .thenRefused('finding.own-unit', undefined, undefined, unit);
    }
  });

  it('is free where nothing was assigned', () => {
    given(raised, findingAnswered()).when(close()).then(findingClosed('2023-09-25'));
  });
});

describe('the grounds of a finding', () => {
  const raise = (...grounds: string[]) => make(RaiseFinding, { ...finding, ...raised.data, grounds });

  it.each(['figure/02/331102/2022', 'project/P01', 'snapshot/midterm-2022/1/05/331102', 'promise/T36'])(
    '%s',
    (ground) => {
      given()
        .when(raise(ground))
        .then(findingRaised({ grounds: [ground] }));
      given()
        .when(raise(ground), { known: { ...known, unknownGrounds: [ground] } })
        .thenRefused('finding.unknown-ground', 'grounds', undefined, ground);
    },
  );

  it.each(['figure/02/331102', 'file/a', 'snapshot/midterm-2022/0/05/331102', 'project/P01/1'])('not %s', (ground) => {
    given().when(raise(ground)).thenRefused('finding.ground-form', 'grounds');
  });

  it('none is none', () => {
    given().when(raise()).then(raised);
  });
});

it('the document has owner, due day and every step with who, when and why; an amendment keeps them', async () => {
  const moved = saying(because, by(lead, findingDueMoved()));
  const events = [raised, findingAssigned(), moved, saying(evidence, measuresReported()), findingAmended()];
  const document = await documentOf(
    findingProjection,
    recorded([...events, by(reviewer, measuresAccepted())], { stream: findingStream('lishui', 'I03') }),
  );
  expect(document).toMatchObject({
    ...{ owner: '331102', dueOn: '2023-10-31' },
    steps: [
      { what: 'assigned', on: '2023-07-03', owner: '331102', dueOn: '2023-09-30' },
      { what: 'due-moved', dueOn: '2023-10-31', reason: because.reason, by: lead.name, unit: '331100' },
      { what: 'reported', text: '附表加列合计', ...evidence, knownAt: recordedOn(4), unit: someone.unit },
      { what: 'accepted', on: '2023-09-18', by: reviewer.name },
    ],
  });
});
