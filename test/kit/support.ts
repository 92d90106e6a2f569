import { homedir } from 'node:os';
import { aboutProgram } from '../../main/app/support/about.ts';
import { type DiagnoseParts, diagnose } from '../../main/app/support/diagnose.ts';
import type { HostFacts } from '../../main/app/support/gather-facts.ts';
import { createStationRoom } from '../../main/app/support/station-room.ts';
import { createSupportRoom, type SupportRoomParts } from '../../main/app/support/support-room.ts';
import type { Till } from '../../main/app/till.ts';
import type { World } from '../../main/app/world.ts';
import type { Room } from '../../main/kernel/room.ts';
import { ok } from '../../preload/contract/index.ts';

/** A computer on which nothing is started by itself yet, and its window. */
export function stationOf(world: Pick<World, 'folder' | 'random' | 'logger'>) {
  const state = { isOn: false, isKiosk: false, isShown: false };
  const room = createStationRoom({
    ...world,
    loginItem: {
      isOn: () => state.isOn,
      set: async (isOn) => {
        state.isOn = isOn;
      },
    },
    kiosk: {
      isOn: () => state.isKiosk,
      set: (isOn) => {
        state.isKiosk = isOn;
      },
    },
    customerDisplay: {
      isShown: () => state.isShown,
      set: (isWanted) => {
        state.isShown = isWanted;
      },
    },
  });
  return { state, room };
}

/** A machine of a test, without Electron. */
export const testHost: HostFacts = {
  home: homedir(),
  program: { name: 'Counterfoil', version: '0.1.0', packaged: false },
  system: { platform: process.platform },
  proxyFor: async () => 'direct',
  authorities: () => 'those of the program alone',
};

export const about = {
  ...{ name: 'Counterfoil', version: '0.1.0', runtime: ['Node'], system: process.platform },
  licencesFile: '',
};

/** What the program tells of itself, with a person who chooses no place for a file. */
export function supportOf(
  world: Pick<World, 'folder' | 'vault' | 'clock' | 'random' | 'logger'>,
  till: Pick<Till, 'snapshot'>,
  change: Partial<SupportRoomParts & DiagnoseParts> = {},
): Room {
  const facts = { place: null, verification: null, host: testHost, ...world };
  return createSupportRoom({
    ...world,
    diagnose: () => diagnose({ ...facts, shown: till.snapshot(), ...change }),
    about: () => aboutProgram({ ...about, dataFolder: world.folder }),
    saver: { save: async () => ok(null) },
    ...change,
  });
}
