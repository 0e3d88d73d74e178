import { targetsOf } from '../indicators/targets-of.js';
import { figureKey, figureProjection, inUse, type FigureDocument } from '../figures/figure.projection.js';
import { shownOf } from '../figures/reported.js';
import type { Definition } from '../indicators/indicator.events.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { scaleOf } from '../indicators/scale-of.js';
import { endInYears, parsePeriod, periodBefore, type Period } from '../kernel/period.js';
import type { EventLog } from '../kernel/event-log.js';
import type { Projection } from '../kernel/projection.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { unitsIn, type Unit } from '../plans/units-in-time.js';
import { policyProjection } from '../policies/policy.projection.js';
import { projectProjection, type ProjectDocument } from '../projects/project.projection.js';
import { taskProjection, type TaskDocument } from '../tasks/task.projection.js';
import { obligationSight, type ObligationQuestion } from './obligation-reading.js';
import { programmeStream, type ProgrammeSubject } from './programme-row.js';
import { keyOf } from './row-key.js';
import { dueDay, indicatorsOwed, programmeOpen, type ObligationSight } from './obligations.js';

/** All that the workbook of a unit and period says. */
export interface WorkbookContent {
  readonly plan: PlanDocument;
  readonly unit: Unit;
  readonly period: Period;
  readonly day: string;
  readonly due?: string;
  /** Whether anything in it is invented for demonstration. */
  readonly demo: boolean;
  readonly figures: readonly FigureLine[];
  readonly projects: readonly ProjectDocument[];
  readonly policies: ReturnType<typeof programmeOpen>['policies'];
  readonly tasks: readonly TaskDocument[];
  /** The revisions of the streams of projects, policies and tasks, by the rows' keys. */
  readonly revisions: ReadonlyMap<string, number>;
}

/** One indicator of which the unit reports a figure. */
export interface FigureLine {
  readonly indicator: IndicatorDocument;
  readonly definition: Definition;
  /** The figure as it stands; absent where nothing was reported. */
  readonly figure?: FigureDocument;
  /** The value in use of the period before. */
  readonly last?: { readonly period: string; readonly shown: string };
  /** The target of the period, or else the next one. */
  readonly target?: { readonly period: string; readonly value: string };
}

type Question = ObligationQuestion & { readonly unit: string };
type Log = Pick<EventLog, 'readStream'>;

/**
 * Reads what the workbook of a unit and period says. Projects, policies and tasks are folded from their streams, so that
 * each is shown as it is at the revision that its row gets.
 * @throws {DomainError} those of `obligationSight`
 */
export async function workbookContent(views: Views, log: Log, question: Question): Promise<WorkbookContent> {
  const sight = await obligationSight(views, question);
  const { plan, period, day } = sight;
  const units = unitsIn(plan, period);
  const unit = units.find(({ code }) => code === question.unit)!;
  const figures = await figureLines(views, sight, question);
  const open = programmeOpen(sight, unit.code);
  const revisions = new Map<string, number>();
  const folded = <Document extends { readonly id: string }>(
    found: readonly Document[],
    table: ProgrammeSubject['table'],
    projection: Projection<unknown>,
  ) =>
    Promise.all(
      found.map(async ({ id }) => {
        const subject = { table, code: id };
        const events = await log.readStream(programmeStream(plan.plan, subject));
        revisions.set(keyOf(subject), events.at(-1)!.revision);
        return events.reduce<unknown>((document, event) => projection.evolve(document, event), undefined) as Document;
      }),
    );
  const programme = {
    projects: await folded(open.projects, '项目', projectProjection as Projection<unknown>),
    policies: await folded(open.policies, '政策', policyProjection as Projection<unknown>),
    tasks: await folded(open.tasks, '任务', taskProjection as Projection<unknown>),
  };
  const due = dueDay(plan, period);
  const shown = [
    ...figures.flatMap(({ figure }) => figure ?? []),
    ...programme.projects,
    ...programme.policies,
    ...programme.tasks,
  ];
  return {
    ...{ plan, unit, period, day, figures, ...programme },
    ...(due !== undefined && { due }),
    demo: plan.demo || shown.some(({ demo }) => demo),
    revisions,
  };
}

/** The indicators of which a unit reports a figure for the period, each beside what is known of it. */
export async function figureLines(
  views: Views,
  sight: ObligationSight,
  question: Pick<Question, 'unit' | 'asOf'>,
): Promise<FigureLine[]> {
  const { plan, period } = sight;
  const { unit } = question;
  const units = unitsIn(plan, period);
  const before = await lastFigures(views, sight, question);
  return indicatorsOwed(sight, units, unit).map((indicator): FigureLine => {
    const { definition } = currentDefinition(indicator);
    const figure = sight.figures.get(`${indicator.code}/${unit}`);
    const last = before.get(indicator.code);
    const target = nextTarget(indicator, units, unit, period);
    return { indicator, definition, ...(figure && { figure }), ...(last && { last }), ...(target && { target }) };
  });
}

/** The values in use of the period before, as they are shown, by code. */
async function lastFigures(
  views: Views,
  { plan, indicators, period }: ObligationSight,
  { unit, asOf }: Pick<Question, 'unit' | 'asOf'>,
): Promise<ReadonlyMap<string, { period: string; shown: string }>> {
  const before = periodBefore(period);
  const found = await Promise.all(
    indicators.map(async (indicator) => {
      const key = figureKey({ plan: plan.plan, code: indicator.code, period: before.text, unit });
      const used = inUse((await views.get(figureProjection, key, asOf))?.body);
      if (!used) return [];
      const scale = scaleOf(currentDefinition(indicator).definition);
      return [
        [indicator.code, { period: before.text, shown: shownOf(used.reported, scale, indicator.decimals) }] as const,
      ];
    }),
  );
  return new Map(found.flat());
}

function nextTarget(
  indicator: IndicatorDocument,
  units: readonly Unit[],
  unit: string,
  period: Period,
): FigureLine['target'] {
  const next = targetsOf(indicator, units, unit).find(
    (target) => endInYears(parsePeriod(target.period)) >= endInYears(period),
  );
  return next && { period: next.period, value: next.value };
}
