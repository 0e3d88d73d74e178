import { make, specification } from '../../test/support/decider-spec.js';
import { beds2161, lianduBeds, measured } from '../../test/support/examples/figures.js';
import { bedsDefined, indicatorState } from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { IndicatorScopeSet } from '../indicators/indicator.events.js';
import { UnitEnded } from '../plans/unit-change.events.js';
import { MeasureIndicator } from './figure.commands.js';
import { figureDecider } from './figure.decider.js';
import { IndicatorMeasured, figureEvents } from './figure.events.js';

const known = { plan: planState(), indicator: indicatorState(bedsDefined) };
const given = specification(figureDecider, figureEvents, { known, now: '2026-02-01T02:00:00.000Z' });
const measure = (different: Partial<MeasureIndicator> = {}) =>
  make(MeasureIndicator, { ...lianduBeds, ...beds2161, ...different });

describe('a unit', () => {
  const outOfScope = {
    known: {
      ...known,
      indicator: indicatorState(
        bedsDefined,
        IndicatorScopeSet.of({ unit: '331102', applies: false, fromPeriod: '2024' }),
      ),
    },
  };

  it('needs an exception where the indicator does not apply to it', () => {
    given()
      .when(measure({ period: '2023' }), outOfScope)
      .then(measured(beds2161));
    given()
      .when(measure({ period: '2024' }), outOfScope)
      .thenRefused('figure.out-of-scope', 'exception');
    given()
      .when(measure({ period: '2024', exception: '另有要求' }), outOfScope)
      .then(IndicatorMeasured.of({ reported: beds2161, definitionVersion: 1, exception: '另有要求' }));
  });

  it('reports nothing for a period at whose end it exists no more', () => {
    const ended = { known: { ...known, plan: planState(UnitEnded.of({ code: '331102', on: '2023-12-31' })) } };
    given()
      .when(measure({ period: '2022' }), ended)
      .then(measured(beds2161));
    given()
      .when(measure({ period: '2023' }), ended)
      .thenRefused('figure.unit-ended', 'unit');
  });
});
