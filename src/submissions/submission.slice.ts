import type { Slice } from '../slice/slice.js';
import { submissionEvents } from './submission.events.js';
import { submissionProjection } from './submission.projection.js';
import { submissionSight } from './submission.sight.js';
import { SubmissionsController } from './submissions.controller.js';

/** Takes no commands: `Submissions` appends its events around the commands of a whole folder. */
export const submissionSlice: Slice = {
  name: 'submissions',
  announced: ['submission'],
  events: submissionEvents,
  projections: [submissionProjection],
  sights: [submissionSight],
  controllers: [SubmissionsController],
};
