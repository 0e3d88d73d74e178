// Creates the EventStoreDB user that Tongjian uses, and grants its rights: read streams, append to streams, read all
// events. The user cannot delete a stream or change access rights. Running it again changes only the password.
// Settings: ADMIN (address with name and password of an administrator), SERVICE_USER, SERVICE_PASSWORD.
import { BACKWARDS, END, EventStoreDBClient, jsonEvent, StreamNotFoundError } from '@eventstore/db-client';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds to wait until a cluster that has just started has elected its leader and created its first users. */
const patience = 120_000;

const { ADMIN: address, SERVICE_USER: user, SERVICE_PASSWORD: password } = process.env;
if (!address || !user || !password) throw new Error('ADMIN, SERVICE_USER and SERVICE_PASSWORD have to be set');
const [, admin, hosts, options = ''] = /^esdb:\/\/([^@]+)@([^?/]+)\/?(\?.*)?$/.exec(address) ?? [];
if (!hosts) throw new Error('ADMIN has to be esdb://name:password@host:port,…?…');

const scheme = options.includes('tls=false') ? 'http' : 'https';
const authorization = `Basic ${Buffer.from(admin.split(':').map(decodeURIComponent).join(':')).toString('base64')}`;

/** Users can be managed only through the HTTP API of a node, not through the client. */
async function post(path, body, accepted) {
  const response = await fetch(`${scheme}://${hosts.split(',')[0]}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!accepted.includes(response.status)) throw new Error(`${path} answered ${response.status}`);
  return response.status;
}

async function makeUser() {
  const made = await post('/users/', { loginName: user, fullName: 'Tongjian', groups: [], password }, [201, 409]);
  if (made === 409) await post(`/users/${user}/command/reset-password`, { newPassword: password }, [200]);
}

/** Grants reading of `$all` only: the default right for system streams would include the password hashes. */
async function letReadAll(client) {
  const acl = { readRoles: ['$admins', user] };
  const { metadata } = await client.getStreamMetadata('$all');
  if (!isDeepStrictEqual(metadata?.acl, acl)) await client.setStreamMetadata('$all', { acl });
}

async function letAppend(client) {
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
const deadline = Date.now() + patience;
for (;;) {
  try {
    await makeUser();
    await letReadAll(client);
    await letAppend(client);
    break;
  } catch (error) {
    if (Date.now() > deadline) throw error;
    console.error(`EventStoreDB is not ready: ${error.cause?.message ?? error.message}`);
    await delay(2_000);
  }
}
await client.dispose();
console.log(`${user} may read and append`);
