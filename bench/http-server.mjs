// The server of the program with one route more, which does nothing: what an answer costs at least. `http.mjs` starts it.
import { PlanShape } from './data.mjs';
import { built } from './engine.mjs';

const { openEmbedded } = await built('engine');
const { createServer } = await built('server');

const [folder, indicators, periods] = process.argv.slice(2);
const engine = openEmbedded(folder);
await engine.start();
await engine.submissions.submit(
  new PlanShape({ indicators: Number(indicators), units: 100, periods: Number(periods) }).files(),
);
const app = await createServer(engine);
app.getHttpAdapter().post('/api/bench/nothing', (_, response) => response.json({}));
await app.listen(0, '127.0.0.1');
process.send({ port: app.getHttpServer().address().port });
process.once('disconnect', async () => {
  await app.close();
  await engine.close();
});
