import { err, ok, type Policy, type Result, type SetAbove } from '../../preload/contract/index.ts';
import type { CallMeter } from '../hosts/calls/index.ts';
import { afterLargerLimit, type Link } from '../hosts/link/index.ts';
import { type Actor, theProgram } from '../kernel/actor.ts';
import { fixedAmong } from '../kernel/fixed.ts';
import type { Logger } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import type { ItPolicy } from './it-policy.ts';
import type { OfflineWindow } from './offline-window.ts';
import { policyChanges } from './policy.ts';
import type { PolicyRepository } from './policy-repository.ts';

interface EffectParts {
  readonly policy: PolicyRepository;
  readonly meter: CallMeter;
  readonly link: Link;
  /** Wakes the sync loop. */
  readonly wake: () => void;
}

interface PolicyRoomParts extends EffectParts {
  readonly offline: OfflineWindow;
  readonly itPolicy: ItPolicy;
  readonly logger: Logger;
  /** What is not a manager's to change. */
  readonly above: () => SetAbove;
}

/** What follows once a policy was saved in place of `before`. */
export const createAfterPolicy =
  ({ policy, meter, link, wake }: EffectParts) =>
  (before: Policy): void => {
    const { callsPerDay } = policy.current();
    const isLarger = callsPerDay > Math.max(before.callsPerDay, meter.usedToday());
    // Protocol rule 7. If KYBIO has no larger quota, its next answer pauses the queue again.
    if (isLarger) link.update(afterLargerLimit);
    // Settling time or call budget may have changed.
    wake();
  };

export function createPolicyRoom(parts: PolicyRoomParts): Room {
  const { policy, offline, itPolicy, logger } = parts;
  const afterPolicy = createAfterPolicy(parts);
  const save = (wanted: Policy, who: Actor): Result<Record<string, never>> => {
    const before = policy.current();
    const fixed = fixedAmong(Object.keys(policyChanges(before, wanted)), parts.above());
    if (fixed !== null) return err(fixed);
    policy.save(wanted, who);
    afterPolicy(before);
    return ok({});
  };
  const takeFile = () => {
    const { settings, problem } = itPolicy;
    if (problem !== null) logger.error('it-policy.not-used', { code: problem.code, ...problem.details });
    const names = Object.keys(settings).join(' ');
    if (names === '') return;
    try {
      policy.save({ ...policy.current(), ...settings }, theProgram);
      logger.info('it-policy.used', { settings: names });
    } catch (thrown) {
      // A disk failure, or the journal's key is lost: locked all the same, and taken at the next start.
      logger.error('it-policy.not-stored', { error: String(thrown) });
    }
  };
  return {
    name: 'policy',
    handlers: {
      'policy:get': () =>
        ok({
          policy: policy.current(),
          itProblem: itPolicy.problem,
        }),
    },
    managersHandlers: {
      'policy:save': ({ policy: wanted }, who) => save(wanted, who),
      'policy:continueOffline': (_, who) => {
        offline.goOn(who);
        return ok({});
      },
    },
    start: takeFile,
  };
}
