import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { PlanShape } from '../data.mjs';
import { concurrently, emptyFolder, inTurns, operatorKey, round, timesFaster } from '../harness.mjs';

export const title = 'Commands over HTTP, 64 connections, beside an empty POST through the same middleware';

const connections = 64;
const indicators = 100;

/** Sends a POST over one of the connections. @throws if the status is not 200 */
async function post(agent, port, path, body) {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    authorization: `Operator ${operatorKey}`,
    'Idempotency-Key': randomUUID(),
  };
  const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers });
  sent.end(text);
  const [response] = await once(sent, 'response');
  let answer = '';
  response.setEncoding('utf8').on('data', (part) => (answer += part));
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${answer}`);
}

export async function measure({ parent, quick }) {
  const rounds = quick ? 3 : 9;
  const count = quick ? 1_024 : 4_096;
  const periods = 10;
  const { figures } = new PlanShape({ indicators, units: 100, periods });
  const server = fork(
    new URL('../http-server.mjs', import.meta.url),
    [emptyFolder(parent, 'http'), String(indicators), String(periods)],
    { stdio: 'inherit', execArgv: process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=' + process.env.PROF] : [] },
  );
  const [{ port }] = await once(server, 'message');
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const inFlight = (send) => () => {
    const from = next;
    next += count;
    let at = from;
    // Each connection sends its next request as soon as it has received the answer.
    return concurrently(connections, 0, connections, async () => {
      while (at < from + count) await send(figures[at++]);
    });
  };
  const [command, nothing] = await inTurns(rounds, [
    {
      name: 'a figure reported',
      count,
      run: inFlight(({ plan, code, unit, period }) =>
        post(agent, port, `/api/plans/${plan}/figures/${code}/${unit}/${period}/measurement`, { value: '1234' }),
      ),
    },
    { name: 'an empty POST', count, run: inFlight(() => post(agent, port, '/api/bench/nothing', {})) },
  ]);
  agent.destroy();
  server.disconnect();
  await once(server, 'exit');

  const ratio = timesFaster(command, nothing);
  return {
    rows: [command, nothing].map((result) => ({
      name: result.name,
      'median /s': round(result.median),
      'best /s': round(result.best),
      '× an empty POST': timesFaster(result, nothing),
    })),
    goals: [
      { name: 'commands over HTTP, of an empty POST', goal: '≥ 0.5 ×', value: ratio, met: (times) => times >= 0.5 },
    ],
  };
}
