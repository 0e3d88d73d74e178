/** Why a sign-in at the OpenID provider failed, in Chinese and in English. */
const words: Readonly<Record<string, readonly [chinese: string, english: string]>> = {
  'openid.flow': [
    '登录没有由本浏览器发起，或已超过 10 分钟：请重新登录',
    'The sign-in did not begin in this browser, or took more than ten minutes. Please sign in again.',
  ],
  'openid.refused': [
    '统一身份认证没有通过：请重新登录',
    'The identity provider did not confirm the sign-in. Please sign in again.',
  ],
  'openid.unavailable': [
    '统一身份认证暂时不可用：请稍后再试，或用账号和密码登录',
    'The identity provider cannot be reached at present. Try again later, or use account and password.',
  ],
  'openid.off': [
    '本系统没有接入统一身份认证：请用账号和密码登录',
    'No identity provider is set up here. Please use account and password.',
  ],
  'sign-in.not-linked': [
    '这个统一身份账号不能登录本系统：请用系统管理员发送的邀请链接先行绑定',
    'This account cannot sign in here. Link it first, by the invitation of the system administrator.',
  ],
  'account.linked': [
    '这个统一身份账号已属于另一人员：请换用本人的账号，或联系系统管理员',
    'This account belongs to another person. Use your own, or ask the system administrator.',
  ],
  'link.ended': [
    '链接无效、已用过或已到期：请系统管理员重新发送',
    'The link is invalid, was used, or has ended. Ask the system administrator for another one.',
  ],
};

const other = [
  '登录没有完成：请重试；仍不成功的，请联系系统管理员',
  'The sign-in was not completed. Try again; if it fails again, ask the system administrator.',
] as const;

export interface FailedSignIn {
  readonly chinese: string;
  readonly english: string;
}

let failed: FailedSignIn | undefined;

/** What the address says of a sign-in that failed before the page was opened. Only the code is taken from it. */
export const failedSignIn = (): FailedSignIn | undefined => failed;

/** Takes it from the address, so that it is said once. */
export function takeFailedSignIn(): void {
  const { pathname, search, hash } = location;
  const parameters = new URLSearchParams(search);
  const code = parameters.get('problem');
  if (code === null) return;
  parameters.delete('problem');
  const [chinese, english] = Object.hasOwn(words, code) ? words[code]! : other;
  failed = { chinese, english };
  const rest = parameters.toString();
  history.replaceState(null, '', `${pathname}${rest && `?${rest}`}${hash}`);
}
