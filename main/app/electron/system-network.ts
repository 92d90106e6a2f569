import type * as Electron from 'electron';
import { readSystemAuthorities, type SystemAuthorities } from '../../hosts/network/index.ts';
import type { Network } from '../../kernel/ports.ts';

export interface SystemNetwork extends Network {
  /** Trusted certificates and their source; read once. */
  readAuthorities(): SystemAuthorities;
}

/** A session with the system's proxy, which the page's does not have. A spelling checker would fetch dictionaries from Google. */
export function openSession({ session }: typeof Electron, name: string): Electron.Session {
  const own = session.fromPartition(name, { cache: false });
  own.setSpellCheckerEnabled(false);
  own.setSpellCheckerLanguages([]);
  return own;
}

/** The network as Chromium would use it; lazy. */
export function createSystemNetwork(electron: typeof Electron, release: boolean): SystemNetwork {
  let known: SystemAuthorities | null = null;
  const readAuthorities = () => {
    known ??= readSystemAuthorities({ platform: process.platform, env: process.env, release });
    return known;
  };
  return {
    resolveProxy: (url) => openSession(electron, 'system-proxy').resolveProxy(url),
    readAuthorities,
    authorities: () => readAuthorities().certificates,
  };
}
