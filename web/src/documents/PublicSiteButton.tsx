import { Form, Input } from 'antd';
import { usePublicSite } from '../api/document-calls';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { WriteDialog } from './WriteDialog';

interface Props {
  readonly id: string;
  readonly number: string;
  /** Whether the evaluation is published with this snapshot. */
  readonly isPublished: boolean;
}

interface Fields {
  readonly baseUrl?: string;
  readonly license?: string;
}

/** Writes a published snapshot as a site for everybody, for who may publish evaluations. */
export function PublicSiteButton({ id, number, isPublished }: Props) {
  const { plan } = usePlanHere();
  const mayPublish = useMay('evaluations.publish', plan);
  const [form] = Form.useForm<Fields>();
  const writing = usePublicSite();
  if (!isPublished || !mayPublish) return undefined;
  const write = ({ baseUrl = '', license = '' }: Fields, done: (file: Blob) => void) => {
    const options = {
      ...(baseUrl.trim() && { baseUrl: baseUrl.trim() }),
      ...(license.trim() && { license: license.trim() }),
    };
    writing.mutate({ plan, id, number, options }, { onSuccess: done });
  };
  return (
    <WriteDialog
      texts={{ button: t('公开网站'), title: t('写成公开网站'), written: t('已写成公开网站') }}
      note={t(
        '得到一个压缩包，解开即静态网页，可放在任何网站或 U 盘上。只含规划标为公开的部分，不含个人姓名和佐证材料；公开前请再看一遍',
      )}
      fileName={`${id}-${number}-site.zip`}
      {...{ form, writing, write }}
    >
      <Form.Item
        name="baseUrl"
        label={t('将放在的网址')}
        extra={t('如 https://example.gov.cn/plan/；填了才有网站地图')}
      >
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="license" label={t('数据的许可')} extra={t('如 CC-BY-4.0')}>
        <Input maxLength={60} />
      </Form.Item>
    </WriteDialog>
  );
}
