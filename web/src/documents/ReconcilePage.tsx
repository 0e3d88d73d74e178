import { Link } from '@tanstack/react-router';
import { Alert, Tag, Upload } from 'antd';
import { useState } from 'react';
import { useReconciling } from '../api/document-calls';
import type { ReconciledReport } from '../api/types';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';

type Deviation = ReconciledReport['deviations'][number];

const kinds: Readonly<Record<Deviation['kind'], { readonly word: string; readonly colour: string }>> = {
  altered: { word: t('被改'), colour: 'red' },
  removed: { word: t('被删'), colour: 'volcano' },
  moved: { word: t('被移'), colour: 'gold' },
  copied: { word: t('重复'), colour: 'gold' },
  added: { word: t('另添'), colour: 'blue' },
};

const columns: readonly Column<Deviation>[] = [
  {
    key: 'kind',
    title: t('情形'),
    width: 80,
    cell: ({ kind }) => <Tag color={kinds[kind].colour}>{kinds[kind].word}</Tag>,
  },
  { key: 'place', title: t('报告中的位置'), cell: ({ place }) => place ?? '—' },
  { key: 'expected', title: t('存档的数'), width: 140, cell: ({ expected }) => expected ?? '—' },
  { key: 'found', title: t('文件的数'), width: 140, cell: ({ found }) => found ?? '—' },
  { key: 'paragraph', title: t('文件中的位置'), cell: ({ paragraph }) => paragraph ?? '—' },
];

/** Takes a Word report and lists each number that a hand altered, removed, moved or added since it was written. */
export function ReconcilePage() {
  const { plan } = usePlanHere();
  const reconciling = useReconciling(plan);
  const [name, setName] = useState('');
  const { data, error, isPending } = reconciling;
  return (
    <main className="page" data-testid="reconcile" data-settled={!isPending}>
      <PageHead
        title={t('核对 Word 报告')}
        crumbs={[{ title: t('评估存档'), href: `/p/${plan}/evaluations` }]}
        note={t(
          '列出写成之后被改、被删、被移、被添的数，和存档中的真数；用 Word、WPS 或 LibreOffice 改过、另存过的都可以。文件不留存',
        )}
      />
      <div className="card">
        <Upload.Dragger
          accept=".docx"
          showUploadList={false}
          disabled={isPending}
          beforeUpload={(file) => {
            setName(file.name);
            reconciling.mutate(file);
            return false;
          }}
        >
          <p>{t('把 Word 报告（.docx）拖到这里，或点击选择')}</p>
        </Upload.Dragger>
        {isPending && <Alert showIcon type="info" aria-busy title={t('正在核对 {{name}}…', { name })} />}
        {error && <ProblemAlert error={error} />}
        {data && <Outcome name={name} outcome={data} />}
      </div>
    </main>
  );
}

function Outcome({ name, outcome }: { readonly name: string; readonly outcome: ReconciledReport }) {
  const { plan } = usePlanHere();
  const { evaluation: id, snapshot, contentHash, checked, deviations } = outcome;
  const isSame = deviations.length === 0;
  const params = { plan, id, number: String(snapshot) };
  return (
    <>
      <Alert
        showIcon
        role="status"
        type={isSame ? 'success' : 'warning'}
        title={
          isSame
            ? t('{{name}}：{{count}} 个数与存档一致', { name, count: checked })
            : t('{{name}}：核对了 {{checked}} 个数，有 {{count}} 处不符', { name, checked, count: deviations.length })
        }
        description={
          <>
            {t('由存档写成：')}
            <Link to="/p/$plan/evaluations/$id/snapshots/$number" params={params}>
              {id}/{snapshot}
            </Link>
            {t('，SHA-256 {{hash}}', { hash: contentHash })}
          </>
        }
      />
      {!isSame && (
        <DataTable
          caption={t('不符之处')}
          columns={columns}
          rows={deviations}
          rowKey={(each) => `${each.kind} ${each.place ?? ''} ${each.found ?? ''} ${each.paragraph ?? ''}`}
          empty={t('没有不符之处')}
        />
      )}
    </>
  );
}
