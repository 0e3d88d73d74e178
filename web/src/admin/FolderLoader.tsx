import { Alert, Button, Checkbox, Upload } from 'antd';
import { useState } from 'react';
import { useCompareFolder, useSubmitFolder, type FolderFiles } from '../api/admin-calls';
import type { FolderDifferences, SubmissionResult } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { saidOf } from '../shared/said';

/** Loads a plan folder: what differs, what would be written, which warnings are accepted by name; all of it or nothing. */
export function FolderLoader() {
  const [files, setFiles] = useState<FolderFiles>({});
  const [accepted, setAccepted] = useState<string[]>([]);
  const comparing = useCompareFolder();
  const trying = useSubmitFolder();
  const loading = useSubmitFolder();
  const names = Object.keys(files).sort();
  const forget = () => {
    comparing.reset();
    trying.reset();
    loading.reset();
    setAccepted([]);
  };
  const tryOut = () => {
    forget();
    comparing.mutate(files);
    trying.mutate({ files, acceptWarnings: [], dryRun: true });
  };
  const result = trying.data;
  const left = (result?.warnings ?? []).filter(({ id }) => !accepted.includes(id));
  const failure = trying.error ?? comparing.error ?? loading.error;
  return (
    <div className="folder-loader">
      <div className="card">
        <p>
          {t(
            '选择规划文件夹（plan.yaml 及其各表，YAML 和 CSV）。先试装载：列出与上次装载的差异、将写入的事件和警告，不写入任何数据',
          )}
        </p>
        <div className="form-buttons">
          <Upload
            directory
            multiple
            showUploadList={false}
            beforeUpload={(file, list) => {
              if (file === list.at(-1)) {
                forget();
                void readAll(list).then(setFiles);
              }
              return false;
            }}
          >
            <Button>{t('选择文件夹')}</Button>
          </Upload>
          <Button
            type="primary"
            disabled={names.length === 0}
            loading={trying.isPending || comparing.isPending}
            onClick={tryOut}
          >
            {t('试装载')}
          </Button>
        </div>
        {names.length > 0 && (
          <p className="muted">
            {t('已选 {{count}} 个文件：{{list}}', { count: names.length, list: names.join(t('、')) })}
          </p>
        )}
      </div>
      {failure && <ProblemAlert error={failure} />}
      {loading.data && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('已装载“{{title}}”：写入事件 {{count}} 个', {
            title: loading.data.title,
            count: loading.data.events,
          })}
        />
      )}
      {comparing.data && !loading.data && <Differences found={comparing.data} />}
      {result && !loading.data && (
        <section className="card" aria-label={t('试装载的结果')}>
          <h2>{t('将写入事件 {{count}} 个', { count: result.events })}</h2>
          <EventCounts result={result} />
          {result.warnings.length > 0 && (
            <>
              <h2>{t('警告 {{count}} 条：逐条确认后方可装载', { count: result.warnings.length })}</h2>
              <Checkbox.Group
                className="stacked warnings"
                value={accepted}
                onChange={setAccepted}
                options={result.warnings.map(({ id, code, message, places }) => ({
                  value: id,
                  label: `${saidOf({ code, message })}${placesText(places)}`,
                }))}
              />
            </>
          )}
          <div className="form-buttons">
            <Button
              type="primary"
              disabled={left.length > 0 || result.events === 0}
              loading={loading.isPending}
              onClick={() => loading.mutate({ files, acceptWarnings: accepted, dryRun: false })}
            >
              {t('装载')}
            </Button>
            {left.length > 0 && (
              <span className="muted">{t('还有 {{count}} 条警告没有确认', { count: left.length })}</span>
            )}
            {result.events === 0 && <span className="muted">{t('没有变化，不必装载')}</span>}
          </div>
        </section>
      )}
    </div>
  );
}

function EventCounts({ result }: { readonly result: SubmissionResult }) {
  const events = result.dryRun?.events ?? [];
  if (events.length === 0) return null;
  return (
    <ul className="event-counts">
      {events.map(({ type, label, count }) => (
        <li key={type}>
          {t(label)} <b className="number">{count}</b>
        </li>
      ))}
    </ul>
  );
}

const changeWords = { added: t('新增'), changed: t('修改'), removed: t('删去') };

function Differences({ found }: { readonly found: FolderDifferences }) {
  const { differences, newRows, former } = found;
  return (
    <DataTable
      caption={t('与上次装载的差异')}
      rows={differences}
      rowKey={({ object, code, file, row }) => [object, code, file, row].join('/')}
      total={
        former
          ? t('与“{{title}}”相比：差异 {{count}} 处，新增数据行 {{rows}} 行', {
              title: former.title,
              count: differences.length,
              rows: newRows.reduce((sum, { rows }) => sum + rows, 0),
            })
          : t('首次装载此规划')
      }
      empty={t('定义没有差异')}
      columns={[
        { key: 'change', title: t('变化'), cell: ({ change }) => changeWords[change] },
        { key: 'object', title: t('对象'), cell: ({ object, code }) => `${object} ${code}` },
        {
          key: 'fields',
          title: t('内容'),
          cell: ({ fields }) =>
            fields.map(({ label, from, to }) => `${label}${t('：')}${from ?? '—'} → ${to ?? '—'}`).join(t('；')) || '—',
        },
        { key: 'file', title: t('文件'), cell: ({ file, row }) => [file, row].filter(Boolean).join(':') },
        {
          key: 'reason',
          title: t('事由'),
          cell: ({ reason, unexplained }) => reason ?? (unexplained ? t('须在 changes.csv 中说明') : '—'),
        },
      ]}
    />
  );
}

const placesText = (places: SubmissionResult['warnings'][number]['places']): string => {
  const shown = places.slice(0, 3).map(({ file, row }) => [file, row].filter((part) => part !== undefined).join(':'));
  const named = shown.filter((place) => place !== '');
  return named.length === 0 ? '' : t('（{{places}}）', { places: named.join(t('、')) });
};

/** The files of the folder that belong to a plan, without the folder's own name. */
async function readAll(list: readonly File[]): Promise<FolderFiles> {
  const wanted = list.filter(({ name }) => !name.startsWith('.'));
  const entries = await Promise.all(
    wanted.map(async (file) => {
      const path = file.webkitRelativePath.split('/').slice(1).join('/') || file.name;
      return [path, { base64: await base64Of(file) }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
