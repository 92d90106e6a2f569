import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { autostartFile, desktopEntry, isOurEntry } from '../../main/app/support/autostart.ts';
import { readStation } from '../../main/app/support/station.ts';
import { createStationRoom } from '../../main/app/support/station-room.ts';
import { realRandom } from '../kit/practice-store.ts';
import { stationOf } from '../kit/support.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

const noCustomer = { customerDisplay: false, isCustomerShown: false };
const who = { role: 'manager', person: '' } as const;

it('keeps for the next start what a manager sets, and leaves the kiosk for this one', async () => {
  const folder = temporaryFolder();
  const { state, room } = stationOf({ folder, random: realRandom, logger: silentLogger });
  const get = () => room.handlers?.['station:get']?.({}, who);
  expect(await get()).toEqual({
    ok: true,
    value: { startAtLogin: false, kiosk: false, isKiosk: false, ...noCustomer },
  });
  await room.managersHandlers?.['station:save']?.(
    { startAtLogin: true, kiosk: true, customerDisplay: true },
    who,
  );
  expect(state).toEqual({ isOn: true, isKiosk: true, isShown: true });
  expect(await get()).toEqual({
    ok: true,
    value: { startAtLogin: true, kiosk: true, isKiosk: true, customerDisplay: true, isCustomerShown: true },
  });
  await room.managersHandlers?.['station:leaveKiosk']?.({}, who);
  expect(state.isKiosk).toBe(false);
  expect(readStation(folder)).toEqual({ kiosk: true, customerDisplay: true });
});

it('opens as by default where what was kept is spoilt, and says what could not be kept', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'station.json'), '{"kiosk":"yes"}');
  expect(readStation(folder)).toEqual({ kiosk: false, customerDisplay: false });
  const room = createStationRoom({
    ...{ folder, random: realRandom, logger: silentLogger },
    loginItem: {
      isOn: () => false,
      set: async () => {
        throw Object.assign(new Error('no'), { code: 'EACCES' });
      },
    },
    kiosk: { isOn: () => false, set: () => undefined },
    customerDisplay: { isShown: () => false, set: () => undefined },
  });
  expect(
    await room.managersHandlers?.['station:save']?.(
      { startAtLogin: true, kiosk: false, customerDisplay: false },
      who,
    ),
  ).toEqual({
    ok: false,
    error: { code: 'station-not-saved', details: { system: 'EACCES' } },
  });
});

it('writes an entry that a desktop starts the program by, whatever is in its path', () => {
  const text = desktopEntry({
    name: 'Counterfoil',
    program: '/home/mei/My "Apps"/50% $x`\\Counterfoil.AppImage',
    args: ['--user-data-dir=/data/till one'],
  });
  expect(text.split('\n')).toContain(
    'Exec="/home/mei/My \\\\"Apps\\\\"/50%% \\\\$x\\\\`\\\\\\\\Counterfoil.AppImage" "--user-data-dir=/data/till one"',
  );
  expect(isOurEntry(text)).toBe(true);
  expect(isOurEntry(text.replace(/^X-.*$/m, ''))).toBe(false);
});

it('finds the place of such entries', () => {
  expect(autostartFile({}, '/home/mei')).toBe('/home/mei/.config/autostart/counterfoil.desktop');
  expect(autostartFile({ XDG_CONFIG_HOME: '/etc/mine' }, '/home/mei')).toBe(
    '/etc/mine/autostart/counterfoil.desktop',
  );
  expect(autostartFile({ XDG_CONFIG_HOME: 'here' }, '/home/mei')).toBe(
    '/home/mei/.config/autostart/counterfoil.desktop',
  );
});
