import { useFilter } from '../app/links';
import { useList } from '../api/programme-calls';
import type { Light, PromiseNow } from '../api/types';
import { useScope, unitLabel } from '../state/scope';
import { commitmentWords, promiseStateWords } from '../words';
import { Counts } from './Counts';
import { ListPage } from './ListPage';
import { Chips, choicesOf, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import { JudgedBy, PresentValue, promisedValue } from './promise-parts';
import { ThingName } from './ThingName';
import { More, ThingTable } from './ThingTable';
import { t } from '../shared/i18n';

const columns = [
  { title: t('任务目标') },
  { title: t('期限') },
  { title: t('目标值'), number: true },
  { title: t('现值'), number: true },
  { title: t('评判') },
  { title: t('评判依据') },
];

const states = ['not-kept', 'behind', 'roughly', 'on-track', 'kept', 'no-data', 'open', 'withdrawn'] as const;
const stateLights: Readonly<Record<PromiseNow['state'], Light>> = {
  'not-kept': 'red',
  behind: 'red',
  roughly: 'yellow',
  'on-track': 'green',
  kept: 'green',
  'no-data': 'grey',
  open: 'grey',
  withdrawn: 'grey',
};
const kindWords = { own: t('主要指标之外'), repeats: t('与主要指标相同') } as const;

const lineOfPromise = (promise: PromiseNow) => <PromiseLine key={promise.id} promise={promise} />;

export function PromisesPage() {
  const { plan, unit, period, moment } = useScope();
  const [state, setState] = useFilter<PromiseNow['state']>('state');
  const [kind, setKind] = useFilter<keyof typeof kindWords>('kind');
  const [q, setSearch] = useFilter('q');
  const list = useList('promises', { plan: plan.plan, period, moment }, { state, kind, q });
  return (
    <ListPage title={t('规划任务目标')} list={list}>
      {({ all, counts, summary }) => (
        <>
          <Counts
            counts={[
              {
                name: t('任务目标数'),
                value: all - (counts.state?.withdrawn ?? 0),
                unit: t('条'),
                note: t('其中 {{count}} 条与主要指标相同', { count: summary?.repeated ?? 0 }),
              },
              ...states
                .map((each) => ({
                  ...{ name: promiseStateWords[each], value: counts.state?.[each] ?? 0 },
                  grave: each === 'not-kept',
                }))
                .filter(({ value }) => value > 0),
            ]}
          />
          {unit.parent !== undefined && all > 0 && (
            <p className="muted other-count">
              {t('任务目标按{{unit}}的数评判，不分单位', { unit: unitLabel(plan.units, unit.parent) })}
            </p>
          )}
          <ListTools search={q} onSearch={setSearch} placeholder={t('任务目标、章节、指标')}>
            <Chips
              label={t('按评判筛选任务目标')}
              total={all}
              chosen={state}
              choose={setState}
              choices={states.map((value) => ({
                ...{ value, label: promiseStateWords[value], count: counts.state?.[value] ?? 0 },
                light: stateLights[value],
              }))}
            />
            <Pick label={t('范围')} chosen={kind} choose={setKind} choices={choicesOf(kindWords, counts.kind)} />
          </ListTools>
          <ThingTable
            className="promises"
            caption={t('规划任务目标')}
            columns={columns}
            pages={list.data?.pages ?? []}
            line={lineOfPromise}
            empty={all === 0 ? t('没有登记的任务目标') : t('没有符合条件的任务目标')}
          >
            <More list={list} isFollowing />
          </ThingTable>
        </>
      )}
    </ListPage>
  );
}

function PromiseLine({ promise }: { readonly promise: PromiseNow }) {
  const { id, statement, section, line, commitment, period, state, light, because } = promise;
  return (
    <tr data-thing={`promises/${id}`}>
      <ThingName thing={{ resource: 'promises', id }} name={statement}>
        {[
          section,
          line !== undefined && t('第 {{line}} 行', { line }),
          commitment !== 'firm' && commitmentWords[commitment],
        ]
          .filter(Boolean)
          .join(' · ')}
      </ThingName>
      <td data-label={t('期限')} className="period">
        {period ?? <span className="none">{t('未写年份')}</span>}
      </td>
      <td data-label={t('目标值')} className="number">
        {promisedValue(promise) ?? <span className="none">—</span>}
      </td>
      <td data-label={t('现值')} className="number">
        <PresentValue promise={promise} />
      </td>
      <td data-label={t('评判')}>
        <Mark light={light}>{promiseStateWords[state]}</Mark>
        {because !== undefined && <small className="muted">{because}</small>}
      </td>
      <td data-label={t('评判依据')}>
        <JudgedBy promise={promise} />
      </td>
    </tr>
  );
}
