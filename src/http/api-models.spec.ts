import { DomainError, type RefusalKind } from '../kernel/errors.js';
import { ApiProblems } from './api-models.js';
import { problemOf } from './problem.filter.js';

it('the OpenAPI document lists the status of every refusal', () => {
  class Controller {
    operation(): void {}
  }
  const operation = Object.getOwnPropertyDescriptor(Controller.prototype, 'operation')!;
  ApiProblems()(Controller.prototype, 'operation', operation);
  const listed = Object.keys(Reflect.getMetadata('swagger/apiResponse', operation.value as object) as object);

  const kinds: Readonly<Record<RefusalKind, true>> = {
    ...{ invalid: true, forbidden: true, 'not-found': true, refused: true, conflict: true, unavailable: true },
    ...{ unauthenticated: true, throttled: true, 'out-of-turn': true },
  };
  for (const kind of Object.keys(kinds) as RefusalKind[]) {
    const { status } = problemOf(new DomainError(kind, 'some.code', '某处有误'));
    expect(listed).toContain(String(status));
  }
});
