import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { notesFolder, noteTill, otherUsersTill } from '../../main/app/support/other-user.ts';
import { temporaryFolder } from '../kit/till.ts';

it('tells one user of the till that another one has set up, until there is none any more', () => {
  const folder = join(temporaryFolder(), 'Counterfoil', 'tills');
  expect(otherUsersTill(folder, 'SHOP\\mei')).toBeNull();
  expect(noteTill(folder, 'SHOP\\mei', 'Counter 1')).toBe(true);
  expect(otherUsersTill(folder, 'SHOP\\mei')).toBeNull();
  // Windows does not tell names apart by their case.
  expect(otherUsersTill(folder, 'shop\\Mei')).toBeNull();
  const [name = ''] = readdirSync(folder);
  expect(otherUsersTill(folder, 'SHOP\\lim')).toEqual({
    ...{ version: 1, user: 'SHOP\\mei', till: 'Counter 1' },
    file: join(folder, name),
  });
  expect(noteTill(folder, 'SHOP\\mei', null)).toBe(true);
  expect(otherUsersTill(folder, 'SHOP\\lim')).toBeNull();
});

it('holds nothing but who, and the name of the till', () => {
  const folder = temporaryFolder();
  noteTill(folder, 'mei', 'Counter 1');
  const [name = ''] = readdirSync(folder);
  expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual({
    version: 1,
    user: 'mei',
    till: 'Counter 1',
  });
});

it('relies on no note that is spoilt, or lies under a name that is not its user’s', () => {
  const folder = temporaryFolder();
  noteTill(folder, 'mei', 'Counter 1');
  const [name = ''] = readdirSync(folder);
  copyFileSync(join(folder, name), join(folder, '0000000000000000.json'));
  writeFileSync(join(folder, name), '{"version":1,');
  mkdirSync(join(folder, 'folder.json'));
  expect(otherUsersTill(folder, 'lim')).toBeNull();
});

it('does without where there is no such place, or it takes nothing', () => {
  expect([otherUsersTill(null, 'mei'), noteTill(null, 'mei', 'Counter 1')]).toEqual([null, false]);
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect([otherUsersTill(file, 'mei'), noteTill(file, 'mei', 'Counter 1')]).toEqual([null, false]);
});

it('knows the place of each system', () => {
  expect(notesFolder('win32', { ProgramData: 'C:\\ProgramData' })).toBe(
    'C:\\ProgramData\\Counterfoil\\tills',
  );
  expect(notesFolder('win32', {})).toBeNull();
  expect(notesFolder('darwin', {})).toBe('/Users/Shared/Counterfoil/tills');
  expect(notesFolder('linux', { ProgramData: '/x' })).toBeNull();
});
