import { useParams } from '@tanstack/react-router';
import { InputNumber, Skeleton } from 'antd';
import { useAuditSample } from '../api/evaluation-calls';
import type { AuditSample } from '../api/types';
import { IndicatorLink, useFilter } from '../app/links';
import { figure } from '../format';
import { DataTable, type Column } from '../shared/DataTable';
import { DemoTag } from '../shared/DemoTag';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { unitLabel, usePlanHere } from '../state/scope';
import { mayAnywhere, useSession } from '../state/session';
import { CheckButton, CheckFound } from './SampleCheck';
import { SampleOutcomes } from './SampleOutcomes';
import { stratumWords } from './sample-words';

type Drawn = AuditSample['strata'][number];
type Row = Drawn['figures'][number] & Pick<Drawn, 'of'> & { readonly drawn: number };

/** The figures of a snapshot that are to be checked against their sources, and how they were drawn. */
export function SamplePage() {
  const plan = usePlanHere();
  const { id, number } = useParams({ from: '/p/$plan/evaluations/$id/snapshots/$number/sample' });
  const [marked] = useFilter('marked');
  const [corrected] = useFilter('corrected');
  const [other] = useFilter('other');
  const sample = useAuditSample({ plan: plan.plan, id, number, sizes: { marked, corrected, other } });
  const evaluations = `/p/${plan.plan}/evaluations`;
  return (
    <main className="page" data-testid="sample" data-settled={!sample.isFetching}>
      <PageHead
        code={`${id}/${number}`}
        title={t('抽查样本')}
        crumbs={[
          { title: t('评估存档'), href: evaluations },
          { title: id, href: `${evaluations}/${id}` },
        ]}
        note={t('由评估存档的哈希决定抽取哪些数据，任何人不能左右；供与原始资料核对')}
      />
      {sample.error ? (
        <ProblemAlert
          error={sample.error}
          retry={() => void sample.refetch()}
          wayOut={{ text: t('看评估存档'), href: evaluations }}
        />
      ) : sample.data ? (
        <Sample sample={sample.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </main>
  );
}

function Sample({ sample }: { readonly sample: AuditSample }) {
  const { evaluation, snapshot, isOpen, strata, outcomes, seed, contentHash, version, sizes } = sample;
  const plan = usePlanHere();
  const mayCheck = mayAnywhere(useSession(), ['evaluations.find'], plan.plan) && isOpen;
  const rows = strata.flatMap(({ figures, of }) =>
    figures.map((each): Row => ({ ...each, of, drawn: figures.length })),
  );
  const columns: readonly Column<Row>[] = [
    {
      key: 'unit',
      title: t('单位'),
      cell: ({ unit }) => unitLabel(plan.units, unit),
      sortBy: ({ unit }) => unitLabel(plan.units, unit),
    },
    {
      key: 'stratum',
      title: t('层'),
      cell: ({ stratum, of, drawn }) => (
        <>
          {stratumWords[stratum]} <small className="muted">{t('{{of}} 取 {{drawn}}', { of, drawn })}</small>
        </>
      ),
      sortBy: ({ stratum }) => stratumWords[stratum],
    },
    {
      key: 'code',
      title: t('指标'),
      cell: ({ code, name, unit, period, demo }) => (
        <>
          <IndicatorLink code={code} unit={unit} trail={period}>{`${code} ${name}`}</IndicatorLink>{' '}
          {demo && <DemoTag />}
        </>
      ),
      sortBy: ({ code }) => code,
    },
    { key: 'period', title: t('期间'), cell: ({ period }) => period, sortBy: ({ period }) => period },
    {
      key: 'value',
      title: t('数值'),
      isNumber: true,
      cell: ({ shown, unitOfMeasure }) => (
        <>
          {figure(shown)} <small className="muted">{unitOfMeasure}</small>
        </>
      ),
    },
    {
      key: 'corrections',
      title: t('更正'),
      isNumber: true,
      cell: ({ corrections }) => (corrections === 0 ? '—' : t('{{count}} 次', { count: corrections })),
    },
    { key: 'marks', title: t('数据质量标记'), cell: ({ marks }) => marks.join(t('；')) || '—' },
    { key: 'check', title: t('核对结果'), cell: ({ check }) => <CheckFound check={check} /> },
    ...(mayCheck
      ? [
          {
            key: 'act',
            title: t('办理'),
            cell: (row: Row) => <CheckButton id={evaluation} snapshot={snapshot} figure={row} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <dl className="card sample-proof">
        <dt>{t('内容哈希 SHA-256')}</dt>
        <dd>
          <code>{contentHash}</code>
        </dd>
        <dt>{t('种子')}</dt>
        <dd>
          <code>{seed}</code>
          <small className="muted">
            {t('“哈希/audit-sample/{{version}}”的 SHA-256；各层按“种子/指标/单位/期间”的 SHA-256 由小到大抽取', {
              version,
            })}
          </small>
        </dd>
      </dl>
      <SampleOutcomes outcomes={outcomes} />
      <DataTable
        caption={t('抽查样本')}
        columns={columns}
        rows={rows}
        rowKey={({ code, unit, period }) => `${code}/${unit}/${period}`}
        total={t('抽取 {{count}} 个数据，共 {{all}} 个', {
          count: rows.length,
          all: strata.reduce((sum, { of }) => sum + of, 0),
        })}
        empty={t('存档所依据的数据还没有数值')}
        tools={(['marked', 'corrected', 'other'] as const).map((stratum) => (
          <Size key={stratum} stratum={stratum} size={sizes[stratum]} />
        ))}
      />
    </>
  );
}

/** How many figures of a stratum are drawn at each unit; kept in the address. */
function Size({ stratum, size }: { readonly stratum: Drawn['stratum']; readonly size: number }) {
  const [, setSize] = useFilter(stratum);
  return (
    <label>
      <span className="muted">{t('每单位{{stratum}}至多', { stratum: stratumWords[stratum] })}</span>{' '}
      <InputNumber
        size="small"
        min={0}
        max={1000}
        precision={0}
        value={size}
        changeOnWheel={false}
        onChange={(value) => value !== null && setSize(String(value))}
      />
    </label>
  );
}
