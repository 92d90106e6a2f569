import type * as Electron from 'electron';
import { readSystemAuthorities, type SystemAuthorities } from '../../hosts/network/index.ts';
import type { Network } from '../../kernel/ports.ts';

export interface SystemNetwork extends Network {
  /** What is trusted and where that was read; once for as long as the program runs. */
  readAuthorities(): SystemAuthorities;
}

/**
 * A session of the program's own, with the system's proxy: the page's has been led nowhere. One that checks spelling
 * would fetch its dictionaries from Google, unasked.
 */
export function openSession({ session }: typeof Electron, name: string): Electron.Session {
  const own = session.fromPartition(name, { cache: false });
  own.setSpellCheckerEnabled(false);
  own.setSpellCheckerLanguages([]);
  return own;
}

/** The way out as Chromium would take it. Nothing is asked of the system before it is needed. */
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
