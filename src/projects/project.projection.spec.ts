import {
  invested,
  investmentCorrected,
  progressed,
  projectAmended,
  projectCancelled,
  projectCompleted,
  projectRegistered,
  projectResumed,
  projectStarted,
  projectSuspended,
  rescheduled,
} from '../../test/support/examples/projects.js';
import { planDrafted } from '../../test/support/examples/plans.js';
import { idAt, interleaved, recorded, recordedOn, saying, someone, type Said } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { ProjectReportWithdrawn, projectStream, type ProjectEvent } from './project.events.js';
import { projectProjection, type ProjectDocument } from './project.projection.js';

const stream = projectStream('lishui', 'P01');
const after = (...events: readonly Said<ProjectEvent>[]): Promise<ProjectDocument> =>
  documentOf(projectProjection, recorded(events, { stream }));
const reporting = (position: number, more: object = {}) => ({
  ...{ eventId: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`, knownAt: recordedOn(position) },
  ...{ by: someone.name, demo: false },
  ...more,
});

const registered = projectRegistered();

describe('the document of a project', () => {
  it('holds the registered data and empty lists', async () => {
    expect(await after(registered)).toEqual({
      ...{ ...registered.data, plan: 'lishui', id: 'P01', demo: false, demoContent: false },
      ...{ steps: [], progress: [], investments: [], reschedulings: [] },
    });
  });

  it('lists every transition with day, reporter, known time and reason', async () => {
    const { steps } = await after(
      registered,
      projectStarted(),
      saying({ reason: '征地' }, projectSuspended()),
      projectResumed(),
      projectCompleted(),
    );
    expect(steps).toEqual([
      { to: 'started', on: '2022-03-01', ...reporting(2) },
      { to: 'suspended', on: '2022-08-01', ...reporting(3, { reason: '征地' }) },
      { to: 'started', on: '2022-12-01', ...reporting(4) },
      { to: 'completed', on: '2023-11-20', ...reporting(5) },
    ]);
    expect((await after(registered, projectCancelled())).steps.map(({ to }) => to)).toEqual(['cancelled']);
  });

  it('takes the amended content whole and keeps what was reported', async () => {
    const life = [registered, projectStarted(), progressed('2022-06-30', '45'), invested('2022-06-30', '5000')];
    const before = await after(...life, rescheduled('2023', '2024'));
    const { category: _, ...data } = projectAmended({ investment: '4000' }).data;
    const { steps, progress, investments, reschedulings } = before;
    expect(await after(...life, rescheduled('2023', '2024'), { type: 'ProjectAmended', data })).toEqual({
      ...{ ...data, plan: 'lishui', id: 'P01', steps, progress, investments, reschedulings },
      ...{ demo: false, demoContent: false },
    });
    expect((await after(registered, saying({ demo: true }, projectAmended({ line: 1 })))).demo).toBe(true);
  });

  it('lists every report of progress and every rescheduling', async () => {
    const document = await after(
      registered,
      projectStarted(),
      progressed('2022-06-30', '45', '主体封顶'),
      saying({ reason: '汛期' }, rescheduled('2023', '2024-06')),
      progressed('2022-09-30', '50'),
    );
    expect(document.progress).toEqual([
      { on: '2022-06-30', percent: '45', text: '主体封顶', ...reporting(3) },
      { on: '2022-09-30', percent: '50', ...reporting(5) },
    ]);
    expect(document.reschedulings).toEqual([{ from: '2023', to: '2024-06', ...reporting(4, { reason: '汛期' }) }]);
    expect(document.plannedEnd).toBe('2023');
  });

  it('holds the current investment of each day, with those that it corrects', async () => {
    const { investments } = await after(
      registered,
      invested('2022-06-30', '1000'),
      invested('2022-12-31', '2500'),
      saying({ reason: '误含土地款' }, investmentCorrected('2022-06-30', '1000', '900')),
      saying({ reason: '再核' }, investmentCorrected('2022-06-30', '900', '950')),
    );
    const first = { on: '2022-06-30', amount: '1000', ...reporting(2) };
    const corrected = { on: '2022-06-30', amount: '900', corrects: first, ...reporting(4, { reason: '误含土地款' }) };
    expect(investments).toEqual([
      { on: '2022-06-30', amount: '950', corrects: corrected, ...reporting(5, { reason: '再核' }) },
      { on: '2022-12-31', amount: '2500', ...reporting(3) },
    ]);
  });

  it('is without what was withdrawn; as known before, that is there', async () => {
    const life = [
      registered,
      projectStarted(),
      saying({ demo: true }, invested('2022-06-30', '1000')),
      investmentCorrected('2022-06-30', '1000', '900'),
    ];
    const withdrawn = (place: number) =>
      ProjectReportWithdrawn.of({ eventId: idAt(place), type: 'InvestmentCorrected', revision: place - 1 });
    const events = recorded([...life, withdrawn(4), withdrawn(3), withdrawn(2)], { stream });
    const versions = (await projected(projectProjection, events)).get('lishui/P01')!.map(({ body }) => body);
    expect(versions.slice(4)).toEqual([versions[2], versions[1], versions[0]]);
    expect(versions.map(({ demo }) => demo)).toEqual([false, false, true, true, true, false, false]);
  });

  it('stays marked as demonstration data once any event was', async () => {
    expect((await after(registered, saying({ demo: true }, projectStarted()), projectCompleted())).demo).toBe(true);
    expect((await after(saying({ demo: true }, registered), projectStarted())).demo).toBe(true);
    expect((await after(registered, projectStarted())).demo).toBe(false);
  });
});

it('each project has its own document with one version per event; other streams have none', async () => {
  const log = interleaved(
    recorded([registered, projectStarted()], { stream }),
    recorded([projectRegistered({ unit: '331121' })], { stream: projectStream('lishui', 'P02') }),
    recorded([planDrafted], { stream: 'plan-lishui' }),
  );
  const documents = await projected(projectProjection, log);
  expect([...documents.keys()].sort()).toEqual(['lishui/P01', 'lishui/P02']);
  expect(documents.get('lishui/P01')!.map(({ position, body }) => [position, body.steps.length])).toEqual([
    ['1', 0],
    ['4', 1],
  ]);
});

it('a transition before the registration stops the projection', async () => {
  await expect(after(projectStarted())).rejects.toThrow('ProjectStarted before the project was registered');
});
