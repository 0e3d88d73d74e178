import { bilingualPlan } from '../../test/support/bilingual-plan.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { OpenEvaluation, TakeSnapshot } from '../evaluations/evaluation.commands.js';
import type { IndicatorInLanguage } from '../indicators/indicator-in-language.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { createServer, type HttpServer } from '../server.js';
import type { IndicatorHistory } from './indicator-history.js';
import type { OverviewNow } from './overview-later.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';

const plan = 'small';
/** The same plan, written in English. */
function english(): Record<string, string> {
  const files = smallPlan();
  const head = files['plan.yaml']!.replace('plan: small', 'plan: english\nlanguage: en');
  return { ...files, 'plan.yaml': head.replace('title: 小规划', 'title: Plan') };
}
let engine: Engine;
let server: HttpServer;
let url: string;

beforeAll(async () => {
  engine = memoryEngine({ clock: new MovingClock('2025-03-01T00:00:00.000Z') });
  await engine.start();
  await engine.submissions.submit(bilingualPlan());
  await engine.submissions.submit(english());
  for (const each of [plan, 'english']) {
    const evaluation = { plan: each, id: 'midterm' };
    await send(engine, make(OpenEvaluation, { ...evaluation, kind: 'midterm', period: '2022' }));
    await send(engine, make(TakeSnapshot, evaluation));
  }
  await engine.caughtUp();
  server = await createServer(engine, { operatorKey });
  url = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await engine.close();
});

const ask = (path: string, of = plan) => fetch(`${url}/api/plans/${of}${path}`, { headers: asOperator });
const get = async <Body>(path: string) => {
  const response = await ask(path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Body;
};
const namesOf = ({ plan: { title }, areas, units, indicators, language }: OverviewNow) => ({
  language,
  names: [title, ...[...areas, ...units, ...indicators].map(({ name }) => name)],
});

describe('the overview of a bilingual plan', () => {
  it('has the names in the language that is asked for, and the plan’s own where there is none', async () => {
    const names = ['Small plan', 'Happy ageing', '丽水市', 'Liandu District', 'Care consortia'];
    expect(namesOf(await get('/overview?period=2022&language=en'))).toEqual({ language: 'en', names });
    expect(namesOf(await get('/overview?period=2022&language=en-GB'))).toEqual({ language: 'en', names });
  });

  it('has the plan’s own names without a language, and in one that the plan does not have', async () => {
    const names = ['小规划', '幸福颐养标杆区', '丽水市', '莲都区', '康养联合体数'];
    expect(namesOf(await get('/overview?period=2022'))).toEqual({ language: undefined, names });
    expect(namesOf(await get('/overview?period=2022&language=fr'))).toEqual({ language: 'zh-CN', names });
    expect(namesOf(await get('/overview?period=2022&language=zh-CN'))).toEqual({ language: 'zh-CN', names });
  });

  it('carries all translations, whatever the language', async () => {
    const { plan: head, units, indicators } = await get<OverviewNow>('/overview?period=2022');
    expect(head.translations).toEqual({ en: 'Small plan', pt: 'Plano pequeno' });
    expect(units.map(({ translations }) => translations)).toEqual([undefined, { en: 'Liandu District' }]);
    expect(indicators[0]!.translations).toEqual({ en: 'Care consortia' });
  });

  it('has the names of units as they were in the period', async () => {
    const unitIn = async (period: string, language: string) =>
      (await get<OverviewNow>(`/overview?period=${period}&language=${language}`)).units[1]!.name;
    expect([await unitIn('2023', 'en'), await unitIn('2024', 'en')]).toEqual(['Liandu District', 'Chuzhou District']);
    expect([await unitIn('2023', 'pt'), await unitIn('2024', 'pt')]).toEqual(['莲都区', 'Chuzhou']);
  });
});

describe('other answers', () => {
  it('the plan', async () => {
    const { title, language, units } = await get<PlanDocument>('?language=en');
    expect([title, language]).toEqual(['Small plan', 'en']);
    expect(units[1]).toMatchObject({ name: 'Chuzhou District', names: [{ name: 'Liandu District' }] });
    expect(await get<PlanDocument>('')).not.toHaveProperty('language');
  });

  it('the indicators', async () => {
    const named = { name: 'Care consortia', language: 'en', translations: { en: 'Care consortia' } };
    expect(await get<IndicatorInLanguage[]>('/indicators?language=en')).toMatchObject([named]);
    expect(await get<IndicatorInLanguage>('/indicators/03?language=en')).toMatchObject(named);
    const own = { name: '康养联合体数', language: 'zh-CN' };
    expect(await get<IndicatorInLanguage>('/indicators/03?language=pt')).toMatchObject(own);
    expect(await get<IndicatorInLanguage>('/indicators/03')).not.toHaveProperty('language');
  });

  it('the history', async () => {
    const path = '/indicators/03/history?unit=331102';
    const { name, language, points } = await get<IndicatorHistory>(`${path}&language=en`);
    expect([name, language]).toEqual(['Care consortia', 'en']);
    expect(points.find(({ period }) => period === '2022')!.unitName).toBe('Liandu District');
    expect(await get<IndicatorHistory>(path)).toMatchObject({ name: '康养联合体数' });
  });

  it('the report, with the language of each name that is not Chinese', async () => {
    const path = '/evaluations/midterm/snapshots/1/report.html';
    const translated = await (await ask(`${path}?language=en`)).text();
    expect(translated).toContain('<html lang="zh-CN">');
    expect(translated).toContain('<span lang="en">Care consortia</span>');
    expect(translated).toContain('<span lang="en">Small plan</span>');
    expect(translated).toContain('生成本报告时已按此重算，一致');
    expect(translated).not.toContain('莲都区');
    const chinese = await (await ask(path)).text();
    expect(chinese).toContain('莲都区');
    expect(chinese).not.toContain('lang="en"');
  });

  it('the report of a plan in English, whatever the language', async () => {
    for (const query of ['', '?language=zh-CN', '?language=en']) {
      const page = await (await ask(`/evaluations/midterm/snapshots/1/report.html${query}`, 'english')).text();
      expect(page).toContain('<span lang="en">Plan</span>');
    }
  });

  it.each(['EN', 'english', 'en_US', ''])('a language “%s” is refused', async (language) => {
    const response = await ask(`/overview?language=${language}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'input.invalid', problems: [{ field: 'language' }] });
  });
});
