import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { qualityRuleSchema } from './quality-rules.js';

export const qualityStream = (plan: string) => streamName('quality', plan);

export const QualityRulesSet = defineEvent({
  name: 'QualityRulesSet',
  label: '设定数据质量规则',
  meaning: 'From now on reported values are checked by these rules: the whole list as it is now',
  schema: Type.Object(
    { version: Type.Integer({ minimum: 1 }), rules: Type.Array(qualityRuleSchema) },
    { additionalProperties: false },
  ),
  example: {
    version: 1,
    rules: [
      { id: 'jump-02', kind: 'jump', indicator: '02', percent: '20', required: 'explanation' },
      { id: 'whole', kind: 'whole-numbers' },
    ],
  },
});

export const qualityEvents = [QualityRulesSet] as const;
export type QualityEvent = EventOf<typeof qualityEvents>;
