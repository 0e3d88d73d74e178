import { theme as antd, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

/** The page is light, dark, or as the device is set. */
export const appearances = ['device', 'light', 'dark'] as const;
export type Appearance = (typeof appearances)[number];

/** Colours that charts and component tokens need as values; the same as the variables in `styles/base.css`. */
const light = {
  ink: '#17365d',
  text: '#1d2733',
  muted: '#5b6776',
  line: '#dfe4ea',
  surface: '#ffffff',
  link: '#1b5a9c',
  green: '#17784a',
  yellow: '#7d5600',
  red: '#b3261e',
  grey: '#5e6874',
};

const dark: typeof light = {
  ink: '#a9c7ee',
  text: '#e3e8ee',
  muted: '#a3afbd',
  line: '#34404e',
  surface: '#19212b',
  link: '#86b7f0',
  green: '#5cc48d',
  yellow: '#dcb04a',
  red: '#f08a80',
  grey: '#a0abb8',
};

const key = 'tongjian.appearance';
const device = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Appearance = kept();

function kept(): Appearance {
  try {
    const appearance = localStorage.getItem(key);
    return appearances.find((each) => each === appearance) ?? 'device';
  } catch {
    return 'device';
  }
}

const isDark = (): boolean => (chosen === 'device' ? device.matches : chosen === 'dark');

/** Colours of the page as it looks now. */
export const colours = (): typeof light => (isDark() ? dark : light);

function apply(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

apply();
device.addEventListener('change', apply);

export function appear(next: Appearance): void {
  chosen = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without local storage, the choice lasts as long as the page is open.
  }
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => chosen);
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);

export const fontFamily =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, -apple-system, sans-serif';

/** Components move in script too, which the rules of `styles/base.css` do not reach. */
const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches;

const themeOf = ({ ink, text, muted, surface, link, red }: typeof light, isNight: boolean): ThemeConfig => ({
  algorithm: isNight ? antd.darkAlgorithm : antd.defaultAlgorithm,
  token: {
    colorPrimary: isNight ? '#4c86c9' : ink,
    colorText: text,
    colorTextSecondary: muted,
    colorTextTertiary: muted,
    colorTextDescription: muted,
    colorTextPlaceholder: muted,
    colorBgContainer: surface,
    colorLink: link,
    colorError: red,
    borderRadius: 6,
    fontFamily,
    motion,
  },
});

const themes = { light: themeOf(light, false), dark: themeOf(dark, true) };

export const useTheme = (): ThemeConfig => (useIsDark() ? themes.dark : themes.light);
