import type { LoadingStep } from '../api/types';
import { t } from '../shared/i18n';

interface Props {
  readonly loading: LoadingStep;
}

/** Shown while the server loads the plans of `seeds/`: what it loads and how far it is. */
export function LoadingPage({ loading: { title, step, done, total } }: Props) {
  const isKnown = total > 0;
  return (
    <main className="page-alone" data-testid="loading" aria-busy="true">
      <h1 className="wordmark">{t('通鉴')}</h1>
      <p className="loading-title">{t('正在装载：{{title}}', { title })}</p>
      <progress
        className="loading-bar"
        aria-label={t('{{step}}：{{title}}', { step, title })}
        {...(isKnown && { max: total, value: done })}
      />
      <p className="loading-step" role="status">
        {step}
        {isKnown && ` ${done} / ${total}`}
      </p>
      <p className="loading-note">{t('装载完成后，本页自动显示规划')}</p>
    </main>
  );
}
