import { currentPrincipal, operatorActor } from '../access/principal.js';
import type { Actor } from '../kernel/event.js';

/** Who sends the command of the request at hand. The gateway adds unit and roles, see `Authorizer`. */
export function actorOf(): Actor {
  const principal = currentPrincipal();
  if (!principal) throw new Error('a command was taken without asking who sends it');
  const { id, means, token } = principal;
  if (means === 'operator') return operatorActor;
  return { id, name: id, roles: [], means, ...(token && { token: token.token }) };
}
