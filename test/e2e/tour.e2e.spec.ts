import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { KeptEvidence } from '../../src/evidence/evidence.controller.js';
import type { CommandAnswer, ProblemDetails } from '../../src/http/api-models.js';
import type { TrailEntry } from '../../src/audit/trail-entry.js';
import type { InvitationAnswer } from '../../src/people/people.controller.js';
import type { ReviewPage } from '../../src/figures/review-queue.js';
import type { Verification } from '../../src/evaluations/snapshot.js';
import { fetchAsOperator } from '../support/operator.js';
import { startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { Browser } from '../support/signed-in.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

/** The way of docs/tour.md, on the built program: from an invitation to a locked figure and its correction. */
describe('from an invitation to a locked figure and its correction', () => {
  let folder: TemporaryFolder;
  let server: { child: ChildProcess; url: string };
  const persons = new Map<string, string>();
  const browsers = new Map<string, Browser>();
  /** The last position that somebody was told: what they wrote is then there to be read. */
  let position = '';

  const plan = `/api/plans/${lishui}`;
  const figure = `${plan}/figures/04/331123/2024`;
  const ask = async <Body = ProblemDetails>(who: string, method: 'GET' | 'POST', path: string, body?: object) => {
    const seen = position === '' ? undefined : { 'tongjian-position': position };
    const answer = await browsers.get(who)!.ask<Body>(method, path, body, seen);
    position = answer.headers.get('tongjian-position') ?? position;
    return answer;
  };
  const cli = async <Body = CommandAnswer>(...args: string[]): Promise<Body> => {
    const { code, out, err } = await tongjian(folder.path('data'), '--json', ...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out) as Body;
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startProgram(folder.path('data'));
  }, 120_000);
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    await folder.remove();
  });

  it('people are invited, get their roles, set their accounts, and sign in', async () => {
    for (const [name, role, unit, account] of [
      ['林可', 'reporter', '331123', 'lin.ke'],
      ['沈青', 'reviewer', '331100', 'shen.qing'],
      ['何川', 'corrector', '331100', 'he.chuan'],
    ] as const) {
      const { person, secret } = await cli<InvitationAnswer>('invite', name, '--unit', unit);
      await cli('person', 'grant', person, role, '--plan', lishui, '--unit', unit, '--reason', '岗位分工');
      const browser = new Browser(new URL(server.url).origin);
      const credentials = { account, password: `granite heron ${role}` };
      expect((await browser.ask('POST', '/api/invitations', { secret, ...credentials })).status).toBe(204);
      expect((await browser.ask('POST', '/api/invitations/look', { secret })).status).toBe(404);
      expect((await browser.ask('POST', '/api/session', credentials)).status).toBe(200);
      persons.set(name, person);
      browsers.set(name, browser);
    }
  });

  it('an auditor’s role is not for who reports', async () => {
    const args = ['person', 'grant', persons.get('林可')!, 'auditor', '--reason', '轮岗'];
    const { code, out, err } = await tongjian(folder.path('data'), ...args);
    expect({ code, says: `${out}${err}`.includes('roles.held-apart') }).toEqual({ code: 1, says: true });
  });

  it('the clerk reports for the own county, and for no other', async () => {
    const elsewhere = await ask('林可', 'POST', `${plan}/figures/04/331102/2024/measurement`, { value: '13200' });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'access.unknown']);
    expect((await ask('林可', 'POST', `${figure}/measurement`, { value: '13200' })).status).toBe(200);
  });

  it('the reviewer finds it in the queue and approves it; it is locked then', async () => {
    const own = await ask('林可', 'POST', `${figure}/approval`, {});
    expect([own.status, own.body.code]).toEqual([403, 'access.no-right']);
    const queue = await ask<ReviewPage>('沈青', 'GET', `${plan}/figures/review?unit=331123&period=2024`);
    expect(JSON.stringify(queue.body)).toContain('13200');
    expect((await ask('沈青', 'POST', `${figure}/approval`, {})).status).toBe(200);
    const change = { value: '13080', reason: '复核' };
    expect((await ask('林可', 'POST', `${figure}/corrections`, change)).body.code).toBe('figure.locked');
  });

  it('a corrector corrects it with a document; the approved value stays in use until that is approved', async () => {
    const change = { value: '13080', reason: '年中标准误填为年末标准' };
    expect((await ask('何川', 'POST', `${figure}/corrections`, change)).body.code).toBe('figure.evidence-needed');
    const title = { title: '民政局现场核查记录', documentNumber: '丽民核〔2026〕3号' };
    const byTitle = await ask('何川', 'POST', `${figure}/corrections`, { ...change, evidence: [title] });
    expect(byTitle.body.code).toBe('figure.evidence-not-kept');
    const { sha256 } = await cli<KeptEvidence>(
      ...['evidence', 'keep', 'docs/examples/verification-record.pdf', '--unit', '331123', '--plan', lishui],
    );
    const evidence = [{ ...title, sha256 }];
    expect((await ask('何川', 'POST', `${figure}/corrections`, { ...change, evidence })).status).toBe(200);
    const waiting = await ask<object>('林可', 'GET', figure);
    expect(waiting.body).toMatchObject({
      ...{ standing: 'reported', changesSinceApproval: 1 },
      ...{ approved: { reported: { value: '13200' } }, latest: { reported: { value: '13080' } } },
    });
    expect((await ask('何川', 'POST', `${figure}/approval`, {})).status).toBe(403);
    expect((await ask('沈青', 'POST', `${figure}/approval`, {})).status).toBe(200);
    const { body } = await ask<object>('林可', 'GET', figure);
    expect(body).toMatchObject({ standing: 'approved', approved: { reported: { value: '13080' } } });
  });

  it('the clerk’s access ends, the name is erased, and the trail stays proved', async () => {
    const evaluation = ['evaluate', 'annual', '--period', '2024', '--plan', lishui];
    await cli(...evaluation);
    const verified = async () => {
      const path = `${new URL(server.url).origin}${plan}/evaluations/annual-2024/snapshots/1/verification`;
      return (await (await fetchAsOperator(path, { method: 'POST' })).json()) as Verification;
    };
    const before = await verified();
    expect(before).toMatchObject({ stored: 'intact', reproduced: true });
    const trail = async () => {
      const { body } = await ask<TrailEntry[]>('沈青', 'GET', `${figure}/trail`);
      return body.map(({ label, actor }) => `${label} ${actor.name}`);
    };
    const rest = ['审核通过 沈青', '更正 何川', '审核通过 沈青'];
    expect(await trail()).toEqual(['上报 林可', ...rest]);

    await cli('person', 'end-access', persons.get('林可')!, '--reason', '调离');
    expect((await ask('林可', 'GET', '/api/plans')).status).toBe(401);
    expect(await trail()).toEqual(['上报 林可', ...rest]);
    await cli('person', 'erase', persons.get('林可')!, '--reason', '本人申请');
    expect(await trail()).toEqual(['上报 已注销人员', ...rest]);
    expect(await verified()).toEqual(before);
  });
});
