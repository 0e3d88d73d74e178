import type { Feed, FeedSettings, FeedTrialInput } from '../api/types';

type Mapping = FeedSettings['mapping'];

/** What the form of a feed holds. */
export interface FeedForm {
  readonly id?: string;
  readonly name?: string;
  readonly from: 'address' | 'folder';
  readonly address?: string;
  readonly folder?: string;
  readonly format: 'csv' | 'json';
  readonly pointer?: string;
  readonly unit?: string;
  readonly unitColumn?: string;
  /** A line for each name: `莲都=331102`. */
  readonly unitNames?: string;
  readonly skipsOthers?: boolean;
  readonly periodColumn?: string;
  readonly figures?: readonly {
    readonly code?: string;
    readonly value?: string;
    readonly numerator?: string;
    readonly denominator?: string;
  }[];
  readonly dailyAt?: string;
}

export const emptyForm: FeedForm = { from: 'address', format: 'csv', dailyAt: '06:30', figures: [{}] };

/** Leaves out what is empty. */
const filled = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as T;

function namesOf(text: string): Mapping['unit']['names'] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const at = line.lastIndexOf('=');
      return { from: line.slice(0, at < 0 ? undefined : at).trim(), to: at < 0 ? '' : line.slice(at + 1).trim() };
    });
}

export function mappingOf({ unitColumn, unitNames = '', skipsOthers, periodColumn, figures = [] }: FeedForm): Mapping {
  const names = namesOf(unitNames);
  return {
    unit: filled({
      column: unitColumn,
      names: names?.length ? names : undefined,
      others: skipsOthers ? ('skip' as const) : undefined,
    }),
    period: filled({ column: periodColumn }),
    figures: figures.map(({ code, ...columns }) => ({ code: filled({ is: code }), ...filled(columns) })),
  };
}

const sourceOf = ({ from, address, folder, format, pointer }: FeedForm) =>
  filled({
    format,
    address: from === 'address' ? address : undefined,
    folder: from === 'folder' ? folder : undefined,
    pointer: format === 'json' ? pointer : undefined,
  });

/** What a trial asks for: columns and first rows, or what would be reported too. */
export const trialOf = (form: FeedForm, isMapped: boolean): FeedTrialInput => ({
  ...sourceOf(form),
  ...(isMapped && { mapping: mappingOf(form), ...filled({ unit: form.unit }) }),
});

export const settingsOf = (form: FeedForm): FeedSettings => ({
  ...sourceOf(form),
  name: form.name ?? '',
  unit: form.unit ?? '',
  mapping: mappingOf(form),
  schedule: filled({ dailyAt: form.dailyAt }),
});

/** A feed as the form shows it; undefined where it has more than the form can say, as a file can. */
export function formOf(feed: Feed): FeedForm | undefined {
  const { id, name, address, folder, format, pointer, unit, mapping, schedule } = feed;
  const { unit: units, period, figures } = mapping;
  const fits =
    schedule.dailyAt !== undefined &&
    units.column !== undefined &&
    period.column !== undefined &&
    period.names === undefined &&
    figures.every(({ code }) => code.is !== undefined);
  if (!fits) return undefined;
  return filled({
    ...{ id, name, from: address === undefined ? ('folder' as const) : ('address' as const), address, folder, format },
    ...{ pointer, unit, unitColumn: units.column, periodColumn: period.column, dailyAt: schedule.dailyAt },
    unitNames: units.names?.map(({ from, to }) => `${from}=${to}`).join('\n'),
    skipsOthers: units.others === 'skip',
    figures: figures.map(({ code, ...columns }) => filled({ ...columns, code: code.is })),
  });
}
