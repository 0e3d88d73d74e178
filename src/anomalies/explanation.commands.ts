import { OnFigure } from '../figures/figure.commands.js';
import { Flag, OneOf, Text } from '../slice/field.js';
import { explainableKinds, type ExplainableKind } from './words.js';

abstract class OnMark extends OnFigure {
  @OneOf(explainableKinds, { label: '提示种类', example: 'jump' })
  kind: ExplainableKind;
}

export class ExplainAnomaly extends OnMark {
  get type() {
    return 'ExplainAnomaly' as const;
  }

  @Text({ label: '说明', max: 1000, example: '两家机构年内投入运营' })
  text: string;
}

export class JudgeAnomalyExplanation extends OnMark {
  get type() {
    return 'JudgeAnomalyExplanation' as const;
  }

  @Flag({ label: '认可', description: '不认可的须写明事由' })
  accepted: boolean;
}

export type ExplanationCommand = ExplainAnomaly | JudgeAnomalyExplanation;
