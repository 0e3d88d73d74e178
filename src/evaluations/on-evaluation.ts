import { Command } from '../slice/command.js';
import { Identifier, PlanSlug } from '../slice/field.js';

/** A command about an evaluation. An external evaluator sends it for the evaluations of the invitation only. */
export abstract class OnEvaluation extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '评估编号', example: 'midterm-2022' })
  id: string;

  override get about() {
    return { kind: 'evaluation', id: this.id };
  }
}
