import type * as Electron from 'electron';
import type { Snapshot } from '../../../preload/contract/index.ts';
import type { Clock, CustomerDisplay, Kiosk, Logger, Random } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import type { Vault } from '../../people/index.ts';
import { launcherOf } from '../../updates/index.ts';
import { aboutProgram } from '../support/about.ts';
import { placeProblem } from '../support/data-place.ts';
import { type DiagnoseParts, diagnose } from '../support/diagnose.ts';
import { createStationRoom } from '../support/station-room.ts';
import { createSupportRoom } from '../support/support-room.ts';
import { createFileSaver, type PickedPlace } from './file-saver.ts';
import { readAbout, readHostFacts } from './host-facts.ts';
import { createLoginItem } from './login-item.ts';
import { ownPlace } from './own-place.ts';
import type { SystemNetwork } from './system-network.ts';

export interface TillSupportParts {
  readonly electron: typeof Electron;
  readonly network: SystemNetwork;
  readonly release: boolean;
  readonly paths: { readonly licences: string };
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly vault: Vault;
  /** Arguments that the next start must have, too. */
  readonly args: readonly string[];
  readonly kiosk: Kiosk;
  readonly customerDisplay: CustomerDisplay;
  readonly window: () => Electron.BrowserWindow | null;
  readonly shown: () => Snapshot;
  readonly picked: PickedPlace;
}

export const placeOf = (folder: string) =>
  placeProblem(folder, { platform: process.platform, env: process.env });

/** As a report states them. */
export function placeWarnings(folder: string): readonly string[] {
  const problem = placeOf(folder);
  return problem === null ? [] : [`data-folder-${problem}`];
}

export function diagnoseFor(
  parts: Pick<TillSupportParts, 'electron' | 'network' | 'release' | 'folder' | 'clock' | 'vault'>,
  found: Pick<DiagnoseParts, 'shown' | 'verification'>,
): Promise<string> {
  const { electron, network, release, folder } = parts;
  const host = readHostFacts(electron, network, release);
  return diagnose({ ...parts, ...found, place: placeOf(folder), host });
}

export function composeSupport(parts: TillSupportParts): readonly Room[] {
  const { electron, paths, folder, logger } = parts;
  const place = placeOf(folder);
  if (place !== null) logger.warn('data.place', { place });
  const support = createSupportRoom({
    ...parts,
    diagnose: () => diagnoseFor(parts, { shown: parts.shown(), verification: null }),
    about: () => aboutProgram(readAbout(electron, paths.licences)),
    saver: createFileSaver({ ...parts, dialog: electron.dialog, app: electron.app }),
  });
  const launcher = launcherOf(ownPlace());
  const loginItem = createLoginItem({ ...parts, launcher, app: electron.app });
  return [support, createStationRoom({ ...parts, loginItem })];
}
