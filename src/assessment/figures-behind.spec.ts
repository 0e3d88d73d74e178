import type { Unit } from '../plans/units-in-time.js';
import { figuresBehind, type FigureAt } from './figures-behind.js';
import type { Finding, FormulaInput, Measured } from './measured.js';

const unit = (code: string, parent?: string): Unit => ({
  ...{ code, name: code, level: 'county' },
  ...(parent !== undefined && { parent }),
});
/** A city, two counties, and a town of the first. */
const units = [unit('city'), unit('a', 'city'), unit('b', 'city'), unit('a1', 'a')];

const measured = (more: Partial<Measured> = {}): Measured => ({
  ...{ shown: '1', exact: '1', source: 'reported', approved: true, corrections: 0, comparable: true, demo: false },
  ...more,
});
const sum = (...parts: string[]) => measured({ source: 'computed', parts });
const input = (code: string, period = '2022', inputs?: FormulaInput[]): FormulaInput => ({
  ...{ code, name: code, period },
  ...(inputs && { inputs }),
});

type Findings = Readonly<Record<string, Finding>>;
const nameOf = ({ code, unit: of, period }: FigureAt) => `${code} ${of} ${period}`;
const behind = (findings: Findings, of = 'city') =>
  figuresBehind(
    { code: 'X', unit: of, period: '2022' },
    (at) => findings[nameOf(at)],
    () => units,
  ).map(nameOf);

describe('behind a value stands', () => {
  it('its own figure alone where it was reported', () => {
    expect(behind({ 'X city 2022': measured() })).toEqual(['X city 2022']);
  });

  it('what was summed up, down to the units that reported', () => {
    const findings = { 'X city 2022': sum('a', 'b'), 'X a 2022': sum('a1'), 'X b 2022': measured() };
    expect(behind({ ...findings, 'X a1 2022': measured() })).toEqual([
      'X city 2022',
      'X a 2022',
      'X a1 2022',
      'X b 2022',
    ]);
  });

  it('what is there, and what is lacking, of a sum that is not complete', () => {
    const incomplete: Finding = {
      ...{ absent: 'incomplete', lacking: ['b'], demo: false },
      partial: { shown: '1', exact: '1', parts: ['a'] },
    };
    const none: Finding = { absent: 'not-reported', demo: false };
    expect(behind({ 'X city 2022': incomplete, 'X a 2022': measured(), 'X b 2022': none })).toEqual([
      ...['X city 2022', 'X a 2022', 'X b 2022'],
    ]);
  });

  it('the standard of the units above, and of no unit beside it', () => {
    expect(behind({ 'X a 2022': measured({ source: 'common' }) }, 'a')).toEqual(['X a 2022', 'X city 2022']);
  });

  it('the inputs of its formula and what those were made of, each once', () => {
    const findings = {
      'X city 2022': measured({ inputs: [input('Y'), input('Y', '2021'), input('Z')] }),
      'Y city 2022': sum('a', 'b'),
      'Y city 2021': measured(),
      'Z city 2022': measured({ inputs: [input('Y'), input('W')] }),
      ...{ 'Y a 2022': measured(), 'Y b 2022': measured(), 'W city 2022': measured() },
    };
    expect(behind(findings)).toEqual([
      ...['X city 2022', 'Y city 2022', 'Y a 2022', 'Y b 2022', 'Y city 2021', 'Z city 2022', 'W city 2022'],
    ]);
  });

  it('the inputs of a formula that gives nothing', () => {
    const uncomputed: Finding = {
      absent: 'uncomputed',
      inputs: [input('Y')],
      lackingInputs: [input('Y')],
      demo: false,
    };
    const none: Finding = { absent: 'not-reported', demo: false };
    expect(behind({ 'X city 2022': uncomputed, 'Y city 2022': none })).toEqual(['X city 2022', 'Y city 2022']);
  });

  it('where it is not known how an input was made: its figures at all units above and below', () => {
    const findings = { 'X a 2022': measured({ inputs: [input('Y', '2022', [input('W')])] }) };
    expect(behind(findings, 'a')).toEqual([
      ...['X a 2022', 'Y a 2022', 'Y city 2022', 'Y a1 2022'],
      ...['W a 2022', 'W city 2022', 'W a1 2022'],
    ]);
  });
});
