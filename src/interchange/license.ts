import { pattern } from '../slice/field.js';

/** An Open Definition license identifier. */
export const LicenseId = pattern(/^[-a-zA-Z0-9._]{1,60}$/, '须为开放定义的许可代码，如 CC-BY-4.0');
