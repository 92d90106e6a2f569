import { expect, it } from 'vitest';
import { type PlaceProblem, placeProblem } from '../../main/app/support/data-place.ts';
import { createPlaceRoom } from '../../main/app/support/place-room.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { silentLogger } from '../kit/till.ts';

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

it('is told until a manager has read it, and again where another thing is wrong', async () => {
  const kept = new Map<string, string>();
  const settings = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => void kept.set(key, value),
    remove: (key: string) => void kept.delete(key),
  };
  const told: string[] = [];
  const room = (place: PlaceProblem | null) =>
    createPlaceRoom({ place, settings, logger: silentLogger, changed: (topic) => void told.push(topic) });
  const before = room('synchronised');
  expect(before.shows?.dataPlace?.()).toBe('synchronised');
  await before.managersHandlers?.['station:readPlace']?.({ pin: '' }, theManager);
  expect(told).toEqual(['dataPlace']);
  for (const [place, shown] of [
    ['synchronised', null],
    [null, null],
    ['network', 'network'],
  ] as const)
    expect(room(place).shows?.dataPlace?.()).toBe(shown);
});
