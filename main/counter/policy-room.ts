import { ok, type Policy } from '../../preload/contract/index.ts';
import type { CallMeter } from '../hosts/calls/index.ts';
import { afterLargerLimit, type Link } from '../hosts/link/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Logger, Random } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import { createLastSave } from '../kernel/undo.ts';
import type { ClosedInstallations } from '../ledger/index.ts';
import type { OfflineWindowService } from './offline-window-service.ts';
import type { PolicyRepository } from './policy-repository.ts';

interface PolicyRoomParts {
  readonly policy: PolicyRepository;
  readonly closed: Pick<ClosedInstallations, 'shown' | 'lookAtEnd'>;
  readonly offline: OfflineWindowService;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly logger: Logger;
  readonly random: Pick<Random, 'uuid'>;
  /** Wakes the sync loop. */
  readonly wake: () => void;
}

export function createPolicyRoom(parts: PolicyRoomParts): Room {
  const { policy, closed, offline, meter, link, wake, logger } = parts;
  const lastSave = createLastSave<Policy>(parts.random.uuid);
  const save = (wanted: Policy, who: Actor) => {
    const before = policy.current();
    policy.save(wanted, who);
    const isLarger = wanted.callsPerDay > Math.max(before.callsPerDay, meter.usedToday());
    // Protocol rule 7. If KYBIO has no larger quota, its next answer pauses the queue again.
    if (isLarger) link.update(afterLargerLimit);
    // Settling time or call budget may have changed.
    wake();
    return lastSave.keep(before, policy.current());
  };
  return {
    name: 'policy',
    handlers: {
      'policy:get': () => ok({ policy: policy.current(), closedInstallation: closed.shown() }),
    },
    managersHandlers: {
      'policy:save': ({ policy: wanted }, who) => ok({ undo: save(wanted, who) }),
      'policy:undo': ({ undo }, who) => {
        const earlier = lastSave.undone(undo, policy.current());
        if (!earlier.ok) return earlier;
        save(earlier.value, who);
        return ok({ policy: earlier.value });
      },
      'policy:continueOffline': (_, who) => {
        offline.goOn(who);
        return ok({});
      },
    },
    start: () => {
      try {
        closed.lookAtEnd();
      } catch (thrown) {
        // A disk failure: the declaration has ended anyway, and is checked again with the next answer.
        logger.warn('closed-installation.not-looked-at', { error: String(thrown) });
      }
    },
  };
}
