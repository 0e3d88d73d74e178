import { Skeleton, Space } from 'antd';
import { useEarlyWarnings } from '../api/forecast-calls';
import type { EarlyWarning, EarlyWarnings } from '../api/types';
import { IndicatorLink } from '../app/links';
import { figure } from '../format';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { LightIcon } from '../shared/LightIcon';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { UnitsOrOne, useOneUnit } from '../shared/UnitsOrOne';
import { t } from '../shared/i18n';
import { unitLabel, useScope } from '../state/scope';
import { attributeWords, lightWords } from '../words';
import { BackTestSection } from './BackTestSection';
import { ProgrammeWarnings } from './ProgrammeWarnings';
import { expectedWords, intervalText, methodWords, paceText } from './forecast-words';

/** 预警: what is expected to miss its target or to be late, and how far the methods can be trusted. */
export function WarningsPage() {
  const { plan, period, moment, momentText } = useScope();
  const own = useOneUnit();
  const seen = { plan: plan.plan, period, moment };
  const { data, error, refetch, isFetching } = useEarlyWarnings(seen, own);
  return (
    <div data-testid="warnings" data-settled={!isFetching}>
      <PageHead
        title={t('预警')}
        note={t('{{period}} 期间 · 截至 {{moment}} 掌握的数据；按已有数值和进度推算，供及早应对，不作评价', {
          period,
          moment: momentText,
        })}
      >
        <UnitsOrOne />
      </PageHead>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <>
          <Counts counts={data.counts} />
          <Warnings warnings={data.warnings} />
          <ProgrammeWarnings programme={data.programme} />
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
      <BackTestSection seen={seen} unit={own} />
    </div>
  );
}

function Counts({ counts }: Pick<EarlyWarnings, 'counts'>) {
  const all = Object.entries(expectedWords) as [keyof EarlyWarnings['counts'], string][];
  return (
    <Space size="middle" wrap data-testid="warning-counts">
      {all
        .filter(([expected]) => counts[expected] > 0)
        .map(([expected, word]) => (
          <span key={expected} className={expected === 'misses' ? 'grave' : 'muted'}>
            {word} {counts[expected]}
          </span>
        ))}
      <span className="muted">{t('按单位与指标计，各计一次')}</span>
    </Space>
  );
}

function Warnings({ warnings }: Pick<EarlyWarnings, 'warnings'>) {
  const { plan } = useScope();
  const columns: readonly Column<EarlyWarning>[] = [
    {
      key: 'unit',
      width: 90,
      title: t('单位'),
      cell: ({ unit }) => unitLabel(plan.units, unit),
      sortBy: ({ unit }) => unitLabel(plan.units, unit),
    },
    {
      key: 'code',
      width: 250,
      title: t('指标'),
      cell: ({ code, name, unit, attribute, demo }) => (
        <>
          <IndicatorLink code={code} unit={unit}>{`${code} ${name}`}</IndicatorLink>{' '}
          {attribute === 'binding' && <span className="binding">{attributeWords.binding}</span>} {demo && <DemoTag />}
        </>
      ),
      sortBy: ({ code }) => code,
    },
    {
      key: 'light',
      width: 140,
      title: t('现在'),
      cell: ({ light, last }) => (
        <>
          <LightIcon light={light} size={12} /> {lightWords[light]} {figure(last.shown)}{' '}
          <small className="muted">{last.period}</small>
        </>
      ),
    },
    {
      key: 'forecast',
      width: 110,
      title: t('预计'),
      isNumber: true,
      cell: ({ forecast }) => (
        <>
          <b>{figure(forecast.value)}</b> <small className="muted">{forecast.period}</small>
        </>
      ),
    },
    {
      key: 'interval',
      width: 150,
      title: t('80% 区间'),
      isNumber: true,
      cell: ({ forecast, certain }) => (
        <>
          {intervalText(forecast.interval)}
          {certain === true && <small className="note grave">{t('整个区间都完不成')}</small>}
        </>
      ),
    },
    {
      key: 'target',
      width: 120,
      title: t('目标'),
      isNumber: true,
      cell: ({ target, unitOfMeasure }) => (
        <>
          {target.shown === undefined ? '—' : figure(target.shown)} <small className="muted">{unitOfMeasure}</small>
        </>
      ),
    },
    {
      key: 'pace',
      width: 190,
      title: t('今后每年需 / 此前每年'),
      isNumber: true,
      cell: ({ pace, unitOfMeasure }) => paceText(pace, unitOfMeasure),
    },
    {
      key: 'method',
      width: 180,
      title: t('方法'),
      cell: ({ method, values }) => (
        <>
          {methodWords[method]} <small className="muted">{t('{{count}} 期数值', { count: values })}</small>
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('预警')}
      columns={columns}
      rows={warnings}
      rowKey={({ unit, code }) => `${unit}/${code}`}
      total={t('预计完不成规划目标 {{count}} 项', { count: warnings.length })}
      empty={t('没有预计完不成的指标')}
    />
  );
}
