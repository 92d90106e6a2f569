import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSourceIndex, sourcesIn } from '../faults/source-index.ts';
import { connectMain } from './connections.ts';

type Opening = typeof import('../../main/app/open-session.ts');
type Account = typeof import('../../main/app/live-account.ts');
type Client = typeof import('../../main/hosts/kybio/client.ts');
type Vault = typeof import('../../main/people/credentials/vault.ts');
type LinkState = typeof import('../../main/hosts/link/link-state.ts');
type Journal = typeof import('../../main/ledger/journal/journal-repository.ts');
type Vouch = typeof import('../../main/ledger/entry-verifier.ts');

/** The parts of `main/` that the simulator drives, from the project itself or from a copy with a fault in it. */
export interface MainParts {
  readonly opening: Opening;
  readonly account: Account;
  readonly client: Client;
  readonly vault: Vault;
  readonly linkState: LinkState;
  readonly journal: Journal;
  readonly vouch: Vouch;
}

export async function loadMain(root: string): Promise<MainParts> {
  connectMain(root);
  const index = createSourceIndex(sourcesIn(root));
  const load = (symbol: string): Promise<unknown> =>
    import(pathToFileURL(join(root, index.place(symbol).file)).href);
  return {
    opening: (await load('openLiveSession')) as Opening,
    account: (await load('configureLive')) as Account,
    client: (await load('createKybioClient')) as Client,
    vault: (await load('createVault')) as Vault,
    linkState: (await load('withoutWait')) as LinkState,
    journal: (await load('createJournalRepository')) as Journal,
    vouch: (await load('createEntryVerifier')) as Vouch,
  };
}
