import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { appraisalRulesSchema, defaultAppraisalRules } from './appraisal-rules.js';

export const appraisalRulesStream = (plan: string) => streamName('appraisalrules', plan);

export const AppraisalRulesSet = defineEvent({
  name: 'AppraisalRulesSet',
  label: '设定考核规则',
  meaning:
    'From now on 考核 sheets are computed by these rules: all of them as they are now; earlier sheets keep the rules they used',
  schema: Type.Object(
    { version: Type.Integer({ minimum: 1 }), rules: appraisalRulesSchema },
    { additionalProperties: false },
  ),
  example: { version: 1, rules: defaultAppraisalRules },
});

export const appraisalRulesEvents = [AppraisalRulesSet] as const;
export type AppraisalRulesEvent = EventOf<typeof appraisalRulesEvents>;
