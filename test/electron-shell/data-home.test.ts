import { expect, test } from 'vitest';
import { dataHome } from '../../main/app/electron/data-home.ts';

const local = 'C:\\Users\\mei\\AppData\\Local';

test('on Windows the data stay on the computer, whatever roams with the profile', () => {
  expect(dataHome('win32', { LOCALAPPDATA: local, APPDATA: '\\\\server\\profiles\\mei' })).toBe(local);
  expect(dataHome('win32', { LOCALAPPDATA: '' })).toBeNull();
  expect(dataHome('win32', {})).toBeNull();
});

test('elsewhere they lie where the system has them', () => {
  expect(dataHome('linux', { LOCALAPPDATA: local })).toBeNull();
  expect(dataHome('darwin', {})).toBeNull();
});
