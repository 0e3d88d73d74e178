import { lishuiEngine } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';
import { lishui } from '../../test/support/seeds.js';
import type { Engine } from '../engine.js';
import type { ProblemDetails } from '../http/api-models.js';
import { createServer, type HttpServer } from '../server.js';
import type { Margins } from './what-if.controller.js';
import type { WhatIf } from './what-if.js';

let engine: Engine;
let server: HttpServer;
let url: string;

beforeAll(async () => {
  engine = await lishuiEngine({ clock: new MovingClock('2026-10-01T00:00:00.000Z') });
  server = await createServer(engine, { operatorKey });
  url = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await engine.close();
});

async function ask<Body = WhatIf>(changes: readonly object[], rest: object = { period: '2022' }): Promise<Body> {
  const response = await fetch(`${url}/api/plans/${lishui}/what-if`, {
    method: 'POST',
    headers: { ...asOperator, 'content-type': 'application/json' },
    body: JSON.stringify({ ...rest, changes }),
  });
  return (await response.json()) as Body;
}

const refusals = async (changes: readonly object[], rest?: object) => {
  const { code, problems = [] } = await ask<ProblemDetails>(changes, rest);
  return [code, ...problems.map((problem) => `${problem.field}: ${problem.code}`)];
};

const county = { code: '02', unit: '331102', period: '2022' };

describe('what if', () => {
  it('a county had reported another value: its verdict and that of the city, each with the change behind it', async () => {
    const head = await engine.log.head();
    const { differences, flips, changes } = await ask([{ kind: 'value', ...county, value: '57.0' }]);
    expect(changes).toEqual([
      { kind: 'value', label: '假设数值', ...county, from: '54.2（2107 ÷ 3891）', to: '57.0（2217.87 ÷ 3891）' },
    ]);
    const of = { indicator: '02', changes: [0] };
    expect(differences.filter(({ aspect }) => aspect === 'value' || aspect === 'status')).toEqual([
      { ...of, aspect: 'value', unit: '331100', from: '54.9（54.932668）', to: '55.5（55.485636）' },
      { ...of, aspect: 'status', unit: '331100', from: 'roughly', to: 'ahead' },
      { ...of, aspect: 'value', unit: '331102', from: '54.2', to: '57.0' },
      { ...of, aspect: 'status', unit: '331102', from: 'severely-behind', to: 'ahead' },
    ]);
    expect(flips.filter(({ conclusion }) => conclusion === 'status')).toEqual([
      {
        ...of,
        conclusion: 'status',
        unit: '331100',
        from: 'roughly',
        to: 'ahead',
        lights: { from: 'yellow', to: 'green' },
      },
      {
        ...{ ...of, conclusion: 'status', unit: '331102', from: 'severely-behind', to: 'ahead' },
        lights: { from: 'red', to: 'green' },
      },
    ]);
    expect(differences.find(({ subject }) => subject === 'T05')).toMatchObject({
      ...{ aspect: 'promise', from: '未实现 · 54.9 · 目标 55', to: '已实现 · 55.5 · 目标 55', changes: [0] },
    });
    expect(await engine.log.head()).toBe(head);
  });

  it('a figure was withdrawn: the city has no value any more', async () => {
    const { flips } = await ask([{ kind: 'withdraw', ...county }]);
    expect(flips.filter(({ unit, conclusion }) => unit === '331100' && conclusion === 'status')).toMatchObject([
      { indicator: '02', from: 'roughly', to: 'no-data', changes: [0] },
    ]);
  });

  it('each of several changes is told apart: a weight moves the index only, a threshold every indicator', async () => {
    const { differences } = await ask([
      { kind: 'weight', code: '02', value: '3' },
      { kind: 'threshold', threshold: 'status.ahead', value: '6' },
    ]);
    const said = (aspect: string) => differences.filter((difference) => difference.aspect === aspect);
    expect(said('indicator')).toEqual([
      { aspect: 'indicator', indicator: '02', from: '权重 1', to: '权重 3', changes: [0] },
    ]);
    expect(said('rules')).toEqual([
      {
        ...{ aspect: 'rules', changes: [1] },
        from: '第 1 版 · 快于预期：领先不少于 5',
        to: '第 1 版 · 快于预期：领先不少于 6',
      },
    ]);
    expect(said('status').map(({ changes }) => changes)).toEqual(said('status').map(() => [1]));
    expect(said('status').length).toBeGreaterThan(0);
    expect(said('index').every(({ changes }) => changes.includes(0))).toBe(true);
  });

  it('a target were another one, and its first version restored; the default rules were those of the plan', async () => {
    const target = { code: '03', unit: '331100', period: '2022' };
    const { changes, differences } = await ask([{ kind: 'target', ...target, value: '60' }]);
    expect(changes).toMatchObject([{ label: '假设目标', to: '60' }]);
    expect(differences).toContainEqual(expect.objectContaining({ aspect: 'status', unit: '331100', indicator: '03' }));
    const restored = await ask([{ kind: 'target-version', ...target, version: 1 }]);
    expect(restored.differences).toEqual([]);
    expect((await ask([{ kind: 'rules', version: 0 }])).differences[0]).toMatchObject({
      ...{ aspect: 'rules', from: '第 1 版', to: '第 0 版', changes: [0] },
    });
  });

  it('nothing were otherwise: nothing is', async () => {
    expect(await ask([])).toMatchObject({ period: '2022', changes: [], differences: [], flips: [] });
    expect(await ask([], { period: '2022', asOf: '2023-06-30' })).toMatchObject({ differences: [], flips: [] });
  });

  it('changes are refused all together, each by its place, its field and its rule', async () => {
    expect(
      await refusals([
        { kind: 'value', code: '99', unit: '331102', period: '2022', value: '1' },
        { kind: 'value', ...county },
        { kind: 'value', ...county, unit: '331121', value: 'many' },
        { kind: 'withdraw', ...county, value: '1' },
        { kind: 'withdraw', ...county, unit: '999999' },
        { kind: 'target', code: '03', unit: '331100', period: '2031', value: '5' },
        { kind: 'target', code: '03', unit: '331100', period: '2025', value: '大约' },
        { kind: 'target-version', code: '03', unit: '331100', period: '2024', version: 7 },
        { kind: 'weight', code: '02', value: '-1' },
        { kind: 'threshold', threshold: 'status.ahead', value: '-9' },
        { kind: 'rules', version: 9 },
        { kind: 'weight', code: '02', value: '2' },
        { kind: 'target', code: '03', unit: '331100', period: '2022', value: '=1.3*value("04")' },
      ]),
    ).toEqual([
      'what-if.refused',
      'changes.1.value: what-if.field-missing',
      'changes.3.value: what-if.field-unused',
      'changes.11: what-if.twice',
      'changes.0: indicator.unknown',
      'changes.2.value: what-if.not-a-number',
      'changes.4: unit.unknown',
      'changes.5.period: target.outside-plan',
      'changes.6.value: what-if.not-a-target',
      'changes.7.version: what-if.target-version',
      'changes.8.value: indicator.weight',
      'changes.12.value: target.rule-kind',
      'changes.10.version: what-if.rules-version',
      'changes.9.value: evaluation-rules.order',
      'changes.9.value: evaluation-rules.on-schedule',
    ]);
    expect(await refusals([{ kind: 'withdraw', ...county }], { period: '2022', asOf: '2022-12-31' })).toEqual([
      ...['what-if.refused', 'changes.0.period: what-if.no-value'],
    ]);
    const [code] = await refusals([{ kind: 'withdraw', ...county, why: 'x' }]);
    expect(code).toBe('input.invalid');
  });
});

describe('margins', () => {
  const get = async (query: string) =>
    (await (await fetch(`${url}/api/plans/${lishui}/margins?${query}`, { headers: asOperator })).json()) as Margins;

  it('name the least change of a numerator either way, and what is computed', async () => {
    const { cells } = await get('period=2022');
    const of = (code: string, unit: string) => cells.find((cell) => cell.indicator === code && cell.unit === unit);
    expect(of('02', '331121')).toEqual({
      ...{ indicator: '02', unit: '331121', period: '2022', shown: '54.9', status: 'as-expected', light: 'green' },
      ...{ basis: 'numerator', reported: '2161', step: '1', denominator: '3933' },
      up: { change: '+9', becomes: '2170', shown: '55.2', status: 'ahead', light: 'green' },
      down: { change: '-1', becomes: '2160', shown: '54.9', status: 'roughly', light: 'yellow' },
    });
    expect(of('03', '331126')).toMatchObject({ basis: 'value', reported: '2', up: { becomes: '3' } });
    expect(of('02', '331100')).toMatchObject({ basis: 'computed' });
    expect(of('02', '331102')?.down).toBeUndefined();
  });

  it('are those of one unit where one is asked for', async () => {
    const { cells } = await get('period=2022&unit=331121');
    expect(new Set(cells.map(({ unit }) => unit))).toEqual(new Set(['331121']));
  });

  it('a change by a margin is a what-if that flips the verdict', async () => {
    const becomes = { numerator: '2160', denominator: '3933' };
    const { flips } = await ask([{ kind: 'value', code: '02', unit: '331121', period: '2022', ...becomes }]);
    expect(flips).toContainEqual(
      expect.objectContaining({ conclusion: 'status', unit: '331121', from: 'as-expected', to: 'roughly' }),
    );
  });
});
