import { Alert, Checkbox } from 'antd';
import type { FolderWarning } from '../api/types';
import { t } from '../shared/i18n';
import { saidOf } from '../shared/said';

interface Props {
  readonly warnings: readonly FolderWarning[];
  /** Ids of those that are accepted. */
  readonly accepted: readonly string[];
  readonly onChange: (accepted: string[]) => void;
}

/** What is implausible in a report: each has to be accepted by name before it is sent. */
export function WarningsToAccept({ warnings, accepted, onChange }: Props) {
  if (warnings.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="warnings"
      title={t('{{count}} 处可疑：核对无误的，逐项勾选', { count: warnings.length })}
      description={
        <ul className="warnings">
          {warnings.map(({ id, code, message, places }) => (
            <li key={id}>
              <Checkbox
                checked={accepted.includes(id)}
                onChange={({ target }) =>
                  onChange(target.checked ? [...accepted, id] : accepted.filter((each) => each !== id))
                }
              >
                {saidOf({ code, message })}
                <small className="muted">
                  {places
                    .map(
                      ({ field, row, standing }) =>
                        standing ?? field ?? (row === undefined ? '' : t('第 {{row}} 行', { row })),
                    )
                    .join(t('、'))}
                </small>
              </Checkbox>
            </li>
          ))}
        </ul>
      }
    />
  );
}
