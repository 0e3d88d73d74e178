import type { Component } from './indicator.events.js';

/** Units in which people and things are counted one by one. */
const counted = new Set(
  '人 人次 名 位 户 家 个 所 处 座 栋 幢 间 张 床 件 次 例 起 宗 项 份 具 台 套 辆 部 只 支 场 期 批 对 村 社区'.split(
    ' ',
  ),
);

/** Whether persons or things are counted in this unit, one by one. */
export const isCounted = (unit: string): boolean => counted.has(unit);

/** Whether a figure's numerator or denominator is a whole number: as its definition says, or else by its unit. */
export const isWhole = ({ unit, whole }: Component): boolean => whole ?? isCounted(unit);
