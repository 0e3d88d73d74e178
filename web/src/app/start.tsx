import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import chinese from 'antd/locale/zh_CN';
import english from 'antd/locale/en_US';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '../api/queries';
import { Boundary } from '../shared/Boundary';
import { language } from '../shared/i18n';
import { takeFailedSignIn } from '../sign-in/failed-sign-in';
import { resumeAddress } from '../sign-in/kept-address';
import { useTheme } from '../theme';
import { router } from './router';

/** Shows the page. */
export function start(place: HTMLElement): void {
  // First, so that an address that says nothing else is taken up again.
  takeFailedSignIn();
  resumeAddress();
  document.documentElement.lang = language;
  createRoot(place).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}

function Page() {
  const theme = useTheme();
  return (
    <ConfigProvider locale={language === 'en' ? english : chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <Boundary>
          <RouterProvider router={router} />
        </Boundary>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
