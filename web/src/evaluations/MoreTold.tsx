import { Button } from 'antd';
import type { KnownSince } from '../api/types';
import { t } from '../shared/i18n';

/** So many causes are told one by one at most. */
const most = '200';

interface Props {
  readonly parts: readonly Pick<KnownSince['parts'][number], 'kind' | 'events'>[];
  readonly told: string | undefined;
  readonly tell: (told: string) => void;
}

/** Says that events were put together in one part, and tells more of them where that can be asked for. */
export function MoreTold({ parts, told, tell }: Props) {
  const rest = parts.find(({ kind }) => kind === 'rest')?.events;
  if (rest === undefined) return null;
  return (
    <p className="muted" data-testid="more-told">
      {t('另有 {{count}} 个事件合并为一项。', { count: rest })}
      {told === most ? (
        t('已逐个列出 {{most}} 项：要再细看，请缩短两方之间的时间', { most })
      ) : (
        <Button size="small" onClick={() => tell(most)}>
          {t('逐个列出至 {{most}} 项', { most })}
        </Button>
      )}
    </p>
  );
}
