import { figureStatus, statusSight, type FigureStatus } from '../figures/figure-status.js';
import type { FigureDocument } from '../figures/figure.projection.js';
import { shownOf } from '../figures/reported.js';
import type { Definition } from '../indicators/indicator.events.js';
import { scaleOf } from '../indicators/scale-of.js';
import type { Direction } from '../assessment/trajectory.js';
import type { Views } from '../kernel/views.js';
import { composeRow } from '../overview/indicator-row.js';
import { PlanReader } from '../overview/plan-reader.js';
import { unitsIn, type Unit } from '../plans/units-in-time.js';
import type { PolicyDocument } from '../policies/policy.projection.js';
import type { ProjectDocument } from '../projects/project.projection.js';
import type { Publications } from '../slice/publications.js';
import type { TaskDocument } from '../tasks/task.projection.js';
import { obligationSight, type ObligationQuestion } from './obligation-reading.js';
import { dueDay, obligationsOf, programmeOpen, type Obligation } from './obligations.js';
import { figureLines, type FigureLine } from './workbook-content.js';

/** A figure that the unit owes, beside what it is compared with. */
export interface FormFigure extends Pick<FigureLine, 'definition' | 'figure' | 'last' | 'target'>, FigureStatus {
  readonly code: string;
  readonly name: string;
  /** Decimal places that a value may have. */
  readonly decimals: number;
  readonly direction: Direction;
  readonly definition: Definition;
  /** Absent where nothing was reported. */
  readonly figure?: FigureDocument;
  /** The value that was reported last, as it is shown. */
  readonly shown?: string;
  /** What the target path asks of the period; absent where it asks nothing. */
  readonly required?: string;
  /** In place of one value: the range in which it has to be, both ends included. */
  readonly range?: { readonly lower: string; readonly upper: string };
}

/** All that a unit fills in for a period. */
export interface ReportForm {
  readonly plan: string;
  readonly unit: Unit;
  readonly period: string;
  /** The day as of which this is so. */
  readonly day: string;
  /** The last day on which it is in time; absent where the plan sets no deadline. */
  readonly due?: string;
  /** What it owes, in the order of the form. */
  readonly obligations: readonly Obligation[];
  readonly figures: readonly FormFigure[];
  readonly projects: readonly ProjectDocument[];
  readonly policies: readonly PolicyDocument[];
  readonly tasks: readonly TaskDocument[];
}

type Question = ObligationQuestion & { readonly unit: string };

/**
 * Reads the form of a unit and period.
 * @throws {DomainError} those of `obligationSight`
 */
export async function reportForm(
  ports: { readonly views: Views; readonly publications: Publications },
  question: Question,
): Promise<ReportForm> {
  const { views } = ports;
  const { asOf, now } = question;
  const sight = await obligationSight(views, question);
  const { plan, period, day } = sight;
  const unit = unitsIn(plan, period).find(({ code }) => code === question.unit)!;
  const [reader, status, lines] = await Promise.all([
    PlanReader.open(views, plan.plan, asOf),
    statusSight(ports, plan.plan, asOf, now),
    figureLines(views, sight, question),
  ]);
  const figures = await Promise.all(
    lines.map(async ({ indicator, ...line }): Promise<FormFigure> => {
      const { code, name, decimals, direction } = indicator;
      const row = await composeRow(reader, indicator, [unit], period);
      const { requiredNow: required, range } = row?.cells[0]?.assessment ?? {};
      return {
        ...{ code, name, decimals, direction },
        ...line,
        ...shownIn(line, decimals),
        ...(required !== undefined && { required }),
        ...(range && { range: { lower: range.lower, upper: range.upper } }),
        ...figureStatus(
          line.figure ?? nothing({ plan: plan.plan, code, unit: unit.code, period: period.text }),
          status,
        ),
      };
    }),
  );
  const due = dueDay(plan, period);
  return {
    ...{ plan: plan.plan, unit, period: period.text, day, figures },
    ...(due !== undefined && { due }),
    obligations: obligationsOf(sight, unit.code).units[0]?.obligations ?? [],
    ...programmeOpen(sight, unit.code),
  };
}

function shownIn({ figure, definition }: Omit<FigureLine, 'indicator'>, decimals: number) {
  if (!figure?.latest) return {};
  return { shown: shownOf(figure.latest.reported, scaleOf(definition), decimals) };
}

/** A figure of which nothing was reported yet. */
const nothing = (id: Pick<FigureDocument, 'plan' | 'code' | 'unit' | 'period'>): FigureDocument => ({
  ...id,
  standing: 'withdrawn',
  changesSinceApproval: 0,
  corrections: 0,
  revision: -1,
  demo: false,
});
