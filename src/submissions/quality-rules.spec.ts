import { memoryEngine } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import type { FolderFiles } from '../slice/folder-part.js';
import { readQualityRules } from '../quality/quality.projection.js';

const withRules = (rows: string, changes?: string): FolderFiles => ({
  ...smallPlan(),
  'quality-rules.csv': `id,kind,indicator,percent,days,required\n${rows}`,
  ...(changes !== undefined && { 'changes.csv': `对象,代码,事由\n${changes}` }),
});
const jump = 'jump-03,jump,03,50,,explanation\n';

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine({ clock: new MovingClock('2024-05-01T00:00:00.000Z') });
  await engine.start();
});
afterEach(() => engine.close());

const rules = async () => {
  await engine.caughtUp();
  return readQualityRules(engine.views, 'small');
};

it('are read from a table, all of them as one list', async () => {
  // The jump from 3 to 8 is explained by the reason of its row.
  const files = withRules(`${jump}late,overdue,,,30,\n`);
  const history = files['history.csv']!.replace('8,,,,,2022', '8,,,,两家机构年内投入运营,2022');
  await engine.submissions.submit({ ...files, 'history.csv': history });
  expect(await rules()).toEqual({
    ...{ plan: 'small', version: 1 },
    rules: [
      { id: 'jump-03', kind: 'jump', indicator: '03', percent: '50', required: 'explanation' },
      { id: 'late', kind: 'overdue', days: '30' },
    ],
  });
});

it('point to the cell that is wrong', async () => {
  const refused = engine.submissions.submit(withRules('a,overdue,,,x,\nb,jump,99,,,\n'));
  await expect(refused).rejects.toMatchObject({
    problems: [{ file: 'quality-rules.csv', row: 2, field: 'days', code: 'input.invalid-field' }],
  });
  await expect(engine.submissions.submit(withRules('a,overdue,,,30,\nb,jump,99,50,,\n'))).rejects.toMatchObject({
    problems: [{ file: 'quality-rules.csv', row: 3, field: 'indicator', code: 'quality-rules.unknown-indicator' }],
  });
});

it('change with a row in changes.csv, known from now on', async () => {
  await engine.submissions.submit(withRules('late,overdue,,,30,\n'));
  const changed = 'late,overdue,,,15,\n';
  await expect(engine.submissions.submit(withRules(changed))).rejects.toMatchObject({
    problems: [{ code: 'change.unexplained' }],
  });
  await engine.submissions.submit(withRules(changed, '数据质量规则,,提前报送期限\n'));
  expect(await rules()).toMatchObject({ version: 2, rules: [{ days: '15' }] });
});

it('are the default ones without the table', async () => {
  await engine.submissions.submit(smallPlan());
  expect((await rules()).version).toBe(0);
});
