/** From the highest to the lowest. */
export const unitLevels = ['national', 'province', 'city', 'county', 'town', 'reference'] as const;
export type UnitLevel = (typeof unitLevels)[number];

/** The Chinese word of each level. */
export const levelWords: Readonly<Record<UnitLevel, string>> = {
  national: '国家级',
  province: '省级',
  city: '市级',
  county: '县级',
  town: '乡镇级',
  reference: '参照单位',
};
