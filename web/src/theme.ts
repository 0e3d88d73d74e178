import type { ThemeConfig } from 'antd';

export const colours = {
  ink: '#17365d',
  text: '#1d2733',
  muted: '#5b6776',
  line: '#dfe4ea',
  green: '#17784a',
  yellow: '#8f6200',
  red: '#b3261e',
  grey: '#66707d',
} as const;

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.ink,
    colorText: colours.text,
    colorTextSecondary: colours.muted,
    colorLink: '#1b5a9c',
    borderRadius: 6,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, -apple-system, sans-serif',
  },
};
