// Creates the EventStoreDB user for Tongjian and grants its rights: to read and append to streams, and to read $all.
// The user can neither delete streams nor change access rights. Running it again only resets the password. Environment:
// ADMIN, the address with an administrator's name and password; SERVICE_USER and SERVICE_PASSWORD, those of the new
// user.
import { BACKWARDS, END, EventStoreDBClient, jsonEvent, StreamNotFoundError } from '@eventstore/db-client';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';

/** Maximum time for a new cluster to elect its leader and create its initial users. */
const timeoutMs = 120_000;

const { ADMIN: address, SERVICE_USER: user, SERVICE_PASSWORD: password } = process.env;
if (!address || !user || !password) throw new Error('ADMIN, SERVICE_USER and SERVICE_PASSWORD must be set');
const [, admin, hosts, options = ''] = /^esdb:\/\/([^@]+)@([^?/]+)\/?(\?.*)?$/.exec(address) ?? [];
if (!hosts) throw new Error('ADMIN must be esdb://name:password@host:port,…?…');

const scheme = options.includes('tls=false') ? 'http' : 'https';
const authorization = `Basic ${Buffer.from(admin.split(':').map(decodeURIComponent).join(':')).toString('base64')}`;

/** POST to the HTTP API of a node, because the client has no methods for users. */
async function post(path, body, accepted) {
  const response = await fetch(`${scheme}://${hosts.split(',')[0]}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!accepted.includes(response.status)) throw new Error(`${path} answered ${response.status}`);
  return response.status;
}

async function createUser() {
  const status = await post('/users/', { loginName: user, fullName: 'Tongjian', groups: [], password }, [201, 409]);
  if (status === 409) await post(`/users/${user}/command/reset-password`, { newPassword: password }, [200]);
}

/** Grants reading `$all` only. Read access to all system streams would include the users' password hashes. */
async function grantReadAll(client) {
  const acl = { readRoles: ['$admins', user] };
  const { metadata } = await client.getStreamMetadata('$all');
  if (!isDeepStrictEqual(metadata?.acl, acl)) await client.setStreamMetadata('$all', { acl });
}

/** Sets the default access rights: the user may read and append to streams, but not to system streams. */
async function grantAppend(client) {
  const mine = ['$admins', user];
  const of = (rights, roles) => Object.fromEntries(rights.map((right) => [right, roles]));
  const data = {
    $userStreamAcl: { ...of(['$r', '$w'], mine), ...of(['$d', '$mr', '$mw'], '$admins') },
    $systemStreamAcl: of(['$r', '$w', '$d', '$mr', '$mw'], '$admins'),
  };
  if (isDeepStrictEqual(await lastSettings(client), data)) return;
  await client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data }));
}

async function lastSettings(client) {
  try {
    for await (const { event } of client.readStream('$settings', {
      direction: BACKWARDS,
      fromRevision: END,
      maxCount: 1,
    })) {
      return event.data;
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return undefined;
}

const client = EventStoreDBClient.connectionString(address);
const deadline = Date.now() + timeoutMs;
for (;;) {
  try {
    await createUser();
    await grantReadAll(client);
    await grantAppend(client);
    break;
  } catch (error) {
    if (Date.now() > deadline) throw error;
    console.error(`EventStoreDB is not ready: ${error.cause?.message ?? error.message}`);
    await delay(2_000);
  }
}
await client.dispose();
console.log(`${user} may read and append`);
