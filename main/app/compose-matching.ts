import { createKeptJob } from '../day/matching/kept-job.ts';
import { createMatchingService } from '../day/matching/matching-service.ts';
import { createMoneyEntries } from '../day/money-entries.ts';
import type { SyncLoop } from '../sending/sync-loop.ts';
import { whyNothingWasSent } from '../sending/why-nothing-was-sent.ts';
import type { Core, SessionParts } from './compose-core.ts';

/** Whether an entry is being sent, or could be. */
const isBehindEntries = ({ outbox, link, reach, inTurn }: Core, loop: Pick<SyncLoop, 'heldBackForMs'>) => {
  const { sending, unknown } = outbox.counts();
  const why = whyNothingWasSent({
    link: link.state,
    networkGone: reach.doubt() === 'no-network',
    sending,
    unknown,
    candidates: outbox.candidates(),
    entriesAhead: outbox.entriesAhead(),
    heldBackMs: loop.heldBackForMs(),
    inTurnMs: inTurn.heldForMs() ?? 0,
    insists: false,
  });
  return why === null || why === 'in-turn';
};

/** Matching with the log of the account's host. */
export function composeMatching(
  { db, config, accountHost }: SessionParts,
  core: Core,
  loop: Pick<SyncLoop, 'heldBackForMs'>,
  pauseMs: number,
) {
  const account = `${accountHost} ${config.appId}`;
  return createMatchingService({
    ...core,
    account,
    pauseMs,
    storeTimeZone: config.storeTimeZone,
    kept: createKeptJob(core.settings, core.together, account),
    entries: createMoneyEntries(db, core.identity),
    isBehindEntries: () => isBehindEntries(core, loop),
  });
}
