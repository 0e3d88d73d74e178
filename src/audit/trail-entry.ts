import { enteredText, partsText, shownOf } from '../figures/reported.js';
import { figureProjection, figureKey, type FigureDocument } from '../figures/figure.projection.js';
import type { Reported } from '../figures/figure.events.js';
import { standingWords } from '../figures/words.js';
import { currentDefinition, indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { scaleOf } from '../indicators/scale-of.js';
import type { Catalogue } from '../kernel/catalogue.js';
import type { EventLog } from '../kernel/event-log.js';
import type { Actor, Evidence, RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Views } from '../kernel/views.js';
import { moneyUnit } from '../plans/money.js';
import { planProjection } from '../plans/plan.projection.js';
import { PolicyReportWithdrawn } from '../policies/policy.events.js';
import { ProjectReportWithdrawn } from '../projects/project.events.js';
import { TaskReportWithdrawn } from '../tasks/task.events.js';
import { amendedText, amendmentOf, type Amendment } from './amendments.js';
import { figureNumbers, numbersIn, type TrailNumbers } from './trail-numbers.js';

/** One entry of the audit trail: actor, action, subject, times, old and new value, reason and evidence of an event. */
export interface TrailEntry {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  /** Chinese label of the event type. */
  readonly label: string;
  readonly stream: string;
  readonly revision: number;
  readonly category: string;
  /**
   * Indicator code, unit and period of an event about a figure, indicator or target; otherwise the id of a project,
   * policy, task, promise, finding or evaluation.
   */
  readonly subject: { readonly code?: string; readonly unit?: string; readonly period?: string; readonly id?: string };
  readonly from?: string;
  readonly to?: string;
  /** The numbers in `from` and `to`. */
  readonly numbers?: TrailNumbers;
  readonly knownAt: string;
  readonly recordedAt: string;
  /** 补录: the known time is earlier than the recorded time. */
  readonly backfilled: boolean;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly commandId: string;
  readonly demo: boolean;
  readonly data: JsonObject;
}

/** Events that withdraw an earlier report of their stream. */
const withdrawals: ReadonlySet<string> = new Set(
  [ProjectReportWithdrawn, PolicyReportWithdrawn, TaskReportWithdrawn].map(({ name }) => name),
);
/** Makes entries of the audit trail out of events. */
export class TrailEntries {
  constructor(
    private readonly log: EventLog,
    private readonly views: Views,
    private readonly catalogue: Catalogue,
  ) {}

  labelOf(type: string): string {
    return this.catalogue.types.find(({ name }) => name === type)?.label ?? type;
  }

  /** `before` is the previous event of the stream; it is read from the log if it is omitted. */
  async of(event: RecordedEvent, before?: RecordedEvent): Promise<TrailEntry> {
    const { category, plan, parts } = parseStreamName(event.stream);
    const { actor, reason, evidence, commandId, demo = false } = event.metadata;
    return {
      position: event.position,
      eventId: event.id,
      type: event.type,
      label: this.labelOf(event.type),
      stream: event.stream,
      revision: event.revision,
      category,
      subject: subjectOf(category, parts, event.data),
      ...(category === 'figure'
        ? await this.figureChange(plan, parts, event, before)
        : await this.otherChange(plan, parts, event, before)),
      knownAt: event.knownAt,
      recordedAt: event.recordedAt,
      backfilled: event.metadata.knownAt !== undefined,
      actor,
      ...(reason !== undefined && { reason }),
      ...(evidence !== undefined && { evidence }),
      commandId,
      demo,
      data: event.data,
    };
  }

  /** The figure's text before and after the event. */
  private async figureChange(
    plan: string,
    [code = '', unit = '', period = '']: readonly string[],
    event: RecordedEvent,
    before?: RecordedEvent,
  ) {
    const key = figureKey({ plan, code, unit, period });
    const indicator = (await this.views.get(indicatorProjection, `${plan}/${code}`))?.body;
    // Known time and position never decrease along a stream. With both bounds, the lookup in the view is one index
    // search.
    const after = async ({ knownAt, position }: RecordedEvent) =>
      (await this.views.get(figureProjection, key, { knownAt, position }))?.body;
    const previous = before ?? (await this.previous(event));
    const [from, to] = [previous && (await after(previous)), await after(event)];
    return {
      ...{ from: figureText(from, indicator), to: figureText(to, indicator) },
      ...some(figureNumbers(from?.latest?.reported, to?.latest?.reported, indicator)),
    };
  }

  private async previous({ stream, revision }: RecordedEvent): Promise<RecordedEvent | undefined> {
    if (revision === 0) return undefined;
    return (await this.log.readStream(stream, { from: revision - 1, limit: 1 }))[0];
  }

  /** The unit of measure of a target, or of an amount of money. */
  private async unitOf(plan: string, code: string, type: string): Promise<string | undefined> {
    if (type.startsWith('Investment')) return moneyUnit((await this.views.get(planProjection, plan))?.body ?? {});
    if (!type.startsWith('Target')) return undefined;
    const indicator = (await this.views.get(indicatorProjection, `${plan}/${code}`))?.body;
    return indicator && currentDefinition(indicator).definition.unitOfMeasure;
  }

  private async otherChange(plan: string, parts: readonly string[], event: RecordedEvent, before?: RecordedEvent) {
    const [code = ''] = parts;
    const amendment = amendmentOf(event.type);
    if (amendment) return this.amendedChange(amendment, code ? `${plan}/${code}` : plan, event, before);
    if (withdrawals.has(event.type)) return this.withdrawnReport(plan, event);
    const unit = await this.unitOf(plan, code, event.type);
    return { ...changeText(event, unit), ...some(numbersIn(event.type, event.data, unit)) };
  }

  /** What a withdrawal took back: the action and the words of the withdrawn event. */
  private async withdrawnReport(plan: string, { stream, data }: RecordedEvent) {
    const { revision } = data as (typeof ProjectReportWithdrawn)['example'];
    const [withdrawn] = await this.log.readStream(stream, { from: revision, limit: 1 });
    const label = this.labelOf(withdrawn!.type);
    const { to } = changeText(withdrawn!, await this.unitOf(plan, '', withdrawn!.type));
    return { from: [label, to].filter(Boolean).join(' ') };
  }

  /** The fields that an amendment changed; its name only, if the views are behind. */
  private async amendedChange(amendment: Amendment, key: string, event: RecordedEvent, before?: RecordedEvent) {
    const previous = before ?? (await this.previous(event));
    const { knownAt, position } = previous ?? event;
    const document = await this.views.get(amendment.projection, key, { knownAt, position });
    return (document && amendedText(amendment, document.body as JsonObject, event.data)) ?? changeText(event);
  }
}

const some = (numbers: TrailNumbers) => (Object.keys(numbers).length > 0 ? { numbers } : {});

/** For example `55.2（2161 ÷ 3891） · 已审核`, or `48（性别：女 20、男 28） · 已审核`. */
function figureText(figure: FigureDocument | undefined, indicator: IndicatorDocument | undefined): string | undefined {
  if (!figure) return undefined;
  const word = standingWords[figure.standing];
  if (!figure.latest) return word;
  return `${reportedText(figure.latest.reported, indicator)} · ${word}`;
}

function reportedText(reported: Reported, indicator: IndicatorDocument | undefined): string {
  const definition = indicator && currentDefinition(indicator).definition;
  const scale = definition ? scaleOf(definition) : '1';
  const details = ['numerator' in reported && enteredText(reported), partsText(reported, definition?.breakdowns)];
  const told = details.filter(Boolean).join('；');
  return `${shownOf(reported, scale, indicator?.decimals ?? 4)}${told === '' ? '' : `（${told}）`}`;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What an event is about, by its stream and, where that does not say it, by its data. */
export function subjectOf(category: string, parts: readonly string[], data: JsonObject): TrailEntry['subject'] {
  const [code, unit, period] = parts;
  switch (category) {
    case 'figure':
      return { code, unit, period };
    case 'indicator':
      return { code, unit: textOf(data.unit), period: textOf(data.period) };
    case 'plan':
      // An area or a unit; what concerns the whole plan has no code.
      return typeof data.code === 'string' ? { id: data.code } : {};
    default:
      return { id: code };
  }
}

/** Text of an event that is not about a figure: the name it contains, or the reported values with their day. */
function changeText({ type, data }: RecordedEvent, unit = ''): Pick<TrailEntry, 'from' | 'to'> {
  const textAt = (...keys: readonly string[]) =>
    keys.map((key) => textOf(data[key])).find((word) => word !== undefined);
  const name = textAt('title', 'name', 'statement');
  if (name !== undefined) return { to: name };
  const money = type === 'InvestmentCorrected' ? ` ${unit}` : '';
  const [from, to, on] = [textAt('from'), textAt('to', 'value'), textAt('on')];
  const words = [
    textAt('percent') && `${textAt('percent')}%`,
    textAt('amount') && `${textAt('amount')} ${unit}`,
    to && `${to}${money}`,
    textAt('documentNumber'),
    textAt('owner') && `${textAt('owner')} 期限 ${textAt('dueOn')}`,
    textAt('text'),
  ].filter((word) => word !== undefined);
  const whole = [...words, ...(on === undefined ? [] : [words.length > 0 ? `（${on}）` : on])].join(' ');
  return { ...(from !== undefined && { from: `${from}${money}` }), ...(whole !== '' && { to: whole }) };
}
