import { useFilter } from '../app/links';
import type { Programme, PromiseNow } from '../api/types';
import { useScope, unitLabel } from '../state/scope';
import { commitmentWords, promiseStateWords } from '../words';
import { Counts } from './Counts';
import { Chips, ListTools, Pick } from './ListTools';
import { Mark } from './Mark';
import { JudgedBy, PresentValue, promisedValue } from './promise-parts';
import { byConcern, countBy, includesText, lightWeight } from './reading';
import { ThingName } from './ThingName';
import { ThingTable } from './ThingTable';
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
const repeating = { repeats: t('与主要指标相同'), own: t('主要指标之外') } as const;

export function PromisesTab({ promises }: { readonly promises: Programme['promises'] }) {
  const { plan, unit } = useScope();
  const { list, counts } = promises;
  const [state, setState] = useFilter<PromiseNow['state']>('state');
  const [kind, setKind] = useFilter<keyof typeof repeating>('kind');
  const [search = '', setSearch] = useFilter('q');
  const shown = list
    .filter(
      (promise) =>
        (state === undefined || promise.state === state) &&
        (kind === undefined || promise.repeats === (kind === 'repeats')) &&
        includesText(search, promise.id, promise.statement, promise.section, promise.indicator),
    )
    .toSorted(byConcern(({ light, state: of }) => (of === 'withdrawn' ? 4 : lightWeight({ light }))));
  const repeats = countBy(list, (promise) => promise.repeats);
  const judged = list.filter((promise) => promise.state !== 'withdrawn');
  const repeated = countBy(judged, (promise) => promise.repeats);
  return (
    <>
      <Counts
        counts={[
          {
            name: t('任务目标数'),
            value: judged.length,
            unit: t('条'),
            note: t('其中 {{count}} 条与主要指标相同', { count: repeated }),
          },
          ...states
            .map((each) => ({ name: promiseStateWords[each], value: counts[each] ?? 0, grave: each === 'not-kept' }))
            .filter(({ value }) => value > 0),
        ]}
      />
      {unit.parent !== undefined && list.length > 0 && (
        <p className="muted other-count">
          {t('任务目标按{{unit}}的数评判，不分单位', { unit: unitLabel(plan.units, unit.parent) })}
        </p>
      )}
      <ListTools search={search} onSearch={setSearch} placeholder={t('任务目标、章节、指标')}>
        <Chips
          label={t('按评判筛选任务目标')}
          total={list.length}
          chosen={state}
          choose={setState}
          choices={states.map((value) => ({
            ...{ value, label: promiseStateWords[value], count: counts[value] ?? 0 },
            light: list.find((promise) => promise.state === value)?.light,
          }))}
        />
        <Pick
          label={t('范围')}
          chosen={kind}
          choose={setKind}
          choices={[
            { value: 'own', label: repeating.own, count: list.length - repeats },
            { value: 'repeats', label: repeating.repeats, count: repeats },
          ]}
        />
      </ListTools>
      <ThingTable
        className="promises"
        caption={t('规划任务目标')}
        columns={columns}
        things={shown}
        line={(promise) => <PromiseLine key={promise.id} promise={promise} />}
        empty={list.length === 0 ? t('没有登记的任务目标') : t('没有符合条件的任务目标')}
      />
    </>
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
