// The program's server with an additional route that does nothing, to measure the minimum cost of a request. Started by
// measurements/http.mjs.
import { PlanShape } from './data.mjs';
import { built } from './engine.mjs';
import { operatorKey } from './harness.mjs';

const { openEmbedded } = await built('engine');
const { createServer } = await built('server');
const { AppModule } = await built('http/app.module');

/**
 * POST /api/bench/nothing. The metadata are set directly, as Nest's decorators would, because the program uses another
 * copy of Nest than the benchmarks.
 */
class NothingController {
  answer() {
    return {};
  }
}
const { answer } = NothingController.prototype;
Reflect.defineMetadata('__controller__', true, NothingController);
Reflect.defineMetadata('path', 'bench', NothingController);
Reflect.defineMetadata('path', 'nothing', answer);
Reflect.defineMetadata('method', 1, answer);
Reflect.defineMetadata('__httpCode__', 200, answer);
// Who asks is found as for a command.
Reflect.defineMetadata('access:right', { kind: 'signed-in' }, answer);
const of = AppModule.of.bind(AppModule);
AppModule.of = (...given) => {
  const module = of(...given);
  return { ...module, controllers: [...module.controllers, NothingController] };
};

const [folder, indicators, periods] = process.argv.slice(2);
const engine = openEmbedded(folder);
await engine.start();
const shape = new PlanShape({ indicators: Number(indicators), units: 100, periods: Number(periods) });
await engine.submissions.submit(shape.files(), undefined, shape.acceptance);
const server = await createServer(engine, { operatorKey });
const url = await server.listen(0, '127.0.0.1');
process.send({ port: Number(new URL(url).port) });
process.once('disconnect', async () => {
  await server.close();
  await engine.close();
});
