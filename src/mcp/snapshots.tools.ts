import * as z from 'zod';
import { evaluationStream } from '../evaluations/evaluation.events.js';
import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import { EvaluationsController } from '../evaluations/evaluations.controller.js';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import type { RecordedEvent } from '../kernel/event.js';
import type { Addresses } from './addresses.js';
import type { Asking, PlanThen } from './asking.js';
import { defined, event } from './numbers.js';
import { placeOf, wholeStream } from './origins.js';
import { address, head, optionalText, part, partFields, partOf, plan, tool } from './tool.js';

const snapshot = z.object({
  snapshot: z
    .string()
    .describe('评估编号/快照序号，用于 verify_snapshot、compare / as verify_snapshot and compare take it'),
  title: z.string(),
  kind: z.string(),
  period: z.string(),
  asOf: z.string().describe('按此时掌握的数据 / by what was known then'),
  position: z.string().describe('按到此序号为止的日志 / by the log up to this position'),
  takenAt: z.string(),
  by: z.string(),
  published: z.boolean(),
  supersededBy: z.string().optional(),
  contentHash: z.string(),
  rulesVersion: z.number(),
  index: z.string().optional(),
  coverage: z.string(),
  statuses: z.record(z.string(), z.number()),
  taken: event.optional().describe('存档的事件 / the event by which it was taken'),
  demo: z.boolean(),
  ...address,
});

export const listSnapshots = tool({
  name: 'list_snapshots',
  title: '评估存档清单 / List snapshots',
  description:
    '列出一个规划的评估存档（快照）：期间、截至时间、指数、内容哈希、是否已发布。/ Lists the snapshots of the evaluations of a plan: period, cut-off, index, content hash, whether published.',
  input: z.strictObject({ plan, ...part(20, 100) }),
  output: z.object({ ...head, snapshots: z.array(snapshot), ...partFields }),

  async answer(asked, asking) {
    const then = await asking.open(asked.plan, {});
    const found = await evaluationsOf(asking, then);
    const all = found.flatMap((evaluation) => evaluation.snapshots.map((entry) => ({ evaluation, entry })));
    const { part: listed, ...cut } = partOf(all, asked);
    const here = { page: then.at.page('evaluations'), api: then.at.api('evaluations') };
    const demo = listed.some(({ evaluation }) => evaluation.demo);
    return {
      ...then.head(here, demo),
      snapshots: await Promise.all(
        listed.map(async ({ evaluation, entry }) => ({
          ...snapshotOf(evaluation, entry),
          demo: then.head(here, evaluation.demo).demo,
          ...(await taken(asking, evaluation, entry)),
          ...addressOf(then.at, evaluation.id, entry.number),
        })),
      ),
      ...cut,
    };
  },
});

export const verifySnapshot = tool({
  name: 'verify_snapshot',
  title: '核验存档 / Verify a snapshot',
  description:
    '由日志重算一份快照，与存档时的内容哈希核对：一致即可证明其数字未被改动。较慢。/ Recomputes a snapshot from the log and compares the content hashes. Slow.',
  input: z.strictObject({ plan, snapshot: optionalText('评估编号/快照序号，如 midterm-2022/1 / evaluation/number') }),
  output: z.object({
    ...head,
    snapshot: z.string(),
    contentHash: z.string(),
    stored: z.enum(['intact', 'missing', 'damaged']),
    recomputedHash: z.string(),
    reproduced: z.boolean().describe('true：重算一致 / the recomputation gave the same'),
    eventsRead: z.number(),
    taken: event.optional(),
  }),

  async answer(asked, asking) {
    const then = await asking.open(asked.plan, {});
    const named = snapshotNamed(asked.snapshot);
    const evaluation = (await evaluationsOf(asking, then)).find(({ id }) => id === named.id);
    // Of an evaluation alone, the latest.
    const { id, number = String(evaluation?.snapshots.length ?? 1) } = named;
    const { events, contentHash, stored, recomputedHash, reproduced } = await asking.ask(
      EvaluationsController,
      'verification',
      {
        path: then.at.api(`evaluations/${id}/snapshots/${number}/verification`),
        params: { plan: asked.plan, id, number },
      },
    );
    const entry = evaluation?.snapshots.find((each) => String(each.number) === number);
    return {
      ...then.head(addressOf(then.at, id, Number(number)), evaluation?.demo),
      ...{ snapshot: `${id}/${number}`, contentHash, stored, recomputedHash, reproduced, eventsRead: events },
      ...(evaluation && entry && (await taken(asking, evaluation, entry))),
    };
  },
});

const evaluationsOf = (asking: Asking, { document, at }: PlanThen) =>
  asking.ask(EvaluationsController, 'list', { path: at.api('evaluations'), params: { plan: document.plan } });

const snapshotOf = (
  { id, title, kind, published, supersededBy }: EvaluationDocument,
  { number, period, asOf, position, knownAt, by, contentHash, rulesVersion, summary }: SnapshotEntry,
) => ({
  ...{ snapshot: `${id}/${number}`, title, kind, period, asOf, position, takenAt: knownAt, by },
  ...{ published: published === number, contentHash, rulesVersion },
  ...defined({ supersededBy, index: summary.index, coverage: summary.coverage }),
  statuses: { ...summary.statuses },
});

const addressOf = (at: Addresses, id: string, number: number) => {
  const path = `evaluations/${encodeURIComponent(id)}/snapshots/${number}`;
  return { page: at.page(path), api: at.api(path) };
};

/** The event by which a snapshot was taken. */
async function taken({ sources: { log } }: Asking, { plan: code, id }: EvaluationDocument, { number }: SnapshotEntry) {
  const events = await wholeStream(log, evaluationStream(code, id));
  const isOf = ({ type, data }: RecordedEvent) => type === 'SnapshotTaken' && data.number === number;
  const found = events.find(isOf);
  return found ? { taken: placeOf(found) } : {};
}
