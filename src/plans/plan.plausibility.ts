import { grouped } from '../kernel/grouped.js';
import { plausibility, type AskedCommand, type Oddity } from '../slice/plausibility.js';
import { draftOddities } from './draft.plausibility.js';
import { knownPlan } from './known-plan.js';
import { AreaContent, PlanContent, UnitContent } from './plan.commands.js';
import type { PlanState } from './plan.state.js';
import { unitOddities, unitSide, type AskedUnits } from './unit.plausibility.js';

interface PlanSight {
  readonly state: PlanState;
  readonly draft: AskedCommand<PlanContent> | undefined;
  readonly units: AskedUnits;
  readonly areas: readonly AskedCommand<AreaContent>[];
}

export const planPlausibility = plausibility<PlanSight>({
  async gather(asked, load) {
    return {
      state: await knownPlan(asked, load),
      draft: asked.of(PlanContent)[0],
      units: new Map(asked.of(UnitContent).map((unit) => [unit.command.code, unit])),
      areas: asked.of(AreaContent),
    };
  },

  oddities({ state, draft, units, areas }) {
    const [first] = [...state.units.values()].filter(({ level, parent }) => level !== 'reference' && !parent);
    const firstUnit = unitSide(first?.code ?? '', units, 'name');
    return [
      ...(draft && state.drafted ? draftOddities(draft, state.drafted, state, firstUnit) : []),
      ...unitOddities(state, units),
      ...namesakes(areas),
    ];
  },
});

function namesakes(areas: readonly AskedCommand<AreaContent>[]): Oddity[] {
  return [...grouped(areas, ({ command }) => command.name).values()].flatMap(([first, ...others]) =>
    others
      .filter(({ command }) => command.code !== first!.command.code)
      .map((other) => ({
        code: 'area.same-name',
        subject: other.command.code,
        message: `标杆区 ${first!.command.code} 与 ${other.command.code} 都叫“${other.command.name}”：请核对名称`,
        sides: [
          { asked: other, field: 'name' },
          { asked: first!, field: 'name' },
        ],
      })),
  );
}
