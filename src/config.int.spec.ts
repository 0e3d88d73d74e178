import { writeFileSync } from 'node:fs';
import { temporaryFolder } from '../test/temporary-folder.js';
import { logAddress } from './config.js';

it('takes a file that is there for the log, whatever its name', async () => {
  const folder = await temporaryFolder();
  const path = folder.path('events.db');
  writeFileSync(path, '');
  expect(logAddress(`sqlite:${path}`, '/srv/data', '--from')).toEqual({ kind: 'sqlite', path });
  await folder.remove();
});
