import { Button, Dropdown } from 'antd';
import { exportAddress, type ExportedMoment } from '../api/export-calls';
import { t } from './i18n';

interface Props {
  readonly plan: string;
  readonly moment: ExportedMoment;
  /** Of the verdicts and the index; a snapshot has its own. */
  readonly period?: string;
}

/** What is shown, as of its moment, as files that other systems read. */
export function ExportMenu({ plan, moment, period }: Props) {
  const files = [
    ['sdmx-csv', t('数值与目标（SDMX-CSV）'), exportAddress(plan, 'sdmx-csv', moment)],
    ['data-package', t('数据包（ZIP）'), exportAddress(plan, 'data-package', moment, period ? { period } : {})],
  ] as const;
  const items = files.map(([key, text, address]) => ({
    key,
    label: (
      <a href={address} download>
        {text}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" className="unprinted">
        {t('导出')}
      </Button>
    </Dropdown>
  );
}
