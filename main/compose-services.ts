import { amount, currencyDecimals } from '../preload/contract/index.ts';
import type { CheckUpRepository } from './check-up/check-up-repository.ts';
import { createCheckUpService } from './check-up/check-up-service.ts';
import type { Core, SessionParts } from './compose-core.ts';
import { createOfflineWindowService } from './counter/offline-window-service.ts';
import { createWaitingRepository } from './counter/waiting-repository.ts';
import type { Db } from './database/open.ts';
import { loadEvidencePolicy } from './host/evidence-policy.ts';

/** The check-up of the host; `wake` goes to the loop, which may rely on what was learnt. */
export function composeCheckUp(
  core: Core,
  of: SessionParts,
  repository: CheckUpRepository,
  wake: () => void,
) {
  const { config, account } = of;
  return createCheckUpService({
    ...core,
    onChange: () => {
      wake();
      core.onChange();
    },
    repository,
    otherClient: account.otherClient,
    appId: config.appId,
    storeTimeZone: config.storeTimeZone,
    place: config,
    unit: amount(currencyDecimals(config.currency) === 0 ? '1' : '0.01'),
    policy: () => loadEvidencePolicy(core.settings),
  });
}

/** What the offline policy needs to know: what waits, for how long, and whether the way is open. */
export function composeOffline(db: Db, core: Core) {
  const { link, policy, journal } = core;
  const waiting = createWaitingRepository(db);
  const isOnline = () => link.state.reach === 'online' && link.state.pauses.length === 0;
  const offline = createOfflineWindowService({
    ...core,
    isBlocked: () => !isOnline() && waiting.anyUnsent(),
    longestMs: () => policy.current().offlineWindowMs,
    journaled: (write, actor, content) =>
      db
        .transaction(() => {
          write();
          journal?.append({
            entryId: null,
            event: 'setting',
            actor,
            reason: 'offline window continued',
            content,
          });
        })
        .immediate(),
  });
  return { waiting, offline, isOnline };
}
