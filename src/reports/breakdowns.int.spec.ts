import { brokenDownPlan } from '../../test/support/broken-down-plan.js';
import { Bureau, textOf } from '../../test/support/bureau.js';
import { htmlReport } from './html-report.js';
import { snapshotReport } from './snapshot-report.js';

it('the detail of an indicator in a report has the parts of its value, and names the units that lack them', async () => {
  const bureau = await Bureau.open('small', brokenDownPlan());
  const page = htmlReport(
    snapshotReport(...(await bureau.evaluate({ id: 'midterm-2022', kind: 'midterm', period: '2022' }))),
  );
  await bureau.close();
  expect(textOf(page)).toContain('性别：女 3（占 37.5%）、男 5（占 62.5%）；城乡：1 个单位未报这一分组（莲都区）');
});
