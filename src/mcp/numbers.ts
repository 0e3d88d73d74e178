import * as z from 'zod';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { Address } from './addresses.js';
import type { Basis } from './origins.js';
import { address } from './tool.js';

export const event = z.object({
  eventId: z.string(),
  position: z.string().describe('系统记录序号 / position in the log'),
  stream: z.string(),
  revision: z.number(),
});

export const basis = {
  events: z.array(event).describe('所依据的录入事件，至多 12 个 / the entered events it rests on, at most 12'),
  eventsInAll: z.number().describe('共依据几个事件 / how many events it rests on'),
};

/** A number as it is shown, with what it rests on and where it can be checked. */
export const number = z.object({
  period: z.string(),
  shown: z.string().optional().describe('数值；无则见 absent / the value; if there is none see `absent`'),
  absent: z.string().optional(),
  source: z.enum(['reported', 'computed', 'common']).optional(),
  approved: z.boolean().optional(),
  corrections: z.number().optional(),
  demo: z.boolean(),
  ...basis,
  ...address,
});

/** A number without a finding of its own: a target, a requirement, an index. */
export const plainNumber = { shown: z.string().optional(), ...basis, ...address };

export const withBasis = <Fields extends object>(fields: Fields, { events, eventsInAll }: Basis, at: Address) => ({
  ...fields,
  ...{ events: [...events], eventsInAll },
  ...at,
});

export function numberOf(finding: Finding, period: string, basis: Basis, at: Address) {
  if (!isMeasured(finding)) {
    return withBasis({ period, absent: finding.absent, demo: finding.demo }, basis, at);
  }
  const { shown, source, approved, corrections, demo } = finding;
  return withBasis({ period, shown, source, approved, corrections, demo }, basis, at);
}

type Defined<Fields> = { [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key] } & {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};

/** Without the fields that have no value. */
export const defined = <Fields extends object>(fields: Fields): Defined<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
