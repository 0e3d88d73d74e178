import * as z from 'zod';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { Basis } from './origins.js';

export const event = z.object({ eventId: z.string(), position: z.string() });

export const basis = {
  events: z.array(event).describe('所依据的录入事件，至多 12 个 / entered events it rests on, at most 12'),
  eventsInAll: z.number(),
};

/** A number as it is shown, with what it rests on. The object around it says where it can be checked. */
export const number = z.object({
  period: z.string(),
  shown: z.string().optional().describe('无则见 absent / if there is none, `absent` says why'),
  absent: z.string().optional(),
  source: z.string().optional(),
  approved: z.boolean().optional(),
  corrections: z.number().optional(),
  demo: z.boolean(),
  ...basis,
});

/** What the path requires by the end of a period, which rests on the base and the targets. */
export const requirement = z
  .object({
    shown: z.string().optional(),
    range: z.object({ lower: z.string(), upper: z.string() }).optional(),
    ...basis,
  })
  .describe('期末的序时要求 / required by the path at the end of the period');

export const withBasis = <Fields extends object>(fields: Fields, { events, eventsInAll }: Basis) => ({
  ...fields,
  ...{ events: [...events], eventsInAll },
});

export function numberOf(finding: Finding, period: string, on: Basis) {
  if (!isMeasured(finding)) return withBasis({ period, absent: finding.absent, demo: finding.demo }, on);
  const { shown, source, approved, corrections, demo } = finding;
  return withBasis({ period, shown, source, approved, corrections, demo }, on);
}

type Defined<Fields> = { [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key] } & {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};

/** Without the fields that have no value. */
export const defined = <Fields extends object>(fields: Fields): Defined<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
