import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Kiosk, Logger, LoginItem, Random } from '../ports.ts';
import type { Room } from '../room.ts';
import { readStation, saveStation } from './station.ts';

export interface StationRoomParts {
  readonly folder: string;
  readonly loginItem: LoginItem;
  readonly kiosk: Kiosk;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}

type Done = Result<Record<string, never>>;

/** How the program stands on this computer: started when somebody logs in, and kept before everything else. */
export function createStationRoom({ folder, loginItem, kiosk, random, logger }: StationRoomParts): Room {
  /** A disk that refuses is told of; nothing of the till hangs on it. */
  const kept = async (act: () => Promise<void>): Promise<Done> => {
    try {
      await act();
      return ok({});
    } catch (thrown) {
      const system = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
      logger.warn('station.not-saved', { system });
      return err(appError('station-not-saved', { system }));
    }
  };
  return {
    name: 'station',
    handlers: {
      'station:get': () =>
        ok({ startAtLogin: loginItem.isOn(), kiosk: readStation(folder).kiosk, isKiosk: kiosk.isOn() }),
    },
    managersHandlers: {
      'station:save': ({ startAtLogin, kiosk: isWanted }) =>
        kept(async () => {
          await saveStation(folder, { kiosk: isWanted }, random);
          if (loginItem.isOn() !== startAtLogin) await loginItem.set(startAtLogin);
          kiosk.set(isWanted);
          logger.info('station.saved', { startAtLogin, kiosk: isWanted });
        }),
      'station:leaveKiosk': () => {
        kiosk.set(false);
        logger.info('station.kiosk-left');
        return ok({});
      },
    },
  };
}
