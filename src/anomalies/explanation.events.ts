import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { explainableKinds } from './words.js';

/** What was said of the marks of one figure. */
export const explanationStream = (plan: string, code: string, unit: string, period: string) =>
  streamName('anomaly', plan, code, unit, period);

const kind = Type.Union(explainableKinds.map((each) => Type.Literal(each)));
const closed = { additionalProperties: false } as const;

export const AnomalyExplained = defineEvent({
  name: 'AnomalyExplained',
  label: '说明数据异常提示',
  meaning:
    'The unit explained why a figure is out of the ordinary; it holds for the value that stood then, and replaces an earlier explanation, which stays readable',
  schema: Type.Object(
    { kind, value: Type.String({ description: 'The value as it was entered: 48, or 48 ÷ 100' }), text: Type.String() },
    closed,
  ),
  example: { kind: 'jump', value: '1060 ÷ 1930', text: '两家机构年内投入运营' },
});

export const AnomalyExplanationJudged = defineEvent({
  name: 'AnomalyExplanationJudged',
  label: '审核数据异常说明',
  meaning: 'A reviewer accepted the explanation of a mark, or did not for the reason in metadata',
  schema: Type.Object({ kind, accepted: Type.Boolean() }, closed),
  example: { kind: 'jump', accepted: true },
});

export const explanationEvents = [AnomalyExplained, AnomalyExplanationJudged] as const;
export type ExplanationEvent = EventOf<typeof explanationEvents>;
