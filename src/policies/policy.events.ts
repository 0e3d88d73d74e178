import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { withdrawnReport } from '../slice/withdrawable.js';

export const policyStream = (plan: string, id: string) => streamName('policy', plan, id);

/**
 * `new` 新制定; `revision` 修订; `unremarked`: listed in the annex without either word; `announced`: mentioned in the plan's
 * text but not in its annex.
 */
export const policyIntents = ['new', 'revision', 'unremarked', 'announced'] as const;
export const policyLevels = ['national', 'provincial', 'municipal', 'county'] as const;

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());
const line = Type.Optional(Type.Integer({ minimum: 1 }));
const level = Type.Optional(Type.Union(policyLevels.map((value) => Type.Literal(value))));
const on = Type.String({ description: 'Day on which it happened (valid time), YYYY-MM-DD' });
const documentNumber = Type.String({ description: '文号' });

export const PolicyPlanned = defineEvent({
  name: 'PolicyPlanned',
  label: '计划制定政策',
  meaning: 'The plan announces a new policy or a revision, with a period, a range of periods or no date',
  schema: Type.Object(
    {
      name: Type.String(),
      type: text,
      intent: Type.Union(policyIntents.map((value) => Type.Literal(value))),
      level,
      owner: text,
      from: Type.Optional(Type.String({ description: 'First period of the planned range' })),
      to: Type.Optional(Type.String({ description: 'Period by whose end the policy is planned to be issued' })),
      number: Type.Optional(Type.Integer({ minimum: 1, description: 'Number in the plan’s annex' })),
      printedDate: text,
      remark: text,
      note: text,
      line,
    },
    closed,
  ),
  example: {
    name: '丽水市居家养老服务条例',
    type: '地方性法规',
    intent: 'new',
    level: 'municipal',
    owner: '331100',
    from: '2022',
    to: '2022',
    number: 1,
    printedDate: '2022年',
    remark: '新制定',
    line: 278,
  },
});

export const PolicyAmended = defineEvent({
  name: 'PolicyAmended',
  label: '修改计划政策',
  meaning:
    'What the plan says of a policy to make was amended for the reason in metadata; holds the whole new content. Steps stay as they were. The due period follows the new content, unless the policy was postponed before: a postponement stands',
  schema: PolicyPlanned.schema,
  example: { ...PolicyPlanned.example, to: '2023', printedDate: '2022—2023年' },
});

export const PolicyCited = defineEvent({
  name: 'PolicyCited',
  label: '引用政策',
  meaning: 'The plan refers to an existing policy, whose progress is not tracked',
  schema: Type.Object({ name: Type.String(), type: text, level, role: text, note: text, line }, closed),
  example: { name: '国务院关于新时代支持革命老区振兴发展的意见', level: 'national', line: 1 },
});

export const CitedPolicyAmended = defineEvent({
  name: 'CitedPolicyAmended',
  label: '修改引用政策',
  meaning:
    'What the plan says of a policy that it refers to was amended for the reason in metadata; holds the whole new content',
  schema: PolicyCited.schema,
  example: { ...PolicyCited.example, line: 2 },
});

export const PolicyDrafted = defineEvent({
  name: 'PolicyDrafted',
  label: '起草政策',
  meaning: 'A draft of the policy exists, for comment or review',
  schema: Type.Object({ on }, closed),
  example: { on: '2022-03-10' },
});

export const PolicyIssued = defineEvent({
  name: 'PolicyIssued',
  label: '印发政策',
  meaning: 'The policy was issued under a document number; a planned revision names the revised document',
  schema: Type.Object({ on, documentNumber, revises: text }, closed),
  example: { on: '2022-09-30', documentNumber: '示例〔2022〕18号' },
});

export const PolicyRevised = defineEvent({
  name: 'PolicyRevised',
  label: '修订政策',
  meaning: 'An issued policy was revised; records the new document number and the replaced one',
  schema: Type.Object({ on, documentNumber, revises: Type.String() }, closed),
  example: { on: '2024-05-20', documentNumber: '示例〔2024〕6号', revises: '示例〔2022〕18号' },
});

export const PolicyPostponed = defineEvent({
  name: 'PolicyPostponed',
  label: '推迟政策',
  meaning: 'The policy was postponed to a later period for the reason in metadata; the original period is kept',
  schema: Type.Object({ from: text, to: Type.String() }, closed),
  example: { from: '2022', to: '2023' },
});

export const PolicyDropped = defineEvent({
  name: 'PolicyDropped',
  label: '不再制定政策',
  meaning: 'The policy will not be made any more, for the reason in metadata',
  schema: Type.Object({ on }, closed),
  example: { on: '2024-01-15' },
});

export const PolicyRepealed = defineEvent({
  name: 'PolicyRepealed',
  label: '废止政策',
  meaning: 'An issued policy was repealed for the reason in metadata',
  schema: Type.Object({ on }, closed),
  example: { on: '2025-02-01' },
});

export const PolicyReportWithdrawn = defineEvent({
  name: 'PolicyReportWithdrawn',
  label: '撤回政策登记',
  meaning:
    'A report on the policy was withdrawn for the reason in metadata: all is as if it had not been made. What was known before stays readable as of then',
  schema: withdrawnReport,
  example: { eventId: '0f4c51d2-6a0e-5a1b-9a53-7c1a2f0e9d12', type: 'PolicyDrafted', revision: 1, on: '2022-03-10' },
});

export const policyEvents = [
  PolicyPlanned,
  PolicyAmended,
  PolicyCited,
  CitedPolicyAmended,
  PolicyDrafted,
  PolicyIssued,
  PolicyRevised,
  PolicyPostponed,
  PolicyDropped,
  PolicyRepealed,
  PolicyReportWithdrawn,
] as const;
export type PolicyEvent = EventOf<typeof policyEvents>;
/** All but the withdrawal of another. */
export type PolicyFact = Exclude<PolicyEvent, { type: 'PolicyReportWithdrawn' }>;
