import { Alert, Button, Typography } from 'antd';
import { t } from '../shared/i18n';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly onSaved: () => void;
}

/** A secret that the server tells once. */
export function OnceShown({ title, text, onSaved }: Props) {
  return (
    <Alert
      showIcon
      role="status"
      type="success"
      title={title}
      description={
        <>
          <pre className={text.includes('\n') ? 'once-shown several' : 'once-shown'} data-testid="once-shown">
            {text}
          </pre>
          <p className="muted">{t('只显示这一次，关闭后不能再看')}</p>
          <div className="form-buttons">
            <Typography.Text copyable={{ text }}>{t('复制')}</Typography.Text>
            <Button size="small" onClick={onSaved}>
              {t('已保存')}
            </Button>
          </div>
        </>
      }
    />
  );
}
