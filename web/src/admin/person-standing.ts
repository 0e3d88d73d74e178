import type { Person } from '../api/types';
import { t } from '../shared/i18n';

export type PersonStanding = 'entered' | 'invited' | 'ended' | 'erased';

export const standingWords: Readonly<Record<PersonStanding, string>> = {
  entered: t('可登录'),
  invited: t('待设立账号'),
  ended: t('已终止访问'),
  erased: t('已注销姓名'),
};

export function personStanding({ ended, erased, demo, waysIn }: Person): PersonStanding {
  if (erased) return 'erased';
  if (ended) return 'ended';
  return demo || waysIn.accounts.length > 0 || waysIn.openId > 0 ? 'entered' : 'invited';
}
