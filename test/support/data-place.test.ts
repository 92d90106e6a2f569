import { expect, it } from 'vitest';
import { type PlaceProblem, placeProblem } from '../../main/support/data-place.ts';

const windows = {
  platform: 'win32',
  env: {
    OneDrive: 'C:\\Users\\mei\\OneDrive',
    OneDriveCommercial: 'D:\\Cloud\\Shop',
  },
} as const;
const linux = { platform: 'linux', env: {} } as const;

it.each<[string, PlaceProblem | null]>([
  ['C:\\Users\\mei\\AppData\\Roaming\\Counterfoil', null],
  ['C:\\Users\\mei\\OneDrive\\Till', 'synchronised'],
  ['c:\\users\\mei\\onedrive', 'synchronised'],
  ['D:\\Cloud\\Shop\\Till', 'synchronised'],
  ['D:\\Cloud\\Shopping', null],
  ['E:\\OneDrive - Tan Stores\\Till', 'synchronised'],
  ['E:\\Dropbox\\Till', 'synchronised'],
  ['\\\\server\\tills\\one', 'network'],
  ['//server/tills/one', 'network'],
  ['\\\\?\\C:\\Tills', null],
  ['C:\\Tills', null],
])('on Windows %s: %s', (folder, problem) => {
  expect(placeProblem(folder, windows)).toBe(problem);
});

it.each<[string, PlaceProblem | null]>([
  ['/home/mei/.config/Counterfoil', null],
  ['/home/mei/Nextcloud/till', 'synchronised'],
  ['/Users/mei/Library/Mobile Documents/till', 'synchronised'],
  ['/home/mei/..till', null],
])('elsewhere %s: %s', (folder, problem) => {
  expect(placeProblem(folder, linux)).toBe(problem);
});
