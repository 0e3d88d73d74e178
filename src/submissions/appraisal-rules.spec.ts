import { memoryEngine } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { defaultAppraisalRules } from '../appraisal-rules/appraisal-rules.js';
import { readAppraisalRules } from '../appraisal-rules/appraisal-rules.projection.js';
import type { Engine } from '../engine.js';
import type { FolderFiles } from '../slice/folder-part.js';

const rulesText = ({ days = 7, weight = "'60'", more = '' } = {}) => `
source: 某市考核办法（示例）
objectionDays: ${days}
${more}
items:
  - code: timeliness
    name: 报送及时
    weight: ${weight}
    base: owed
    losses:
      - count: overdue
        factor: '1'
`;
const withRules = (text: string): FolderFiles => ({ ...smallPlan(), 'appraisal-rules.yaml': text });

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine({ clock: new MovingClock('2024-05-01T00:00:00.000Z') });
  await engine.start();
});
afterEach(() => engine.close());

const rules = async (knownAt?: string) => {
  await engine.caughtUp();
  return readAppraisalRules(engine.views, 'small', knownAt === undefined ? undefined : { knownAt });
};

it('are read from the folder, and a new version leaves the earlier one in force up to its day', async () => {
  await engine.submissions.submit(withRules(rulesText()));
  const first = await rules();
  expect(first).toMatchObject({ version: 1, source: '某市考核办法（示例）', objectionDays: 7 });
  await engine.submissions.submit(withRules(rulesText({ days: 3, more: "knownAt: '2024-04-01'" })));
  expect(await rules()).toMatchObject({ version: 2, objectionDays: 3 });
  expect(await rules('2024-03-31T00:00:00.000Z')).toEqual(first);
});

it('point to the place that is wrong', async () => {
  const problems = (text: string) =>
    engine.submissions.submit(withRules(text)).catch((error: { problems: readonly object[] }) => error.problems);
  expect(await problems(rulesText({ weight: '60' }))).toMatchObject([
    { file: 'appraisal-rules.yaml', row: 8, field: 'items.0.weight', code: 'input.invalid-field' },
  ]);
  expect(await problems(rulesText({ weight: "'0'" }))).toMatchObject([
    { file: 'appraisal-rules.yaml', row: 8, field: 'items.0.weight', code: 'appraisal-rules.number' },
  ]);
});

it('are Tongjian’s defaults without the file', async () => {
  await engine.submissions.submit(smallPlan());
  expect(await rules()).toEqual({ plan: 'small', version: 0, ...defaultAppraisalRules });
});
