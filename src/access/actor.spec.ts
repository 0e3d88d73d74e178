import fc from 'fast-check';
import { actorHeader, actorOf, formatActor, localActor } from './actor.js';

const asked = (header: string | undefined) =>
  ({ header: (name: string) => (name === actorHeader ? header : undefined) }) as Parameters<typeof actorOf>[0];

describe('the actor of a request', () => {
  it('is read from the header', () => {
    const header = 'id=clerk-1; name=%E5%BC%A0%E4%B8%89; unit=331102; roles=reporter,backfill';
    expect(actorOf(asked(header))).toEqual({
      id: 'clerk-1',
      name: '张三',
      unit: '331102',
      roles: ['reporter', 'backfill'],
    });
  });

  it('requires only an id, which is used as the name', () => {
    expect(actorOf(asked('id=clerk-1'))).toEqual({ id: 'clerk-1', name: 'clerk-1', roles: [] });
  });

  it('property: formatActor and actorOf are inverse for any name', () => {
    const actor = fc.record({
      id: fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,30}$/u),
      name: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
        .filter(
          (name) => /^\S(.*\S)?$/.test(name) && !/\p{Cc}/u.test(name) && name.isWellFormed() && name.length <= 60,
        ),
      unit: fc.constantFrom('331102', '331102001', 'KS-N', 'se_4'),
      roles: fc.subarray(['reporter', 'reviewer', 'backfill']),
    });
    fc.assert(fc.property(actor, (who) => expect(actorOf(asked(formatActor(who)))).toEqual(who)));
  });

  it.each([
    ['a missing header', undefined, 'actor.missing'],
    ['an empty header', '', 'actor.missing'],
    ['a name without id', 'name=x', 'actor.malformed'],
    ['an id with spaces', 'id=a b', 'actor.malformed'],
    ['an id too long', `id=${'x'.repeat(61)}`, 'actor.malformed'],
    ['a name too long', `id=a; name=${'x'.repeat(61)}`, 'actor.malformed'],
    ['a name with a line break', 'id=a; name=%0A', 'actor.malformed'],
    ['a name that is invalid UTF-8', 'id=a; name=%E5%BC', 'actor.malformed'],
    ['a malformed unit code', 'id=a; unit=KS.N', 'actor.malformed'],
    ['a malformed role', 'id=a; roles=Boss!', 'actor.malformed'],
    ['too many roles', `id=a; roles=${Array(11).fill('a').join(',')}`, 'actor.malformed'],
  ])('refuses %s (%j)', (_, header, code) => {
    expect(() => actorOf(asked(header))).toThrow(expect.objectContaining({ code, kind: 'invalid' }));
  });

  it('of the local user is accepted as a header', () => {
    const actor = localActor();
    expect(actorOf(asked(formatActor(actor)))).toEqual(actor);
  });
});
