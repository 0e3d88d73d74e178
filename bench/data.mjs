import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built } from './engine.mjs';
import { emptyFolder } from './harness.mjs';

const { openEmbedded } = await built('engine');
const { figureStream } = await built('figures/figure.events');
const { eventTypes } = await built('slices');
const versions = new Map(eventTypes.map(({ name, version }) => [name, version]));

const two = (number) => String(number).padStart(2, '0');
export const actor = { id: 'reporter-331122', name: '缙云填报员', unit: '331122', roles: ['reporter', 'backfill'] };
const reviewer = { id: 'reviewer-1', name: '市局审核员甲', unit: '331100', roles: ['reviewer', 'backfill'] };

/** A plan with a number of indicators, units and periods, and the list of all its figures, ordered by period. */
export class PlanShape {
  plan = 'bench';

  /** @param frequency `A` from 2017, or `M` from January 2021 */
  constructor({ indicators, units, periods, frequency = 'A' }) {
    this.frequency = frequency;
    this.codes = Array.from({ length: indicators }, (_, at) => `I${two(at + 1)}`);
    this.units = Array.from({ length: units }, (_, at) => String(990_000 + at));
    this.periods = Array.from({ length: periods }, (_, at) =>
      frequency === 'A' ? String(2017 + at) : `${2021 + Math.floor(at / 12)}-${two((at % 12) + 1)}`,
    );
    this.figures = this.periods.flatMap((period) =>
      this.codes.flatMap((code) => this.units.map((unit) => ({ plan: this.plan, code, unit, period }))),
    );
  }

  /** The plan has no targets. */
  acceptance = { accepted: ['targets.missing'] };

  /** The plan folder; with `history`, one reported value for each figure. */
  files({ history = false } = {}) {
    const firstYear = this.frequency === 'A' ? 2017 : 2021;
    const files = {
      'plan.yaml': [
        `plan: ${this.plan}`,
        'title: 性能测试规划（虚构）',
        'territory: 示例市',
        'timeZone: Asia/Shanghai',
        `startYear: ${firstYear}`,
        `endYear: ${firstYear + 9}`,
        `baseline: '${firstYear - 1}'`,
        `knownAt: '${firstYear}-01-02'`,
        'source: { title: 性能测试规划（虚构） }',
        "actor: { id: loader, name: 装载, unit: '990000', roles: [loader, backfill] }",
        'areas:',
        '  - { code: A1, name: 示例区 }',
        'units:',
        ...this.units.map((unit, at) =>
          at === 0
            ? `  - { code: '${unit}', name: 示例市, level: city }`
            : `  - { code: '${unit}', name: 示例县${at}, level: county, parent: '${this.units[0]}' }`,
        ),
      ],
      'indicators.yaml': this.codes.map(
        (code) =>
          `- { code: ${code}, name: 示例指标${code}, role: main, unitOfMeasure: 人, area: A1, attribute: expected, ` +
          `kind: level, direction: higher, frequency: ${this.frequency}, valueType: count, decimals: 0, ` +
          `definition: 示例口径, measurement: { type: direct }, aggregation: sum, targetScope: own, trajectory: linear, ` +
          `weight: '1', owner: '990000' }`,
      ),
    };
    if (history) {
      files['actors.csv'] = ['id,name,unit,roles', 'clerk,示例填报员,990000,reporter;backfill'];
      files['history.csv'] = [
        '知悉日期,经办人,动作,指标,单位,期间,数值,分子,分母,缺报原因,事由,依据,出处,文号,审核日期,审核人',
        ...this.figures.map(
          ({ code, unit, period }, at) =>
            `${Math.min(Number(period) + 1, 2026)}-02-${two(1 + (at % 28))},clerk,上报,${code},${unit},${period},` +
            `${1000 + (at % 9000)},,,,,示例年报,附表${at % 100},,,`,
        ),
      ];
    }
    return Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, `${lines.join('\n')}\n`]));
  }
}

/** An event as a command would append it, with some 400 bytes of metadata. */
export function newEvent(type, data, { by = actor, reason } = {}) {
  const commandId = `auto-${randomUUID()}`;
  return {
    id: randomUUID(),
    type,
    data,
    metadata: {
      schemaVersion: versions.get(type),
      actor: by,
      commandId,
      commandHash: randomBytes(32).toString('hex'),
      correlationId: commandId,
      ...(reason && { reason }),
    },
  };
}

const reported = (at) => ({ value: String(1000 + (at % 9000)) });

/** The event at `revision` of a figure that is reported once and then corrected repeatedly. */
const correction = (at, revision) =>
  revision === 0
    ? newEvent('IndicatorMeasured', { reported: reported(at), definitionVersion: 1 })
    : newEvent(
        'MeasurementCorrected',
        { from: reported(at + revision - 1), to: reported(at + revision), definitionVersion: 1 },
        { reason: '与省系统核对后更正' },
      );

/** The event at `revision` of a typical figure: reported, approved, corrected once, approved again. */
const ordinary = (at, revision) =>
  revision % 2 === 0
    ? correction(at, revision / 2)
    : newEvent(
        'MeasurementApproved',
        { reported: reported(at + (revision - 1) / 2) },
        { by: reviewer, reason: '审核通过' },
      );

const start = Date.parse('2021-01-05T00:00:00Z');
const end = Date.parse('2025-12-31T00:00:00Z');

/** A random known time within the period of the generated events. */
export const someInstant = (roll) => new Date(start + roll(end - start)).toISOString();

/** `size` events over five years, wave by wave. A wave has one event for each of its figures. */
function* waves(size, each, event) {
  let done = 0;
  for (const { figures, revision } of each) {
    for (const [at, figure] of figures.entries()) {
      if (done++ >= size) return;
      const moment = start + Math.floor(((end - start) * done) / size);
      yield { stream: figureStream(figure), revision, event: event(at, revision), moment };
    }
  }
}

/** Splits items into lists of `count`. */
export function* listsOf(count, items) {
  let list = [];
  for (const item of items) {
    list.push(item);
    if (list.length === count) {
      yield list;
      list = [];
    }
  }
  if (list.length > 0) yield list;
}

/**
 * A data folder with a plan and the given events, recorded at their times. The views are not built. An existing folder
 * is reused by the next measurement.
 */
async function written(parent, name, size, { shape, events }) {
  const folder = join(parent, name);
  const marker = join(folder, 'complete.json');
  if (existsSync(marker)) return folder;
  emptyFolder(parent, name);
  let now = start;
  const engine = openEmbedded(folder, { now: () => new Date(now).toISOString() });
  await engine.submissions.submit(shape.files(), undefined, shape.acceptance);
  for (const list of listsOf(500, events)) {
    await Promise.all(
      list.map(({ stream, revision, event, moment }) => {
        now = moment;
        return engine.log.append(stream, revision === 0 ? 'none' : revision - 1, [event]);
      }),
    );
  }
  await engine.close();
  writeFileSync(marker, JSON.stringify({ size }));
  return folder;
}

/** 1,000 figures, each corrected repeatedly until there are `size` events. */
export const thousand = new PlanShape({ indicators: 10, units: 10, periods: 10, frequency: 'M' });
export function deepEvents(size) {
  const { figures } = thousand;
  const each = Array.from({ length: size / figures.length }, (_, revision) => ({ figures, revision }));
  return waves(size, each, correction);
}
export const deepLog = (parent, size) =>
  written(parent, `deep-${size}`, size, { shape: thousand, events: deepEvents(size) });

/** 5,000 figures per month, each reported, approved, corrected and approved again, until there are `size` events. */
export function wideLog(parent, size) {
  const shape = new PlanShape({ indicators: 100, units: 50, periods: Math.ceil(size / 20_000), frequency: 'M' });
  const each = shape.periods.flatMap((month) => {
    const figures = shape.figures.filter(({ period }) => period === month);
    return [0, 1, 2, 3].map((revision) => ({ figures, revision }));
  });
  return written(parent, `wide-${size}`, size, { shape, events: waves(size, each, ordinary) });
}
