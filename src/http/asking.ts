import { currentPrincipal, operatorActor } from '../access/principal.js';
import type { Actor } from '../kernel/event.js';

/**
 * Who sends the command of the request at hand, with all roles. For what the command is about, the gateway finds unit and
 * roles anew, see `Authorizer`.
 */
export function actorOf(): Actor {
  const principal = currentPrincipal();
  if (!principal) throw new Error('a command was taken without asking who sends it');
  const { id, means, token, unit, grants } = principal;
  if (means === 'operator') return operatorActor;
  return {
    id,
    name: id,
    ...(unit !== undefined && { unit }),
    roles: [...new Set(grants.map(({ role }) => role))],
    means,
    ...(token && { token: token.token }),
  };
}
