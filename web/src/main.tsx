import { startLanguage } from './shared/i18n';
import './styles/base.css';
import './styles/frame.css';
import './styles/header.css';
import './styles/overview.css';
import './styles/table.css';
import './styles/detail.css';
import './styles/programme.css';
import './styles/sign-in.css';
import './styles/reporting.css';
import './styles/audit.css';
import './styles/admin.css';
import './styles/search.css';
import './styles/print.css';

await startLanguage();
const { start } = await import('./app/start');
start(document.getElementById('root')!);
