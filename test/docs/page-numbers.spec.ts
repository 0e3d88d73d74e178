import { numberIn } from '../../src/reporting/number-cell.js';

interface Page {
  startLanguage(): Promise<void>;
  readNumber(text: string, unit: string): { number: string } | { flaw: string };
  blockIn(text: string): string[][] | undefined;
}

// By names that the compiler does not follow: the page has a compiler's settings of its own.
const from = (file: string) => import(`../../web/src/${file}`) as Promise<object>;
const page = {
  ...(await from('shared/i18n.ts')),
  ...(await from('reporting/read-number.ts')),
  ...(await from('reporting/block.ts')),
} as Page;

beforeAll(() => {
  // The page says its language there.
  Object.assign(globalThis, { document: { documentElement: {} } });
  return page.startLanguage();
});

const texts = [
  ...[
    '12',
    ' 12.50 ',
    '１２．５',
    '-3',
    '−3',
    '-0',
    '-0.0',
    '0',
    '0.10',
    '007',
    '1,234',
    '12,345.6',
    '1,234,567',
    '１，２３４',
  ],
  ...['12.5%', '12.5％', '１２．５％', '12.5 %', '%', '1,5', '1.2.3', '1,23,456', '0,123', '2024-01-02', '2024年1月'],
  ...['1e5', '1E3', '约30', '30个', '无', '', '+5', '.5', '5.', '½', '①'],
];

/** The page reads numbers before it sends them: as the server reads them, word for word where it refuses. */
it.each(['%', '个', '％'])('numbers counted in %s are read as the server reads them', (unit) => {
  const own = texts.map((text) => page.readNumber(text, unit));
  const server = texts.map((text) => {
    const found = numberIn({ at: '', form: 'text', text }, unit);
    return typeof found === 'string' ? { number: found } : { flaw: found.message };
  });
  const said = (found: { number: string } | { flaw: string }) =>
    // The server speaks of the format of a cell, which a page does not have.
    'flaw' in found ? { flaw: found.flaw.replace('，单元格格式也不要用百分比', '') } : found;
  expect(own.map(said)).toEqual(server.map(said));
});

it('a block of a spreadsheet has its cells row by row', () => {
  expect(page.blockIn('12')).toBeUndefined();
  expect(page.blockIn('1\t2\r\n3\t\r\n')).toEqual([
    ['1', '2'],
    ['3', ''],
  ]);
  expect(page.blockIn('"两行\n说明"\t"引""号"\n')).toEqual([['两行\n说明', '引"号']]);
});
