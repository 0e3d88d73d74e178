import { Modal } from 'antd';
import { t } from '../shared/i18n';

const keys = (): readonly (readonly [string, string])[] => [
  [t('j 或 ↓'), t('下一条')],
  [t('k 或 ↑'), t('上一条')],
  ['a', t('审核通过这一条')],
  ['r', t('退回这一条，写明事由')],
  ['x', t('选中或取消选中这一条')],
  ['?', t('看这张表')],
];

export function ShortcutSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal open={isOpen} title={t('键盘操作')} footer={null} onCancel={onClose}>
      <table className="plain-table shortcuts">
        <thead>
          <tr>
            <th scope="col">{t('按键')}</th>
            <th scope="col">{t('作用')}</th>
          </tr>
        </thead>
        <tbody>
          {keys().map(([key, what]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{t('正在输入时，这些键不起作用')}</p>
    </Modal>
  );
}
