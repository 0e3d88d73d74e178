import { invalid, type DomainError } from '../kernel/errors.js';
import type { FeedColumnInput, SetFeed } from './feed.commands.js';
import type { FeedSettings } from './feed.events.js';

/**
 * The settings that a command states, checked as a whole. An event has no credentials, so the address has none either.
 * @throws {DomainError} `feed.source`, `feed.mapping`, `feed.schedule`
 */
export function settingsOf({
  name,
  address,
  folder,
  format,
  pointer,
  unit,
  title = name,
  mapping,
  schedule,
}: SetFeed): FeedSettings {
  if ((address === undefined) === (folder === undefined)) {
    throw invalid('feed.source', '请填地址（address）或文件夹（folder）之一', 'address');
  }
  const { everyHours, dailyAt } = schedule;
  if ((everyHours === undefined) === (dailyAt === undefined)) {
    throw invalid('feed.schedule', '请填每隔小时数（everyHours）或每日时刻（dailyAt）之一', 'schedule');
  }
  if (pointer !== undefined && (format !== 'json' || !/^(\/[^/]*)+$/.test(pointer))) {
    throw invalid('feed.source', '各行所在位置只用于 JSON，写作 /data/rows（JSON Pointer）', 'pointer');
  }
  const figures = mapping.figures.map(({ code, value, numerator, denominator }, at) => {
    const columns = { ...given({ value, numerator, denominator }) };
    const isRatio = numerator !== undefined && denominator !== undefined && value === undefined;
    const isValue = value !== undefined && numerator === undefined && denominator === undefined;
    if (!isRatio && !isValue) {
      const message = `第 ${at + 1} 项数据须填数值列，或同时填分子列和分母列`;
      throw invalid('feed.mapping', message, `mapping.figures.${at}.value`);
    }
    return { code: columnOf(code, `mapping.figures.${at}.code`), ...columns };
  });
  return {
    ...{ name, format, unit, title },
    ...(address === undefined ? { folder: folder! } : { address: addressOf(address) }),
    ...given({ pointer }),
    mapping: {
      unit: columnOf(mapping.unit, 'mapping.unit'),
      period: columnOf(mapping.period, 'mapping.period'),
      figures,
    },
    schedule: given({ everyHours, dailyAt }),
  };
}

/** Without what is left out, so that the same settings are equal. */
const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

function columnOf({ column, is, names, others }: FeedColumnInput, field: string): FeedSettings['mapping']['unit'] {
  if ((column === undefined) === (is === undefined)) {
    throw invalid('feed.mapping', '请填列（column）或固定值（is）之一', field);
  }
  if (is !== undefined && names !== undefined) throw invalid('feed.mapping', '固定值不用写法对照', `${field}.names`);
  if (others !== undefined && names === undefined) {
    throw invalid('feed.mapping', '没有写法对照，不能跳过对照表以外的行', `${field}.others`);
  }
  const twice = names?.find(({ from }, at) => names.findIndex((each) => each.from === from) < at);
  if (twice) throw invalid('feed.mapping', `写法“${twice.from}”在对照表中有两行：请只留一行`, `${field}.names`);
  return given({ column, is, names: names?.map(({ from, to }) => ({ from, to })), others });
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isFit = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isFit && !text.includes('#')) return url.href;
  throw wrongAddress(text);
}

const wrongAddress = (text: string): DomainError =>
  invalid(
    'feed.source',
    `数据源地址 ${text.replace(/\/\/.*@/, '//***@').slice(0, 200)} 须为 https:// 地址，不带账号和 #`,
    'address',
  );
