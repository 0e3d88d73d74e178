import {
  figureStream,
  type FigureEvent,
  type MissingReason,
  type Part,
  type Reported,
} from '../figures/figure.events.js';
import { CorrectMeasurement, DeclareMissing, MeasureIndicator } from '../figures/figure.commands.js';
import { sameReported } from '../figures/figure.decider.js';
import { figureAfter, type FigureDocument } from '../figures/figure.projection.js';
import { enteredText, partsText } from '../figures/reported.js';
import { missingWords } from '../figures/words.js';
import { indicatorStream, type Definition } from '../indicators/indicator.events.js';
import { indicatorDecider } from '../indicators/indicator.decider.js';
import type { RecordedEvent } from '../kernel/event.js';
import type { EventLog } from '../kernel/event-log.js';
import type { LoadState } from '../kernel/handling.js';
import { qualityDecider } from '../quality/quality.decider.js';
import { qualityStream } from '../quality/quality.events.js';
import { rulesFor } from '../quality/quality-context.js';
import type { QualityRule } from '../quality/quality-rules.js';
import type { Locate } from '../slice/folder-part.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { missingCodes } from './columns.js';
import { textIn, type Flaw, type GivenRow } from './given-row.js';
import { numberIn } from './number-cell.js';
import { commandOf, locateIn, noteFlaw, type PlannedRow, type RowContext } from './planned-row.js';
import type { RowSubject } from './row-key.js';
import { conflictOf, streamSight, type StreamSight } from './stream-sight.js';

type FigureSubject = Extract<RowSubject, { table: '指标' }>;

/** A figure as it was filled in: the row of its whole, and those of its parts. */
export interface FigureRows {
  readonly key: string;
  readonly subject: Omit<FigureSubject, 'part'>;
  readonly whole?: GivenRow;
  readonly parts: readonly { readonly row: GivenRow; readonly part: string }[];
  /** Absent where the row does not say; `none`: nothing was reported when the workbook was made. */
  readonly revision?: number | 'none';
}

interface Sources {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly load: LoadState;
}

/** What the row says of the figure. */
type Said = { readonly reported: Reported } | { readonly missing: MissingReason } | 'nothing' | 'flawed';

const columns = { value: '数值', numerator: '分子', denominator: '分母', because: '缺报原因', reason: '说明' };

/** Compares the rows of a figure with what stands, and makes the command that carries them out. */
export async function plannedFigure(rows: FigureRows, context: RowContext, sources: Sources): Promise<PlannedRow> {
  const { subject, whole, key } = rows;
  const { defined, definition } = await sources.load(indicatorDecider, indicatorStream(context.plan, subject.code));
  const all = [...(whole ? [whole] : []), ...rows.parts.map(({ row }) => row)];
  const about = { key, rows: all, name: defined?.name ?? subject.code, commands: [] };
  if (!whole) {
    const message = '没有这个指标的总数行：分组的行须与总数的行一起报';
    noteFlaw(context, rows.parts[0]!.row, undefined, { code: 'report.part-without-whole', message });
    return { ...about, intent: 'refused' };
  }
  const said = new Reading(rows, whole, definition, context).said();
  const sight = await streamSight(sources.log, figureStream({ plan: context.plan, ...subject }), rows.revision);
  if (said === 'flawed' || hasWrongRevision(rows, sight, whole, context)) return { ...about, intent: 'refused' };
  const { rules } = await sources.load(qualityDecider, qualityStream(context.plan));
  const required = rulesFor(rules, subject.code).filter((rule) => rule.required);
  return new Compared(rows, whole, { said, required, definition }, sight, context).planned(about);
}

function hasWrongRevision(
  { revision }: FigureRows,
  { events }: StreamSight,
  row: GivenRow,
  context: RowContext,
): boolean {
  if (typeof revision !== 'number' || revision < events.length) return false;
  noteFlaw(context, row, row.cells['系统版本'], {
    code: 'report.revision',
    message: `系统中还没有第 ${revision} 版：工作簿可能来自另一套系统，请重新下载`,
  });
  return true;
}

/** Reads the cells of a figure. */
class Reading {
  private isFlawed = false;

  constructor(
    private readonly rows: FigureRows,
    private readonly whole: GivenRow,
    private readonly definition: Definition | undefined,
    private readonly context: RowContext,
  ) {}

  said(): Said {
    const numbers = this.numbers(this.whole);
    const parts = this.rows.parts.flatMap(({ row, part: id }) => {
      const given = this.numbers(row);
      const [breakdown = '', part = ''] = id.split('.');
      return given ? [{ breakdown, part, ...given } as Part] : [];
    });
    const missing = this.missing();
    if (this.isFlawed) return 'flawed';
    if (missing !== undefined && (numbers ?? parts[0]) !== undefined) {
      return this.flaw(this.whole, '缺报原因', {
        code: 'report.value-and-missing',
        message: '有数值就不能填缺报原因：请删去其中一个',
      });
    }
    if (missing !== undefined) return { missing };
    if (numbers) return { reported: { ...numbers, ...(parts.length > 0 && { parts }) } as Reported };
    if (parts.length === 0) return 'nothing';
    return this.flaw(this.whole, '数值', {
      code: 'report.part-without-whole',
      message: '填了分组而没有总数：请填总数',
    });
  }

  /** The numbers of one row as they are; what does not go together the decider refuses. */
  private numbers(row: GivenRow): Partial<Record<'value' | 'numerator' | 'denominator', string>> | undefined {
    const { unitOfMeasure = '', measurement } = this.definition ?? {};
    const ratio = measurement?.type === 'ratio' ? measurement : undefined;
    const units = {
      value: unitOfMeasure,
      numerator: ratio?.numerator.unit ?? unitOfMeasure,
      denominator: ratio?.denominator.unit ?? unitOfMeasure,
    };
    const found = (['value', 'numerator', 'denominator'] as const).flatMap((field) => {
      const cell = row.cells[columns[field]];
      if (!cell || (!cell.flaw && cell.text.trim() === '')) return [];
      const number = numberIn(cell, units[field]);
      if (typeof number === 'string') return [[field, number] as const];
      this.flaw(row, columns[field], number);
      return [];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }

  private missing(): MissingReason | undefined {
    const cell = this.whole.cells['缺报原因'];
    const word = cell?.text.normalize('NFKC').trim();
    if (!cell || !word) return undefined;
    const code = cell.flaw
      ? undefined
      : (missingCodes.get(word) ?? [...missingCodes.values()].find((each) => each === word));
    if (code) return code;
    const words = [...missingCodes.keys()];
    this.flaw(this.whole, '缺报原因', {
      code: 'report.choice',
      message: `缺报原因须为${words.join('、')}之一${orMeant(codeMeant(word, words))}`,
    });
    return undefined;
  }

  private flaw(row: GivenRow, column: string, flaw: Flaw): 'flawed' {
    this.isFlawed = true;
    noteFlaw(this.context, row, row.cells[column], flaw);
    return 'flawed';
  }
}

/** A value as it stood at some time. */
interface Standing {
  readonly standing: FigureDocument['standing'] | 'none';
  readonly reported?: Reported;
  readonly because?: MissingReason;
}

interface ComparedWith {
  readonly said: Exclude<Said, 'flawed'>;
  /** The rules whose marks have to be explained. */
  readonly required: readonly QualityRule[];
  readonly definition: Definition | undefined;
}

/** What a figure says, beside what stands and what stood when the workbook was made. */
class Compared {
  private readonly said: ComparedWith['said'];
  private readonly required: ComparedWith['required'];
  private readonly definition: ComparedWith['definition'];
  private readonly now: Standing;
  private readonly base: Standing | undefined;

  constructor(
    private readonly rows: FigureRows,
    private readonly whole: GivenRow,
    { said, required, definition }: ComparedWith,
    private readonly sight: StreamSight,
    private readonly context: RowContext,
  ) {
    this.said = said;
    this.required = required;
    this.definition = definition;
    this.now = standingAfter(sight.events);
    this.base = sight.base && standingAfter(sight.base);
  }

  planned(about: Pick<PlannedRow, 'key' | 'rows' | 'name' | 'commands'>): PlannedRow {
    const { now, base, said } = this;
    if (said === 'nothing') return this.nothing(about);
    const to = this.text(
      'reported' in said ? { standing: 'reported', ...said } : { standing: 'missing', because: said.missing },
    );
    const isEdited = !(base && this.isAs(base));
    const texts = { ...(now.standing !== 'none' && { from: this.text(now) }), to };
    if (this.isAs(now)) {
      if (now.standing !== 'returned') return { ...about, intent: 'unchanged', ...this.unused() };
      if (textIn(this.whole, '说明') === undefined && !(base && base.standing !== 'returned')) {
        const note = '已被退回，数值未改：仍须修改；确认无误要重新上报的，请在“说明”写明';
        return { ...about, intent: 'unchanged', from: this.text(now), note };
      }
    }
    const isNew = ['none', 'withdrawn'].includes(now.standing);
    if (this.context.fed && !isNew) return { ...about, intent: 'unchanged', ...texts, differs: true };
    const other = this.changedByOther();
    if (other) {
      // What the sender left as it was is no opinion about what came since.
      if (!isEdited)
        return { ...about, intent: 'unchanged', note: `已由 ${other.metadata.actor.name} 另行更改，本行未改动` };
      const conflict = conflictOf(other, base && this.text(base), this.text(now));
      return { ...about, intent: 'conflict', ...texts, conflict };
    }
    return { ...about, intent: isNew ? 'new' : 'changed', ...texts, commands: this.commands(about.key, said) };
  }

  private nothing(about: Pick<PlannedRow, 'key' | 'rows' | 'name' | 'commands'>): PlannedRow {
    const wasThere = this.base?.reported ?? this.base?.because;
    if (wasThere === undefined || ['none', 'withdrawn'].includes(this.now.standing))
      return { ...about, intent: 'unchanged' };
    noteFlaw(this.context, this.whole, this.whole.cells['数值'], {
      code: 'report.value-removed',
      message: `原报 ${this.text(this.base!)}，现在为空：不改的请恢复原值，要收回的请撤回该数据（空白不作撤回）`,
    });
    return { ...about, intent: 'refused' };
  }

  /** Whether the row says what stood. */
  private isAs({ standing, reported, because }: Standing): boolean {
    const { said } = this;
    if (said === 'nothing') return standing === 'none';
    if ('missing' in said) return standing === 'missing' && because === said.missing;
    return reported !== undefined && standing !== 'missing' && sameReported(inOrder(reported), inOrder(said.reported));
  }

  /** The last event by which somebody else changed the value since the workbook was made. */
  private changedByOther(): RecordedEvent | undefined {
    return this.sight.since.findLast(
      ({ type, metadata }) => changes.includes(type) && metadata.actor.id !== this.context.actor.id,
    );
  }

  private unused(): Pick<PlannedRow, 'note'> {
    return textIn(this.whole, '说明') === undefined ? {} : { note: '数值没有改变，“说明”没有存下' };
  }

  private commands(key: string, said: Exclude<Said, 'flawed' | 'nothing'>): PlannedRow['commands'] {
    const { context, whole, now } = this;
    const { code, unit, period } = this.rows.subject;
    const isCorrection = now.standing === 'reported' || now.standing === 'approved';
    const reason = textIn(whole, '说明') ?? (isCorrection ? context.reason : undefined);
    const input = { code, unit, period, reason, ...(context.evidence && { evidence: context.evidence }) };
    const locate = this.locate();
    if ('missing' in said) {
      return commandOf(context, DeclareMissing, { ...input, because: said.missing }, { key, locate });
    }
    // What is written beside a value explains whatever marks it.
    const text = textIn(whole, '说明');
    const explanations = text === undefined ? [] : this.required.map(({ id: rule }) => ({ rule, text }));
    const numbers = { ...input, ...said.reported, ...(explanations.length > 0 && { explanations }) };
    return isCorrection
      ? commandOf(context, CorrectMeasurement, numbers, { key, locate })
      : commandOf(context, MeasureIndicator, numbers, { key, locate });
  }

  /** Where a field stands; `parts.1.value` in the row of that part. */
  private locate(): Locate {
    const { file } = this.context;
    const filled = this.rows.parts.filter(({ row }) =>
      ['数值', '分子', '分母'].some((name) => textIn(row, name) !== undefined),
    );
    return (field, code) => {
      const [list, at, inner = ''] = field?.split('.') ?? [];
      const part = list === 'parts' ? filled[Number(at)] : undefined;
      return part
        ? locateIn(file, part.row, { ...columns, part: '分组' })(inner, code)
        : locateIn(file, this.whole, { ...columns, parts: '数值' })(field, code);
    };
  }

  private text({ standing, reported, because }: Standing): string {
    if (standing === 'none') return '未上报';
    if (standing === 'withdrawn') return '已撤回';
    if (because) return `缺报（${missingWords[because]}）`;
    if (!reported) return '';
    const parts = partsText(reported, this.definition?.breakdowns);
    return `${enteredText(reported)}${parts === undefined ? '' : `（${parts}）`}`;
  }
}

/** What changes the value of a figure; an approval or a return does not. */
const changes: readonly string[] = [
  'IndicatorMeasured',
  'MeasurementCorrected',
  'MeasurementDeclaredMissing',
  'MeasurementWithdrawn',
] satisfies FigureEvent['type'][];

function standingAfter(events: readonly RecordedEvent[]): Standing {
  const figure = figureAfter(events);
  if (!figure) return { standing: 'none' };
  const { standing, latest, because } = figure;
  return { standing, ...(latest && { reported: latest.reported }), ...(because && { because }) };
}

/** With its parts in one order, so that two can be compared. */
function inOrder(reported: Reported): Reported {
  const id = ({ breakdown, part }: Part) => `${breakdown}.${part}`;
  return reported.parts
    ? { ...reported, parts: reported.parts.toSorted((a, b) => (id(a) < id(b) ? -1 : 1)) }
    : reported;
}
