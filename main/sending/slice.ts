import { amount, currencyDecimals } from '../../preload/contract/index.ts';
import { type Hosts, loadEvidencePolicy } from '../hosts/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Members } from '../members/index.ts';
import { createCheckUpRepository } from './check-up/check-up-repository.ts';
import { createCheckUpRoom, createCheckUpService } from './check-up/check-up-service.ts';
import { createConfirmedPapers } from './confirmed-paper.ts';
import { createDetectiveService } from './detective-service.ts';
import { createEvidenceRepository } from './evidence-repository.ts';
import { createFailedReads } from './failed-reads.ts';
import { createPreSendCheck } from './pre-send-check.ts';
import { createSyncLoopService } from './sync-loop.ts';
import { createSyncRoom, type SyncRoomParts } from './sync-room.ts';

export interface SendingNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly protocol: HostProtocol;
  /** A manager resumes a till with a records problem; provided by the app (`records.ts`). */
  readonly resume: SyncRoomParts['resume'];
}

export type Sending = ReturnType<typeof createSending>;

/** What is known of sends, and the reads before and after them. */
function createEvidenceParts({ kernel, hosts, ledger, members }: SendingNeeds) {
  const { db, seals, settings, runInTransaction, storeTimeZone, clock, logger } = kernel;
  const { link } = hosts;
  const { outbox, transitions, journal } = ledger;
  const { directory, reader } = members;
  const evidence = createEvidenceRepository(db, seals);
  const failedReads = createFailedReads(link, clock);
  const preSendCheck = createPreSendCheck({
    outbox,
    transitions,
    directory,
    reader,
    evidence,
    settings,
    link,
    failedReads,
    clock,
    logger,
    storeTimeZone,
  });
  const detective = createDetectiveService({
    outbox,
    transitions,
    directory,
    reader,
    evidence,
    settings,
    clock,
    logger,
    storeTimeZone,
  });
  const confirmedPapers = createConfirmedPapers({
    runInTransaction,
    transitions,
    evidence,
    journal,
    clock,
  });
  return {
    evidence,
    failedReads,
    preSendCheck,
    detective,
    confirmedPapers,
  };
}

function createCheckUp(needs: SendingNeeds, wakeQueue: () => void) {
  const { db, settings, storeTimeZone, today, clock, logger, changed } = needs.kernel;
  const { account, client, config, link, meter, callBudget } = needs.hosts;
  const { outbox, journal, keeper } = needs.ledger;
  const repository = createCheckUpRepository(db, settings, journal, changed);
  const service = createCheckUpService({
    repository,
    reader: needs.members.reader,
    outbox,
    client,
    protocol: needs.protocol,
    signer: account.signer,
    keeper,
    meter,
    link,
    callBudget,
    quiescenceMs: () => loadEvidencePolicy(settings).quiescenceMs,
    appId: config.appId,
    numbering: config,
    unit: amount(currencyDecimals(config.currency) === 0 ? '1' : '0.01'),
    storeTimeZone,
    today,
    wakeQueue,
    clock,
    logger,
  });
  return { repository, service };
}

export function createSending(needs: SendingNeeds) {
  const { settings, isToday, clock, logger, changed } = needs.kernel;
  const { account, client, link, meter, callBudget } = needs.hosts;
  const { outbox, transitions, journal, keeper, identity, tryWrite } = needs.ledger;
  const { directory, reader, forgottenSends } = needs.members;
  const looking = createEvidenceParts(needs);
  const { evidence, failedReads, preSendCheck } = looking;
  const loop = createSyncLoopService({
    outbox,
    transitions,
    directory,
    reader,
    meter,
    link,
    client,
    protocol: needs.protocol,
    signer: account.signer,
    keeper,
    callBudget,
    settings,
    detective: looking.detective,
    forgottenSends,
    evidence,
    identity,
    failedReads,
    preSendCheck,
    isToday,
    clock,
    logger,
    changed,
    tryWrite,
  });
  const checkUp = createCheckUp(needs, loop.wake);
  const syncRoom = createSyncRoom({
    loop,
    forgottenSends,
    link,
    outbox,
    clock,
    logger,
    journal,
    hasKey: account.hasKey,
    resume: needs.resume,
  });
  return {
    ...looking,
    loop,
    checkUps: checkUp.repository,
    checkUp: checkUp.service,
    rooms: [syncRoom],
    checkUpRoom: createCheckUpRoom(checkUp.service, account.hasKey),
  };
}
