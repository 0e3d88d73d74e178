import { Bureau, textOf } from '../../test/support/bureau.js';
import { programmeFolder } from '../../test/support/programme-folder.js';
import { WithdrawFinding } from '../findings/finding.commands.js';
import { WithdrawPromise } from '../promises/promise.commands.js';
import { DropTask } from '../tasks/task.commands.js';
import { htmlReport } from './html-report.js';
import { snapshotReport } from './snapshot-report.js';

let report: string;

beforeAll(async () => {
  const bureau = await Bureau.open('small', programmeFolder());
  await bureau.send(DropTask, { id: 'D02', on: '2023-09-01', reason: '并入省平台' });
  await bureau.send(WithdrawPromise, { id: 'T05', reason: '原文误读' });
  await bureau.send(WithdrawFinding, { id: 'I02', reason: '并非问题' });
  report = textOf(
    htmlReport(snapshotReport(...(await bureau.evaluate({ id: 'annual-2024', kind: 'annual', period: '2024' })))),
  );
  await bureau.close();
}, 60_000);

it('a dropped task is listed with its reason, counted apart and not among the overdue', () => {
  expect(report).toContain('重点任务共 2 项（另有 1 项已取消，不计在内）');
  expect(report).toContain('规划写明期限的 1 项中，逾期未完成 1 项');
  expect(report).toMatch(/行动计划 任务数 已完成 完成率 推进中 未报进展 其中逾期 另已取消/);
  expect(report).toMatch(/不属于任何行动计划 2 0 0\.0% 1 1 1 1/);
  expect(report).toMatch(/D02 建立数据平台 — 2023年上半年 已取消 并入省平台2023-09-01/);
  expect(report).toContain('任务逾期 1 D01 编制服务清单');
  expect(report).toMatch(/重点任务（项） 2 完成 0 0\.0% 推进中 1，未报进展 1 逾期未完成 1，取消 1/);
});

it('a withdrawn promise is listed with its reason and not judged', () => {
  expect(report).toContain('有数量或时间要求的承诺共 8 条');
  expect(report).toContain('；另有 1 条已撤销，不计在内。');
  expect(report).toMatch(/已撤销 1 — T05/);
  expect(report).toMatch(/T05 覆盖率保持100%撤销：原文误读 H1 2025年 — — \S*已撤销/);
  expect(report).toMatch(/规划承诺（条） 8 兑现 2 25\.0% .*，撤销 1/);
});

it('a withdrawn finding is listed last with its reason, and not counted', () => {
  expect(report).toContain('疑点共 2 条（较重 1 条，一般 1 条）');
  expect(report).toContain('；另有 1 条已撤销，不计在内。');
  expect(report).toMatch(/已撤销（1 条）\s*I02 承诺 T01 目标低于基数.*已撤销.*撤销：并非问题/);
});
