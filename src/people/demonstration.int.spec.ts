import { createInstallation } from '../../test/support/house.js';
import { serve } from '../../test/support/server.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { roleNames } from '../access/roles.js';
import { planProjection } from '../plans/plan.projection.js';
import { makeDemonstration } from './demonstration.js';

it('the accounts of a demonstration end, with their sessions, at the start without one', async () => {
  const installation = await createInstallation();
  try {
    const first = await serve(installation.data);
    await first.engine.submissions.submit(smallPlan());
    await first.engine.caughtUp();
    const plan = await first.engine.views.get(planProjection, 'small');
    const inviting = { gateway: first.engine.gateway, identity: first.identity! };
    const accounts = await makeDemonstration([plan!.body], first.engine.views, inviting);
    expect(accounts.map(({ role }) => role).sort()).toEqual(
      roleNames.filter((role) => !['corrector', 'backfill'].includes(role)).sort(),
    );
    for (const { person } of accounts) {
      await first.identity!.signIn.forDemonstration(person, {});
      expect(await first.identity!.sessions.of(person)).toHaveLength(1);
    }
    await first.engine.caughtUp();
    await first.close();

    for (const start of [1, 2]) {
      const again = await serve(installation.data);
      const { rights, sessions, credentials } = again.identity!;
      for (const { person } of accounts) {
        const { entries } = await credentials.accessLog.list({ person, kind: 'access.ended' }, { limit: 9 });
        const found = { start, ended: entries.length, sessions: await sessions.of(person) };
        expect({ ...found, enters: await rights.mayEnter(person) }).toEqual({
          ...{ start, ended: 1, sessions: [], enters: false },
        });
      }
      await again.close();
    }
  } finally {
    await installation.remove();
  }
}, 60_000);
