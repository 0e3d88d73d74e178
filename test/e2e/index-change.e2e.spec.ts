import { Decimal } from 'decimal.js';
import type { IndexMove } from '../../src/evaluations/index-move.js';
import type { IndexState } from '../../src/overview/index-state.js';
import type { OverviewNow } from '../../src/overview/overview-later.js';
import { startTestServer, type TestServer } from '../support/server.js';

describe('the index and its change', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startTestServer()));
  afterAll(() => server.close());

  it('equals the index of the overview for every unit', async () => {
    const { body } = await server.get<IndexState>(`${server.plan}/index?period=2022&asOf=2023-06-30`);
    const { body: overview } = await server.get<OverviewNow>(`${server.plan}/overview?period=2022&asOf=2023-06-30`);
    expect(body.units.map(({ unit, value, coverage }) => ({ unit, value, coverage }))).toEqual(
      overview.indexes.map(({ unit, index: { value, coverage } }) => ({ unit, value, coverage })),
    );
    expect(body).toMatchObject({ period: '2022', asOf: '2023-06-30T15:59:59.999Z', demo: true });
  });

  it('has parts that sum to the change, with the events that caused them', async () => {
    const { body } = await server.get<IndexMove>(`${server.plan}/index/change?period=2022&from=2023-06-30`);
    const sum = body.parts.reduce((total, { change }) => total.plus(change), new Decimal(0));
    expect(sum.toFixed()).toBe(body.change);
    expect(body.parts.find(({ indicator }) => indicator === '02')).toMatchObject({
      causes: [{ cause: 'corrected' }],
      because: [{ label: '更正', actor: { id: 'demo-reporter-331102' } }, { label: '审核通过' }],
    });
    const back = await server.get<IndexMove>(
      `${server.plan}/index/change?fromPeriod=2021&period=2022&from=2023-06-30&unit=331102&area=A1`,
    );
    expect(back.body).toMatchObject({ unit: '331102', area: 'A1', from: { period: '2021' }, to: { period: '2022' } });
  });

  it.each([
    ['index/change?period=2022', 400, 'index.no-start'],
    ['index/change?from=2023-06-30&unit=339999', 404, 'unit.unknown'],
    ['index/change?from=2023-06-30&area=A9', 404, 'area.unknown'],
    ['index/change?from=2020-01-01', 404, 'plan.not-yet-known'],
    ['index/change?from=2023-06-31', 400, 'time.malformed'],
    ['index?period=2022-13', 400, 'input.invalid'],
  ])('%s is refused', async (path, status, code) => {
    expect(await server.get(`${server.plan}/${path}`)).toMatchObject({ status, body: { code } });
  });
});
