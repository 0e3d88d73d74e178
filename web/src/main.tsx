import { QueryClientProvider } from '@tanstack/react-query';
import { App as Messages, ConfigProvider } from 'antd';
import chinese from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries';
import { Entrance } from './Entrance';
import { Boundary } from './shared/Boundary';
import { takeFailedSignIn } from './sign-in/failed-sign-in';
import { resumeAddress } from './sign-in/kept-address';
import './styles/base.css';
import './styles/header.css';
import './styles/overview.css';
import './styles/table.css';
import './styles/detail.css';
import './styles/programme.css';
import './styles/sign-in.css';
import './styles/print.css';
import { theme } from './theme';

// First, so that an address that says nothing else is taken up again.
takeFailedSignIn();
resumeAddress();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider locale={chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <Messages>
        <QueryClientProvider client={queryClient}>
          <Boundary>
            <Entrance />
          </Boundary>
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  </StrictMode>,
);
