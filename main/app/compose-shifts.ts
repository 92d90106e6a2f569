import { currencyDecimals } from '../../preload/contract/index.ts';
import { createFiguresRepository } from '../day/shifts/figures-repository.ts';
import { createQuietRepository } from '../day/shifts/quiet-repository.ts';
import { createShiftRepository } from '../day/shifts/shift-repository.ts';
import { createShiftService } from '../day/shifts/shift-service.ts';
import type { Core, SessionParts } from './compose-core.ts';

/** The shifts of one till, for whoever asks which entries are whose. */
export function composeShifts({ db, config, mode }: SessionParts, core: Core) {
  const { tillName: till, tillNumber, tillCount, currency, storeTimeZone } = config;
  const repository = createShiftRepository({ ...core, db, till });
  const figures = createFiguresRepository({ ...core, db, storeTimeZone });
  const quiet = createQuietRepository(db);
  const service = createShiftService({
    ...core,
    repository,
    figures,
    quiet,
    decimals: currencyDecimals(currency),
    changed: (topic) => {
      core.changed(topic);
      // What the day comes to is told again once a count is committed.
      core.changed('today', 'waiting');
    },
    shop: {
      till,
      tillNumber,
      tillCount,
      currency,
      storeTimeZone,
      isPractice: mode === 'practice',
      get tillId() {
        return core.tillIdentity.tillId;
      },
      get epoch() {
        return core.tillIdentity.epoch;
      },
    },
  });
  return { repository, figures, quiet, service };
}
