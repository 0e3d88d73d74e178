import { evidenceAddress } from '../api/evidence-calls';
import type { Evidence } from '../api/types';
import { t } from './i18n';

interface Props {
  readonly plan: string;
  readonly evidence: readonly Evidence[] | undefined;
}

/** The documents that support an entry; those that are kept can be downloaded. */
export function EvidenceList({ plan, evidence = [] }: Props) {
  if (evidence.length === 0) return <span className="none">{t('没有附依据')}</span>;
  return (
    <ul className="evidence-list">
      {evidence.map(({ title, locator, documentNumber, sha256 }) => (
        <li key={`${title} ${locator ?? ''} ${sha256 ?? ''}`}>
          {sha256 === undefined ? (
            <span>{title}</span>
          ) : (
            <a href={evidenceAddress(plan, sha256)} download>
              {t('下载 {{title}}', { title })}
            </a>
          )}
          {[documentNumber, locator]
            .filter((each) => each !== undefined)
            .map((each) => (
              <small key={each} className="muted">
                {each}
              </small>
            ))}
          {sha256 === undefined && <small className="muted">{t('只写了名称，未附文件')}</small>}
        </li>
      ))}
    </ul>
  );
}
