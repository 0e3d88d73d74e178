import type { Permission } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import type { CommandName } from '../shared/command/commands';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { AssignFinding } from './AssignFinding';

export type ActedKind = 'projects' | 'policies' | 'tasks' | 'findings';

/** A project, policy, task or finding as it stands today. */
export interface Acted {
  readonly kind: ActedKind;
  readonly id: string;
  readonly name: string;
  /** The unit that reports on it, or rectifies it. */
  readonly unit: string | undefined;
  readonly standing: string;
  /** Of a project: the days of which an investment was reported. */
  readonly invested?: readonly { readonly on: string; readonly amount: string }[];
}

interface Action {
  readonly command: CommandName;
  readonly text: string;
  readonly fields: readonly string[];
  /** The standings in which it is offered. */
  readonly when: readonly string[];
  readonly permission?: Permission;
  readonly needsReason?: true;
  readonly needsEvidence?: true;
  /** Not for people of the unit that did the work. */
  readonly isForOthers?: true;
  readonly isDangerous?: true;
  /** Its form begins with what the server proposes. */
  readonly isProposed?: true;
}

/** A finding that nobody was asked to rectify, and one whose owner has to hand something in. */
const [unassigned, owed] = [
  ['open', 'answered'],
  ['assigned', 'sent-back'],
] as const;
const open = ['registered', 'started', 'suspended'];
const assigning = { permission: 'rectification.assign', needsReason: true } as const;
const planning = { permission: 'programme.plan', needsReason: true } as const;

const actions: Readonly<Record<ActedKind, readonly Action[]>> = {
  projects: [
    { command: 'startProject', text: t('登记开工'), fields: ['on'], when: ['registered'] },
    { command: 'reportProjectProgress', text: t('报形象进度'), fields: ['on', 'percent', 'text'], when: ['started'] },
    {
      command: 'reportInvestment',
      text: t('报累计投资'),
      fields: ['on', 'amount'],
      when: [...open, 'completed'],
    },
    { command: 'resumeProject', text: t('登记复工'), fields: ['on'], when: ['suspended'] },
    { command: 'completeProject', text: t('登记竣工'), fields: ['on'], when: ['started'] },
    {
      ...{ command: 'suspendProject', text: t('登记停工'), fields: ['on'], when: ['started'] },
      ...{ needsReason: true, isDangerous: true },
    },
    { ...planning, command: 'rescheduleProject', text: t('调整工期'), fields: ['plannedEnd'], when: open },
    { ...planning, command: 'cancelProject', text: t('取消项目'), fields: ['on'], when: open, isDangerous: true },
  ],
  policies: [
    { command: 'draftPolicy', text: t('登记起草'), fields: ['on'], when: ['planned'] },
    {
      ...{ command: 'issuePolicy', text: t('登记印发') },
      ...{ fields: ['on', 'documentNumber', 'revises'], when: ['planned', 'drafted'] },
    },
    { command: 'revisePolicy', text: t('登记修订'), fields: ['on', 'documentNumber', 'revises'], when: ['issued'] },
    {
      ...{ command: 'repealPolicy', text: t('登记废止'), fields: ['on'], when: ['issued'] },
      ...{ needsReason: true, isDangerous: true },
    },
    { ...planning, command: 'postponePolicy', text: t('推迟'), fields: ['to'], when: ['planned', 'drafted'] },
    {
      ...{ ...planning, command: 'dropPolicy', text: t('不再制定'), fields: ['on'] },
      ...{ when: ['planned', 'drafted'], isDangerous: true },
    },
  ],
  tasks: [
    {
      ...{ command: 'reportTaskProgress', text: t('报进展'), fields: ['on', 'percent', 'text'] },
      when: ['assigned', 'under-way'],
    },
    { command: 'completeTask', text: t('登记完成'), fields: ['on', 'text'], when: ['assigned', 'under-way'] },
    { command: 'reopenTask', text: t('重启'), fields: ['on'], when: ['completed'], needsReason: true },
    {
      ...{ ...planning, command: 'dropTask', text: t('取消任务'), fields: ['on'] },
      ...{ when: ['assigned', 'under-way'], isDangerous: true },
    },
  ],
  findings: [
    { command: 'answerFinding', text: t('答复'), fields: ['on', 'text'], when: unassigned },
    {
      ...{ command: 'assignFinding', text: t('交办整改'), fields: [], isProposed: true },
      ...{ when: unassigned, permission: 'rectification.assign' },
    },
    {
      ...{ command: 'reportMeasures', text: t('报送整改情况'), fields: ['on', 'text'], needsEvidence: true },
      when: ['assigned', 'sent-back', 'reported'],
    },
    {
      ...{ command: 'acceptMeasures', text: t('验收'), fields: ['on', 'text'] },
      ...{ when: ['reported'], permission: 'rectification.accept' },
    },
    {
      ...{ command: 'sendBackMeasures', text: t('退回整改'), fields: ['on'], when: ['reported', 'accepted'] },
      ...{ permission: 'rectification.accept', needsReason: true, isDangerous: true },
    },
    {
      ...{ command: 'closeFinding', text: t('办结'), fields: ['on', 'text'] },
      ...{ when: unassigned, permission: 'evaluations.find' },
    },
    {
      ...{ command: 'closeFinding', text: t('办结整改'), fields: ['on', 'text'] },
      ...{ when: ['accepted'], permission: 'rectification.close', isForOthers: true },
    },
    { ...assigning, command: 'moveFindingDue', text: t('调整整改期限'), fields: ['to'], when: [...owed, 'reported'] },
    { ...assigning, command: 'assignFinding', text: t('改派'), fields: ['on', 'owner', 'dueOn'], when: owed },
    {
      ...{ command: 'withdrawFinding', text: t('撤销问题'), fields: [], when: [...unassigned, ...owed] },
      ...{ permission: 'evaluations.find', needsReason: true, isDangerous: true },
    },
  ],
};

/** What the person may register of the thing as it stands. */
export function useActionsFor({ kind, unit, standing }: Pick<Acted, 'kind' | 'unit' | 'standing'>): readonly Action[] {
  const plan = usePlanHere();
  const session = useSession();
  return actions[kind].filter(
    ({ when, permission = 'programme.report', isForOthers }) =>
      when.includes(standing) &&
      mayFor(session, permission, plan, unit) &&
      !(isForOthers && session.unit !== undefined && session.unit === unit),
  );
}

/** Forms that register what happened; none where the person may register nothing. */
export function ThingActions({ thing }: { readonly thing: Acted }) {
  const plan = usePlanHere();
  const session = useSession();
  const { kind, id, name, unit, invested = [] } = thing;
  const offered = useActionsFor(thing);
  const place = { plan: plan.plan, units: plan.units, ...(unit !== undefined && { unit }) };
  const last = invested.at(-1);
  const formed = offered.filter(({ isProposed }) => !isProposed);
  return (
    <span className="thing-actions">
      {offered.some(({ isProposed }) => isProposed) && <AssignFinding id={id} name={name} />}
      {formed.map(({ command, text, fields, needsReason, needsEvidence, isDangerous = false }) => (
        <CommandButton
          key={text}
          command={command}
          text={text}
          isDangerous={isDangerous}
          place={place}
          path={{ id }}
          fields={[...fields, 'reason', 'evidence']}
          alsoRequired={[...(needsReason ? ['reason'] : []), ...(needsEvidence ? ['evidence'] : [])]}
        >
          <p className="muted">
            {id} {name}
          </p>
        </CommandButton>
      ))}
      {kind === 'projects' && last && mayFor(session, 'programme.report', plan, unit) && (
        <CommandButton
          command="correctInvestment"
          text={t('更正 {{on}} 的投资', { on: last.on })}
          place={place}
          path={{ id, on: last.on }}
          fields={['amount', 'reason', 'evidence']}
          alsoRequired={['reason']}
          initial={{ amount: last.amount }}
        >
          <p className="muted">
            {id} {name}
          </p>
        </CommandButton>
      )}
    </span>
  );
}
