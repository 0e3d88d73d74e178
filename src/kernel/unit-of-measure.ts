import { Decimal } from './decimal.js';

/**
 * A unit of measure: the powers of its base units, and its size in base units. 万元/年 is CNY¹ · 月⁻¹ with size 10000/12,
 * USD million is USD¹ with size 10⁶, % is a plain number with size 0.01.
 */
export interface Unit {
  readonly powers: ReadonlyMap<string, number>;
  readonly size: Decimal;
}

const one = new Decimal(1);
/** Plain numbers and their sizes. */
const plainNumbers: Readonly<Record<string, string>> = {
  ...{ 倍: '1', '%': '0.01', '％': '0.01', 百分点: '0.01', 个百分点: '0.01', '‰': '0.001', '‱': '0.0001' },
};
/** Written before the name, one after the other: 百万. */
const chineseScales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 };
/** Written before or after the name. */
const englishScales: Readonly<Record<string, number>> = {
  ...{ hundred: 100, thousand: 1e3, million: 1e6, mn: 1e6, billion: 1e9, bn: 1e9, trillion: 1e12 },
  ...{ lakh: 1e5, crore: 1e7 },
};
/** Length of each time unit in months, the base unit of time. */
const times: Readonly<Record<string, number>> = {
  ...{ 月: 1, 季: 3, 季度: 3, 半年: 6, 年: 12 },
  ...{ month: 1, quarter: 3, year: 12 },
};
/** Other names of a base unit. */
const names: Readonly<Record<string, string>> = {
  ...{ tonne: '吨', tonnes: '吨', person: '人', persons: '人', people: '人' },
};

/** The active codes of ISO 4217, without those of funds and metals. */
const currencyCodes = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
   COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
   INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
   MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
   SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV
   WST XAF XCD XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);
/** Currencies by the names that plans write. */
const currencyNames: Readonly<Record<string, string>> = {
  ...{ 元: 'CNY', 人民币: 'CNY', 人民币元: 'CNY', 元人民币: 'CNY', RMB: 'CNY' },
  ...{ 美元: 'USD', US$: 'USD', 欧元: 'EUR', '€': 'EUR', 日元: 'JPY', 英镑: 'GBP', '£': 'GBP' },
  ...{ 港元: 'HKD', 港币: 'HKD', 澳门元: 'MOP', 新台币: 'TWD', 韩元: 'KRW', 卢布: 'RUB', 瑞士法郎: 'CHF' },
  ...{ 澳元: 'AUD', 加元: 'CAD', 新加坡元: 'SGD', 印度卢比: 'INR', 泰铢: 'THB', 越南盾: 'VND', 印尼盾: 'IDR' },
};

/**
 * Reads a unit such as `元/年`, `张/千人`, `百万美元`, `USD million`, `thousand tonnes`, `每十万人` or `per 100,000`. The first
 * part is the numerator; every part after a `/`, 每 or per is a denominator. A name that no table has is a base unit.
 */
export function readUnit(text: string): Unit {
  const powers = new Map<string, number>();
  let size = one;
  const add = (written: string, power: 1 | -1) => {
    const [name, multiple] = readName(written);
    size = power === 1 ? size.times(multiple) : size.div(multiple);
    if (name !== '') powers.set(name, (powers.get(name) ?? 0) + power);
  };
  text
    .replace(/[（）()]/g, '')
    .split(/\s*(?:[/／]\s*每?|每|\bper\b)\s*/i)
    .forEach((part, place) => part.split(/[·*×]/).forEach((name) => add(name, place === 0 ? 1 : -1)));
  return { powers: nonZeroPowers(powers), size: rounded(size) };
}

/** Splits what is written into base unit and size: 万元 → CNY, 10000; USD million → USD, 1000000; 年 → 月, 12. */
function readName(written: string): [name: string, size: Decimal] {
  let size = one;
  const words = written.split(/\s+/).filter((word) => {
    const scale = valueIn(englishScales, word.toLowerCase());
    if (scale !== undefined) size = size.times(scale);
    return scale === undefined;
  });
  let name = words.join('');
  const plain = valueIn(plainNumbers, name);
  if (plain !== undefined) return ['', size.times(plain)];
  const number = /^\d[\d,]*(?:\.\d+)?/.exec(name)?.[0];
  if (number !== undefined) {
    size = size.times(number.replaceAll(',', ''));
    name = name.slice(number.length);
  }
  const time = valueIn(times, name);
  if (time !== undefined) return ['月', size.times(time)];
  for (let scale; (scale = valueIn(chineseScales, name[0] ?? '')) !== undefined; name = name.slice(1)) {
    size = size.times(scale);
  }
  return [valueIn(currencyNames, name) ?? valueIn(names, name) ?? name, size];
}

const valueIn = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const nonZeroPowers = (powers: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...powers].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Rounds to 30 digits, so that sizes computed in a different order (1/12 · 12 and 12/12) compare equal. */
export const rounded = (size: Decimal): Decimal => size.toSignificantDigits(30);

export const sameDimension = (a: Pick<Unit, 'powers'>, b: Pick<Unit, 'powers'>): boolean =>
  a.powers.size === b.powers.size && [...a.powers].every(([name, power]) => b.powers.get(name) === power);

/** How many of the second unit one of the first is, 亿元 and 万元: 10000; undefined if their dimensions differ. */
export function unitsIn(one: Unit, other: Unit): Decimal | undefined {
  return sameDimension(one, other) ? rounded(one.size.div(other.size)) : undefined;
}

export function quotient(numerator: Unit, denominator: Unit): Unit {
  const powers = new Map(numerator.powers);
  for (const [name, power] of denominator.powers) powers.set(name, (powers.get(name) ?? 0) - power);
  return { powers: nonZeroPowers(powers), size: rounded(numerator.size.div(denominator.size)) };
}

/** The currency (ISO 4217) and size of a unit that is an amount of money, such as 万元 or 百万美元; undefined of any other. */
export function moneyIn(text: string): { readonly currency: string; readonly size: Decimal } | undefined {
  const { powers, size } = readUnit(text);
  const [[currency, power] = ['', 0]] = powers;
  return powers.size === 1 && power === 1 && currencyCodes.has(currency) ? { currency, size } : undefined;
}
