import type { Catalogue } from '../kernel/catalogue.js';
import type { DomainError } from '../kernel/errors.js';
import type { EventLog } from '../kernel/event-log.js';
import type { Actor, DomainEvent, NewEvent, RecordedEvent } from '../kernel/event.js';
import { eventId } from '../kernel/handling.js';
import { canonicalJson, plain, sha256 } from '../kernel/json.js';
import { harmless } from '../kernel/text.js';
import { SubmissionApplied, SubmissionReceived, SubmissionRefused, submissionStream } from './submission.events.js';

export type Received = (typeof SubmissionReceived)['example'];

/** Which submission it is, and for whom its own events are recorded. */
export interface SubmissionHead {
  readonly plan: string;
  readonly submission: string;
  readonly actor: Actor;
  readonly demo: boolean;
  readonly reason?: string;
}

/** It has been received, and neither applied nor refused since. */
const isReceived = (standing: readonly string[]) => standing.at(-1) === 'SubmissionReceived';

/** Received anew: the first time, or after it was refused or withdrawn. Otherwise the same came twice at once. */
const isDue = (standing: readonly string[]) =>
  standing.length === 0 || standing.at(-1) === 'SubmissionRefused' || standing.at(-1) === 'SubmissionWithdrawn';

/** Keeps the stream of each submission: what became of it. */
export class SubmissionRecord {
  constructor(private readonly ports: { readonly log: EventLog; readonly catalogue: Catalogue }) {}

  /** What became of a submission so far; empty where it was never received. */
  standing(plan: string, submission: string): Promise<RecordedEvent[]> {
    return this.ports.log.readStream(submissionStream(plan, submission));
  }

  receive(head: SubmissionHead, received: Received): Promise<void> {
    return this.append(head, SubmissionReceived.of(plain(received)), isDue);
  }

  /** All of what was received, also where a crash or another's write made it come in several runs. */
  async apply(head: SubmissionHead): Promise<void> {
    const received = (await this.standing(head.plan, head.submission)).at(-1);
    if (received?.type !== 'SubmissionReceived') return;
    const { events } = received.data as Received;
    await this.append(head, SubmissionApplied.of({ events }), isReceived);
  }

  /** A submission that had been received and no longer passes; `standing` of its events were appended before. */
  refuse(head: SubmissionHead, standing: number, refusal: DomainError): Promise<void> {
    const problems = refusal.problems.slice(0, 100).map(({ code, message }) => ({ code, message: harmless(message) }));
    return this.append(head, SubmissionRefused.of({ standing, problems }), isReceived);
  }

  /** Appends an event of the submission, where it is due after the types of those before it. */
  async append(
    { plan, submission, actor, demo, reason }: SubmissionHead,
    event: DomainEvent,
    due: (standing: readonly string[]) => boolean,
  ): Promise<void> {
    const { log, catalogue } = this.ports;
    const stream = submissionStream(plan, submission);
    const standing = await log.readStream(stream);
    if (!due(standing.map(({ type }) => type))) return;
    const commandId = `submission-${submission}-${event.type}`;
    const commandHash = sha256(canonicalJson(event));
    const appended: NewEvent = {
      ...event,
      id: eventId(commandHash, commandId, standing.length),
      metadata: {
        schemaVersion: catalogue.versionOf(event.type),
        actor,
        ...(reason !== undefined && { reason }),
        commandId,
        commandHash,
        correlationId: `submission-${submission}`,
        ...(demo && { demo: true as const }),
      },
    };
    await log.append(stream, standing.at(-1)?.revision ?? 'none', [appended]);
  }
}
