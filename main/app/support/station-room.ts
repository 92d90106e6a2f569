import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { CustomerDisplay, Kiosk, Logger, LoginItem, Random } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import { readStation, saveStation } from './station.ts';

export interface StationRoomParts {
  readonly folder: string;
  readonly loginItem: LoginItem;
  readonly kiosk: Kiosk;
  readonly customerDisplay: CustomerDisplay;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}

type Done = Result<Record<string, never>>;

/** Settings of this computer: start at login, kiosk, customer display. */
export function createStationRoom(parts: StationRoomParts): Room {
  const { folder, loginItem, kiosk, customerDisplay, random, logger } = parts;
  /** A disk error is reported; nothing of the till depends on it. */
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
        ok({
          ...readStation(folder),
          startAtLogin: loginItem.isOn(),
          isKiosk: kiosk.isOn(),
          isCustomerShown: customerDisplay.isShown(),
        }),
    },
    managersHandlers: {
      'station:save': ({ startAtLogin, kiosk: isWanted, customerDisplay: isCustomers }) =>
        kept(async () => {
          await saveStation(folder, { kiosk: isWanted, customerDisplay: isCustomers }, random);
          if (loginItem.isOn() !== startAtLogin) await loginItem.set(startAtLogin);
          kiosk.set(isWanted);
          customerDisplay.set(isCustomers);
          logger.info('station.saved', { startAtLogin, kiosk: isWanted, customerDisplay: isCustomers });
        }),
      'station:leaveKiosk': () => {
        kiosk.set(false);
        logger.info('station.kiosk-left');
        return ok({});
      },
    },
  };
}
