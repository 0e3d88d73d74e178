import { Button, Input, Upload } from 'antd';
import { useState } from 'react';
import { useKeepEvidence } from '../../api/evidence-calls';
import { t } from '../i18n';
import { ProblemAlert } from '../ProblemAlert';

export interface Evidence {
  readonly title: string;
  readonly locator?: string;
  readonly sha256?: string;
  readonly documentNumber?: string;
}

interface Props {
  readonly plan: string;
  /** The unit for which files are kept; without one, evidence is named and not kept. */
  readonly unit: string | undefined;
  readonly value?: readonly Evidence[];
  readonly onChange?: (value: readonly Evidence[] | undefined) => void;
}

/** What supports an entry: files that are kept, and documents that are only named. */
export function EvidenceField({ plan, unit, value = [], onChange }: Props) {
  const keeping = useKeepEvidence();
  const [error, setError] = useState<Error>();
  const set = (list: readonly Evidence[]) => onChange?.(list.length > 0 ? list : undefined);
  const setAt = (at: number, change: Partial<Evidence>) =>
    set(value.map((each, index) => (index === at ? { ...each, ...change } : each)));
  /** Keeps the files, one after another. Those before one that is refused stay. */
  const keep = async (of: string, files: readonly File[]) => {
    setError(undefined);
    const kept: Evidence[] = [];
    try {
      for (const file of files) {
        const { sha256 } = await keeping.mutateAsync({ plan, unit: of, file });
        kept.push({ title: file.name, sha256 });
      }
    } catch (refusal) {
      setError(refusal as Error);
    }
    if (kept.length > 0) set([...value, ...kept]);
  };
  return (
    <div className="evidence-field">
      {value.map((evidence, at) => (
        <div key={at} className="evidence-line">
          <Input
            aria-label={t('依据名称')}
            placeholder={t('文件或文书名称')}
            maxLength={200}
            value={evidence.title}
            onChange={(event) => setAt(at, { title: event.target.value })}
          />
          <Input
            aria-label={t('出处')}
            placeholder={t('出处：页、行、表')}
            maxLength={200}
            value={evidence.locator}
            onChange={(event) => setAt(at, { locator: event.target.value || undefined })}
          />
          {evidence.sha256 === undefined ? (
            <span className="muted">{t('未附文件')}</span>
          ) : (
            <span className="kept" title={evidence.sha256}>
              {t('已留存 {{hash}}', { hash: evidence.sha256.slice(0, 8) })}
            </span>
          )}
          <Button size="small" onClick={() => set(value.filter((_, index) => index !== at))}>
            {t('去掉')}
          </Button>
        </div>
      ))}
      {error && <ProblemAlert error={error} />}
      <div className="evidence-tools">
        {unit !== undefined && (
          <Upload
            accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
            showUploadList={false}
            multiple
            beforeUpload={(file, files) => {
              // It is called for each of several files: with the last one, all are kept.
              if (file === files.at(-1)) void keep(unit, files);
              return false;
            }}
          >
            <Button size="small" loading={keeping.isPending}>
              {t('附文件（PDF、图片、DOCX、XLSX，至多 20 MB）')}
            </Button>
          </Upload>
        )}
        <Button size="small" onClick={() => set([...value, { title: '' }])}>
          {t('只写名称')}
        </Button>
      </div>
    </div>
  );
}
