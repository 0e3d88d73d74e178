import { t } from './i18n';

type Kind = 'success' | 'info' | 'error';

/** Milliseconds for which a message is shown. */
const shown = 5_000;

/** Says shortly what became of something, at the top of the page, and to those who listen to it. */
function tell(kind: Kind, text: string): void {
  const place = document.querySelector('.messages') ?? document.body.appendChild(newPlace());
  const message = document.createElement('p');
  message.className = `message ${kind}`;
  message.textContent = text;
  place.append(message);
  setTimeout(() => message.remove(), shown);
}

function newPlace(): HTMLElement {
  const place = document.createElement('div');
  place.className = 'messages';
  place.setAttribute('role', 'status');
  place.setAttribute('aria-label', t('办理结果'));
  return place;
}

export const say = {
  success: (text: string): void => tell('success', text),
  info: (text: string): void => tell('info', text),
  error: (text: string): void => tell('error', text),
};
