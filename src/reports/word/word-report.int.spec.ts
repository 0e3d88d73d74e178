import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { lishui, seedFiles } from '../../../test/support/seeds.js';
import { Bureau } from '../../../test/support/bureau.js';
import type { Report } from '../model.js';
import { snapshotReport } from '../snapshot-report.js';
import { originOf } from './origin.js';
import { paragraphsOf } from './read-docx.js';
import { reconcile, type Deviation } from './reconcile.js';
import { defaultTemplate } from './template.js';
import { wordReport } from './word-report.js';

let report: Report;
let written: Buffer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongjian-word-'));
  const bureau = await Bureau.open(lishui, seedFiles(lishui), seedFiles(`${lishui}-demo`));
  report = snapshotReport(
    ...(await bureau.evaluate({ id: 'midterm-2022', kind: 'midterm', period: '2022' }, '2023-06-30')),
  );
  await bureau.close();
  written = await wordReport(report, { issuer: '丽水市民政局', date: '2023-07-10', number: '丽民〔2023〕1号' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const part = 'word/document.xml';

/** The file after a hand changed its text. */
function edited(file: Uint8Array, change: (xml: string) => string): Uint8Array {
  const entries = unzipSync(file);
  const before = strFromU8(entries[part]!);
  const after = change(before);
  expect(after).not.toBe(before);
  return zipSync({ ...entries, [part]: strToU8(after) });
}

/** The file as LibreOffice saves it. */
function saved(file: Uint8Array): Uint8Array {
  const own = mkdtempSync(join(folder, 'saved-'));
  writeFileSync(join(own, 'report.docx'), file);
  execFileSync(
    process.env.SOFFICE ?? 'soffice',
    [
      ...[`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'docx:MS Word 2007 XML'],
      ...['--outdir', join(own, 'out'), join(own, 'report.docx')],
    ],
    { stdio: 'ignore' },
  );
  return readFileSync(join(own, 'out', 'report.docx'));
}

const reconciled = (file: Uint8Array) => reconcile(report, originOf(file)!, paragraphsOf(file));
const short = (file: Uint8Array) =>
  reconciled(file).deviations.map(({ kind, place, expected, found }) => ({ kind, place, expected, found }));

const textOf = (file: Uint8Array) => paragraphsOf(file).map(({ text }) => text);
/** The first paragraph or row with a text, as it stands in the file. */
function elementWith(xml: string, name: 'w:p' | 'w:tr', text: string): string {
  const found = xml.match(new RegExp(`<${name}[ >](?:(?!<${name}[ >])[^])*?</${name}>`, 'g')) ?? [];
  return found.find((each) => each.replace(/<[^>]*>/g, '').includes(text))!;
}

const mainTable = '主要指标实现情况/主要指标进展情况';

describe('a Word report', () => {
  it('has the numbers of the snapshot, and is in the order of official documents', () => {
    const lines = textOf(written);
    const at = (text: string) => lines.findIndex((line) => line.startsWith(text));
    const order = ['丽民〔2023〕1号', '丽水市民政事业发展“十四五”规划', '2022年中期评估报告', '目　　录', '评估概况'];
    const places = [...order, '总体评价', '附件：1. ', '2023年7月10日', '附件1'].map(at);
    expect(lines[at('2023年7月10日') - 1]).toBe('丽水市民政局');
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(lines.join('\n')).toContain('综合指数为 97.5（9 项主要指标中 8 项有可计分的数据，按权重计覆盖率 88.9%');
    expect(lines.join('\n')).toContain('含示例数据，不得引用。');
    expect(lines.some((line) => line.includes('{{'))).toBe(false);
  });

  it('leads back to the snapshot in each foot and in its last annex', () => {
    const feet = paragraphsOf(written).filter(({ part: of }) => of === '页脚');
    expect(feet.map(({ text }) => text)).toEqual(
      feet.map(() => expect.stringContaining(report.source.contentHash.slice(0, 12)) as string),
    );
    expect(textOf(written).join('\n')).toContain(`${report.source.contentHash}。生成本报告时已按此重算，一致。`);
  });

  it('leaves room for what the bureau did not say of it', async () => {
    const lines = textOf(await wordReport(report, {}));
    expect(lines).toContain('　　　　年　月　日');
    expect(lines.join('\n')).not.toContain('丽民〔2023〕1号');
  });
});

describe('reconciling', () => {
  it('finds nothing in a report that nobody edited, also after LibreOffice saved it', () => {
    expect(reconciled(written).checked).toBeGreaterThan(2000);
    expect(short(written)).toEqual([]);
    expect(short(saved(written))).toEqual([]);
  });

  it('finds a digit that was altered, a row that was deleted, and a table that was pasted', () => {
    const changed = edited(written, (xml) => {
      const row = elementWith(xml, 'w:tr', '07 每万人持证社会工作专业人才数');
      const other = elementWith(xml, 'w:tr', '03 康养联合体数');
      const pasted = '<w:p><w:r><w:t>另据统计，全市共有 4321 人。</w:t></w:r></w:p>';
      return xml
        .replace(row, row.replace('>83.0%<', '>93.0%<'))
        .replace(other, '')
        .replace('<w:body>', `<w:body>${pasted}`);
    });
    for (const file of [changed, saved(changed)]) {
      const found = short(file);
      const of = (kind: Deviation['kind']) => found.filter((each) => each.kind === kind);
      expect(of('altered')).toEqual([
        expect.objectContaining({
          ...{ expected: '83.0%', found: '93.0%' },
          place: `${mainTable}/和谐自治标杆区/07 每万人持证社会工作专业人才数/目标完成率`,
        }),
      ]);
      expect(of('added').map(({ found: number }) => number)).toEqual(['4321']);
      expect(of('removed').length).toBeGreaterThan(5);
      expect(of('removed').every(({ place }) => place!.includes('/03 康养联合体数/'))).toBe(true);
      expect([...of('moved'), ...of('copied')]).toEqual([]);
    }
  });

  it('finds a paragraph that was moved, and one that was copied', () => {
    const moved = edited(written, (xml) => {
      const paragraph = elementWith(xml, 'w:p', '9 项主要指标中，约束性指标');
      const rest = xml.replace(paragraph, '');
      const later = elementWith(rest, 'w:p', '对照规划文本查出的前后矛盾');
      return rest.replace(later, later + paragraph);
    });
    for (const file of [moved, saved(moved)]) {
      const found = short(file);
      expect(found.length).toBeGreaterThan(3);
      expect(found.every(({ kind, expected, found: number }) => kind === 'moved' && expected === number)).toBe(true);
    }
    const copied = edited(written, (xml) => {
      const paragraph = elementWith(xml, 'w:p', '9 项主要指标中，约束性指标');
      return xml.replace(paragraph, paragraph + paragraph);
    });
    expect(new Set(short(copied).map(({ kind }) => kind))).toEqual(new Set(['copied']));
  });

  it('does not name words that were changed around the numbers', () => {
    const changed = edited(written, (xml) => xml.replaceAll('项主要指标中', '项主要的指标当中'));
    expect(short(changed)).toEqual([]);
  });
});

describe('a template of a bureau', () => {
  const template = async (change: (xml: string) => string) => edited(await defaultTemplate(), change);

  it('changes heads, order and words, and its own numbers are not taken for altered ones', async () => {
    const own = await template((xml) =>
      xml.replace('{{正文}}', '热线 12349。{{重大项目：重大工程推进情况}}').replace('{{附件说明}}', '{{正文}}'),
    ).catch((error: unknown) => error);
    // A chapter stands in a paragraph of its own.
    expect(own).toBeInstanceOf(Uint8Array);
    const file = await wordReport(report, {}, own as Uint8Array);
    const lines = textOf(file);
    expect(lines.indexOf('重大工程推进情况')).toBeGreaterThan(0);
    expect(lines.indexOf('重大工程推进情况')).toBeLessThan(lines.indexOf('总体评价'));
    expect(lines).not.toContain('重大项目');
    expect(short(file)).toEqual([]);
  });

  it.each([
    [
      'a name that nothing has',
      (xml: string) => xml.replace('{{正文}}', '{{总体评介}}'),
      /正文第 \d+ 段“{{总体评介}}”：没有名为“总体评介”的占位/,
    ],
    [
      'a brace that is not closed',
      (xml: string) => xml.replace('{{正文}}', '{{正文'),
      /正文第 \d+ 段“{{正文”：“{{”没有配对/,
    ],
    [
      'a chapter in two places',
      (xml: string) => xml.replace('{{附件说明}}', '{{正文}}'),
      /“正文”已在正文第 \d+ 段“{{正文}}”放置，只能放一次/,
    ],
    ['nothing that leads back', (xml: string) => xml.replace('{{附件}}', ''), /没有 {{附件}}，也没有 {{核验}}/],
  ])('is refused with the place named: %s', async (_, change, message) => {
    const refused = wordReport(report, {}, await template(change));
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ code: 'report-template.invalid' });
  });

  it('is refused where it is not a Word file', async () => {
    for (const file of [Buffer.from('no'), zipSync({ 'a.txt': strToU8('no') })]) {
      await expect(wordReport(report, {}, file)).rejects.toMatchObject({ code: 'report-template.not-word' });
    }
  });
});
