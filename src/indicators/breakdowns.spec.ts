import { make, specification } from '../../test/support/decider-spec.js';
import { byAge, bySex, indicatorDefined, unionCount, unionsDefined } from '../../test/support/examples/indicators.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { DefineIndicator, RedefineIndicator } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import { IndicatorRedefined, indicatorEvents, type Breakdown, type Definition } from './indicator.events.js';

const given = specification(indicatorDecider, indicatorEvents, {
  known: { plan: planState() },
  now: '2026-02-01T02:00:00.000Z',
});
const brokenDown = (...breakdowns: Breakdown[]): Definition => ({ ...unionCount, breakdowns });
const define = (definition: Definition) =>
  make(DefineIndicator, { plan, code: '03', ...indicatorDefined({ definition }).data, definition });
const redefine = (definition: Definition) =>
  make(RedefineIndicator, { plan, code: '03', definition, comparable: true });
const because = { reason: '增加分组' };

describe('the breakdowns of a definition', () => {
  it('are defined with it, in their order', () => {
    given()
      .when(define(brokenDown(byAge, bySex)))
      .then(indicatorDefined({ definition: brokenDown(byAge, bySex) }));
  });

  it('are part of it: another breakdown is another definition', () => {
    const redefined = (definitionVersion: number, definition: Definition) =>
      IndicatorRedefined.of({ definitionVersion, definition, comparable: true });
    given(unionsDefined)
      .when(redefine(brokenDown(bySex)), because)
      .then(redefined(2, brokenDown(bySex)));
    given(unionsDefined, redefined(2, brokenDown(bySex)))
      .when(redefine(brokenDown(bySex)), because)
      .thenNothing();
    given(unionsDefined, redefined(2, brokenDown(bySex)))
      .when(redefine(unionCount), because)
      .then(redefined(3, unionCount));
  });

  it('have codes and names of their own, and so have their parts', () => {
    const [women, men] = bySex.parts as [Breakdown['parts'][number], Breakdown['parts'][number]];
    const twice = 'indicator.breakdown-twice';
    given()
      .when(define(brokenDown(bySex, { ...byAge, code: 'sex' })))
      .thenRefused(twice, 'definition.breakdowns.1.code');
    given()
      .when(define(brokenDown(bySex, { ...byAge, name: '性别' })))
      .thenRefused(twice, 'definition.breakdowns.1.name');
    given()
      .when(define(brokenDown(byAge, { ...bySex, parts: [women, { ...men, code: 'f' }] })))
      .thenRefused(twice, 'definition.breakdowns.1.parts.1.code');
  });

  it('are not of a formula, which nobody reports', () => {
    const definition: Definition = {
      ...brokenDown(bySex),
      measurement: { type: 'formula', formula: 'value("04")' },
      aggregation: 'none',
    };
    given().when(define(definition)).thenRefused('indicator.breakdown-formula', 'definition.breakdowns');
  });
});
