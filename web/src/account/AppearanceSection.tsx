import { t } from '../shared/i18n';
import { appear, appearances, useAppearance, type Appearance } from '../theme';

const words: Readonly<Record<Appearance, string>> = { device: t('随系统'), light: t('浅色'), dark: t('深色') };

/** How the page looks on this device. */
export function AppearanceSection() {
  const chosen = useAppearance();
  return (
    <section aria-labelledby="appearance">
      <h2 id="appearance">{t('外观')}</h2>
      <p className="muted">{t('只在本机、本浏览器有效')}</p>
      <div className="chips" role="group" aria-labelledby="appearance">
        {appearances.map((each) => (
          <button key={each} type="button" className="chip" aria-pressed={each === chosen} onClick={() => appear(each)}>
            {words[each]}
          </button>
        ))}
      </div>
    </section>
  );
}
