import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lendKeyring } from '../../../main/updates/trial/try-program.ts';
import { temporaryFolder } from '../../kit/till.ts';

it('a profile of its own has on Windows the key that the till has sealed by', async () => {
  const [folder, base] = [temporaryFolder(), temporaryFolder()];
  const profile = join(base, 'profile');
  // A till that has sealed nothing yet.
  await lendKeyring(folder, profile, 'win32');
  expect(readdirSync(profile)).toEqual([]);
  writeFileSync(join(folder, 'Local State'), '{"os_crypt":{"encrypted_key":"RFBBUEk="}}');
  await lendKeyring(folder, profile, 'win32');
  expect(readFileSync(join(profile, 'Local State'), 'utf8')).toContain('RFBBUEk=');
});

it('elsewhere the keyring has it, by the name of the program', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'Local State'), '{}');
  await lendKeyring(folder, join(folder, 'profile'), 'linux');
  expect(readdirSync(join(folder, 'profile'))).toEqual([]);
});
