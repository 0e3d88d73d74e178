import { PlanShape } from '../data.mjs';
import { built } from '../engine.mjs';
import { cpuSeconds, emptyFolder, round } from '../harness.mjs';

const { openEmbedded } = await built('engine');
const { madeWorkbook } = await built('reporting/make-workbook');
const { readReportFile } = await built('reporting/read-report');
const { workbookContent } = await built('reporting/workbook-content');
const { default: exceljs } = await import('exceljs');

export const title = 'A county’s yearly workbook: made, filled in, tried out and applied';

const [plan, unit, period] = ['bench', '990001', '2018'];
const actor = { id: 'clerk-990001', name: '示例县填报员', unit, roles: ['reporter'], means: 'import' };

export async function measure({ parent, quick }) {
  const count = quick ? 200 : 2_000;
  const shape = new PlanShape({ indicators: count, units: 3, periods: 2 });
  const engine = openEmbedded(emptyFolder(parent, 'workbook'));
  await engine.start();
  await engine.submissions.submit(shape.files(), undefined, shape.acceptance);
  await engine.caughtUp(600_000);

  const timed = async (work) => {
    const [started, cpu] = [performance.now(), cpuSeconds()];
    const result = await work();
    return { seconds: (performance.now() - started) / 1000, cpu: cpuSeconds() - cpu, result };
  };
  const question = { plan, unit, period, asOf: {}, now: engine.clock.now() };
  const made = await timed(async () =>
    madeWorkbook(await workbookContent(engine.views, engine.log, question), question.now),
  );
  const bytes = await filledIn(made.result);
  const report = async () => ({
    ...{ plan, actor, accepted: [], file: { name: '报表.xlsx', bytes } },
    given: await readReportFile({ name: '报表.xlsx', bytes }),
  });
  const tried = await timed(async () => engine.unitReports.tryOut(await report()));
  const accepted = tried.result.unaccepted;
  const applied = await timed(async () => engine.unitReports.submit({ ...(await report()), accepted }));
  const again = await timed(async () => engine.unitReports.submit({ ...(await report()), accepted }));
  await engine.close();
  const found = [tried.result.counts.new, applied.result.events, again.result.events];
  if (found.join() !== [count, count, 0].join()) throw new Error(`${found.join(', ')} of ${count} rows`);

  const row = (name, { seconds, cpu }) => ({ name, seconds: round(seconds), 'CPU s': round(cpu) });
  const goal = (name, { seconds }, most) => ({
    name: `${name}, ${count} rows`,
    goal: `≤ ${most} s`,
    value: round(seconds),
    met: (value) => value <= most,
  });
  return {
    rows: [
      row(`the workbook of ${count} rows made, ${Math.round(bytes.length / 1024)} KiB`, made),
      row('read and tried out', tried),
      row('read and applied', applied),
      row('read and applied again: nothing', again),
    ],
    goals: [goal('dry run', tried, 3), goal('applied', applied, 5)],
  };
}

/** Every row gets a number in the first of its number cells that is open. */
async function filledIn(bytes) {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes);
  const sheet = workbook.getWorksheet('指标');
  const column = (name) => sheet.getRow(5).values.indexOf(name);
  sheet.eachRow((row, number) => {
    if (number <= 5 || row.getCell(column('系统键')).text === '') return;
    const cell = row.getCell(column('数值'));
    if (cell.protection?.locked === false) cell.value = 40 + (number % 50);
    else {
      row.getCell(column('分子')).value = 400 + (number % 50);
      row.getCell(column('分母')).value = 1000;
    }
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
